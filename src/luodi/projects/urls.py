"""Addresses of this module."""

from django.urls import path

from .views import batches, exports, firms, gates, merging, money, pipeline, problems, siting

urlpatterns = [
    path("projects/", pipeline.projects, name="projects"),
    path("projects/leads/", pipeline.projects, {"library": "leads"}, name="projects_leads"),
    path("projects/talks/", pipeline.projects, {"library": "talks"}, name="projects_talks"),
    path("projects/signing/", pipeline.projects, {"library": "signing"}, name="projects_signing"),
    path(
        "projects/building/", pipeline.projects, {"library": "building"}, name="projects_building"
    ),
    path("projects/board/", pipeline.board, name="projects_board"),
    path("projects/batches/", batches.batches, name="batches"),
    path("projects/batches/new/", batches.new_batch, name="new_batch"),
    path("projects/batches/<slug:key>/", batches.batch, name="batch"),
    path("projects/batches/<slug:key>/revise/", batches.revise_batch, name="batch_revise"),
    path("projects/batches/<slug:key>/add/", batches.add_to_batch, name="batch_add"),
    path("projects/batches/<slug:key>/exclude/", batches.exclude_entries, name="batch_exclude"),
    path("projects/batches/<slug:key>/back/", batches.put_back_entries, name="batch_back"),
    path("projects/money/", money.money, name="projects_money"),
    path("projects/gates/", gates.gates, name="gates"),
    path("projects/money/import/", exports.exports, name="projects_exports"),
    path("projects/money/import/<slug:key>/", exports.export, name="projects_export"),
    path(
        "projects/money/import/<slug:key>/columns/",
        exports.name_columns,
        name="projects_export_columns",
    ),
    path("projects/money/import/<slug:key>/take/", exports.take, name="projects_export_take"),
    path("projects/problems/", problems.problems, name="projects_problems"),
    path("projects/stuck/", problems.stuck, name="stuck"),
    path("projects/new/", pipeline.new_project, name="new_project"),
    path("projects/alike/", merging.alike, name="projects_alike"),
    path("projects/<slug:key>/merge/<slug:other>/", merging.merge_project, name="project_merge"),
    path("projects/<slug:key>/apart/<slug:other>/", merging.tell_apart, name="project_apart"),
    path("projects/<slug:key>/unmerge/", merging.unmerge_project, name="project_unmerge"),
    path("projects/<slug:key>/", pipeline.project, name="project"),
    path("projects/<slug:key>/resume/", gates.resume_project, name="project_resume"),
    path("projects/<slug:key>/problems/", problems.project_problems, name="project_problems"),
    path("projects/<slug:key>/problems/raise/", problems.raise_problem, name="problem_raise"),
    path(
        "projects/<slug:key>/problems/<slug:problem>/<slug:move>/",
        problems.move_problem,
        name="problem_move",
    ),
    path("projects/<slug:key>/move/", pipeline.move_project, name="project_move"),
    path("projects/<slug:key>/firm/", firms.firm, name="project_firm"),
    path("projects/<slug:key>/firm/record/", firms.record_firm, name="project_firm_record"),
    path("projects/<slug:key>/revise/", pipeline.revise_project, name="project_revise"),
    path("projects/<slug:key>/money/", money.project_money, name="project_money"),
    path("projects/<slug:key>/money/plan/", money.plan_year, name="project_money_plan"),
    path("projects/<slug:key>/money/report/", money.report_money, name="project_money_report"),
    path("projects/<slug:key>/sites/", siting.project_sites, name="project_sites"),
    path("projects/<slug:key>/sites/need/", siting.say_need, name="project_site_need"),
    path("projects/<slug:key>/sites/reserve/", siting.reserve, name="project_site_reserve"),
]
