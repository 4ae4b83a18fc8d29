"""Addresses of this module."""

from django.urls import path

from .views import (
    appraisals,
    comparing,
    counts,
    evaluating,
    evaluations,
    externals,
    grading_files,
    grading_objections,
    grading_steps,
    gradings,
    objections,
    opening,
    procedures,
    self_reports,
    terms,
    trying,
    zone_outputs,
)

ONE = "assessment/appraisals/<slug:key>/"

urlpatterns = [
    path("assessment/evaluations/", evaluations.evaluations, name="evaluations"),
    path("assessment/evaluations/new/", evaluating.new_evaluation, name="new_evaluation"),
    path("assessment/evaluations/<slug:key>/", evaluations.evaluation, name="evaluation"),
    path("assessment/evaluations/<slug:key>/self/", evaluating.say_self, name="evaluation_self"),
    path(
        "assessment/evaluations/<slug:key>/opinion/", evaluating.opinion, name="evaluation_opinion"
    ),
    path(
        "assessment/evaluations/<slug:key>/opinion/<slug:other>/",
        evaluations.opinion_file,
        name="evaluation_opinion_file",
    ),
    path("assessment/evaluations/<slug:key>/judge/", evaluating.judge, name="evaluation_judge"),
    path(
        "assessment/evaluations/<slug:key>/conclude/",
        evaluating.conclude,
        name="evaluation_conclude",
    ),
    path("assessment/evaluations/<slug:key>/move/", evaluating.move, name="evaluation_move"),
    path("assessment/evaluations/<slug:key>/adjust/", evaluating.adjust, name="evaluation_adjust"),
    path(
        "assessment/evaluations/<slug:key>/change/<slug:other>/",
        evaluating.change,
        name="evaluation_change",
    ),
    path("assessment/evaluations/<slug:key>/report/", evaluations.report, name="evaluation_report"),
    path(
        "assessment/evaluations/<slug:key>/report/write/",
        evaluating.write_report,
        name="evaluation_write",
    ),
    path(
        "assessment/evaluations/<slug:key>/public/",
        evaluations.public_page,
        name="evaluation_public",
    ),
    path(
        "assessment/evaluations/<slug:key>/publish/", evaluating.publish, name="evaluation_publish"
    ),
    path("assessment/", appraisals.assessment, name="assessment"),
    path("assessment/appraisals/new/", opening.open_appraisal, name="open_appraisal"),
    path(ONE, appraisals.appraisal, name="appraisal"),
    path(f"{ONE}freeze/", opening.appraisal_freeze, name="appraisal_freeze"),
    path(f"{ONE}members/", opening.appraisal_member, name="appraisal_member"),
    path(f"{ONE}run/", opening.appraisal_run, name="appraisal_run"),
    path(f"{ONE}runs/<int:number>/", appraisals.appraisal_result, name="appraisal_result"),
    path(
        f"{ONE}runs/<int:number>/<slug:other>/", appraisals.appraisal_score, name="appraisal_score"
    ),
    path(f"{ONE}counts/", counts.appraisal_counts, name="appraisal_counts"),
    path(f"{ONE}compare/", comparing.appraisal_compare, name="appraisal_compare"),
    path(f"{ONE}what-if/", trying.appraisal_what_if, name="appraisal_what_if"),
    path(f"{ONE}weights/<int:number>/", trying.appraisal_sensitivity, name="appraisal_sensitivity"),
    path("assessment/external/", externals.externals, name="assessment_externals"),
    path(
        "assessment/external/import/", externals.external_import, name="assessment_external_import"
    ),
    path(
        "assessment/external/<str:key>/", externals.external_zone, name="assessment_external_zone"
    ),
    path("assessment/output-per-mu/", zone_outputs.zone_output, name="zone_output"),
    path("assessment/gradings/", gradings.gradings, name="gradings"),
    path("assessment/gradings/open/", gradings.grading_open, name="grading_open"),
    path("my-grading/", grading_objections.my_grading, name="my_grading"),
    path(
        "my-grading/<slug:key>/object/",
        grading_objections.my_grading_object,
        name="my_grading_object",
    ),
    path("assessment/gradings/files/<slug:key>/", grading_files.grading_file, name="grading_file"),
    path(
        "assessment/gradings/files/<slug:key>/take/",
        grading_files.grading_file_take,
        name="grading_file_take",
    ),
    path(
        "assessment/gradings/files/<slug:key>/faults/",
        grading_files.grading_file_faults,
        name="grading_file_faults",
    ),
    path(
        "assessment/gradings/objections/<slug:key>/",
        grading_objections.grading_objection,
        name="grading_objection",
    ),
    path(
        "assessment/gradings/objections/<slug:key>/answer/",
        grading_objections.grading_answer,
        name="grading_answer",
    ),
    path("assessment/gradings/<slug:key>/", gradings.grading, name="grading"),
    path(
        "assessment/gradings/<slug:key>/figures/",
        grading_files.grading_figures,
        name="grading_figures",
    ),
    path(
        "assessment/gradings/<slug:key>/notice/",
        grading_steps.grading_notice,
        name="grading_notice",
    ),
    path(
        "assessment/gradings/<slug:key>/begin/", grading_steps.grading_begin, name="grading_begin"
    ),
    path(
        "assessment/gradings/<slug:key>/recall/",
        grading_steps.grading_recall,
        name="grading_recall",
    ),
    path(
        "assessment/gradings/<slug:key>/decide/",
        grading_steps.grading_decide,
        name="grading_decide",
    ),
    path(
        "assessment/gradings/<slug:key>/bulletin/",
        grading_steps.grading_bulletin,
        name="grading_bulletin",
    ),
    path(
        "assessment/gradings/<slug:key>/publish/",
        grading_steps.grading_publish,
        name="grading_publish",
    ),
    path(
        "assessment/gradings/<slug:key>/spread/",
        grading_steps.grading_spread,
        name="grading_spread",
    ),
    path(
        "assessment/gradings/<slug:key>/compare/",
        grading_steps.grading_compare,
        name="grading_compare",
    ),
    path(
        "assessment/gradings/<slug:key>/objections/",
        grading_objections.grading_objections,
        name="grading_objections",
    ),
    path(
        "assessment/gradings/<slug:key>/firms/<slug:enterprise>/object/",
        grading_objections.grading_object,
        name="grading_object",
    ),
    path("assessment/gradings/<slug:key>/run/", gradings.grading_run, name="grading_run"),
    path(
        "assessment/gradings/<slug:key>/firms/<slug:enterprise>/",
        gradings.grading_firm,
        name="grading_firm",
    ),
    path(
        "assessment/gradings/<slug:key>/firms/<slug:enterprise>/note/",
        gradings.grading_note,
        name="grading_note",
    ),
    path(
        "assessment/appraisals/<slug:key>/procedure/",
        procedures.procedure,
        name="appraisal_procedure",
    ),
    path(
        "assessment/appraisals/<slug:key>/step/<slug:move>/",
        procedures.take_step,
        name="appraisal_step",
    ),
    path("assessment/appraisals/<slug:key>/decide/", procedures.decide, name="appraisal_decide"),
    path(
        "assessment/appraisals/<slug:key>/paper/",
        procedures.draft_paper,
        name="appraisal_paper",
    ),
    path("assessment/appraisals/<slug:key>/settle/", procedures.settle, name="appraisal_settle"),
    path(
        "assessment/appraisals/<slug:key>/published/",
        procedures.published,
        name="appraisal_published",
    ),
    path("assessment/appraisals/<slug:key>/verify/", self_reports.verify, name="appraisal_verify"),
    path(
        "assessment/appraisals/<slug:key>/figures/",
        self_reports.decide_figures,
        name="appraisal_figures",
    ),
    path(
        "assessment/appraisals/<slug:key>/feedback/",
        objections.feedback,
        name="appraisal_feedback",
    ),
    path(
        "assessment/appraisals/<slug:key>/object/",
        objections.object_to,
        name="appraisal_object",
    ),
    path("assessment/self-reports/", self_reports.self_reports, name="appraisal_self_reports"),
    path(
        "assessment/self-reports/<slug:key>/",
        self_reports.self_report,
        name="appraisal_self_report",
    ),
    path(
        "assessment/self-reports/<slug:key>/save/",
        self_reports.save,
        name="appraisal_self_report_save",
    ),
    path(
        "assessment/self-reports/<slug:key>/evidence/",
        self_reports.evidence,
        name="appraisal_self_report_evidence",
    ),
    path(
        "assessment/self-reports/<slug:key>/pass/",
        self_reports.pass_on,
        name="appraisal_self_report_pass",
    ),
    path(
        "assessment/self-reports/<slug:key>/return/",
        self_reports.give_back,
        name="appraisal_self_report_return",
    ),
    path("assessment/objections/<slug:key>/", objections.objection, name="appraisal_objection"),
    path(
        "assessment/objections/<slug:key>/review/",
        objections.review,
        name="appraisal_objection_review",
    ),
    path(
        "assessment/objections/<slug:key>/withdraw/",
        objections.withdraw,
        name="appraisal_objection_withdraw",
    ),
    path(
        "assessment/objections/<slug:key>/correct/",
        objections.correct,
        name="appraisal_objection_correct",
    ),
    path("assessment/terms/", terms.terms, name="appraisal_terms"),
    path("assessment/terms/new/", terms.new_term, name="appraisal_term_new"),
    path("assessment/terms/<slug:key>/", terms.term, name="appraisal_term"),
    path("assessment/terms/<slug:key>/change/", terms.change_term, name="appraisal_term_change"),
]
