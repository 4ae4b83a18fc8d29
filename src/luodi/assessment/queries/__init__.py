"""Reads of assessment, at a moment, in a viewer's scope."""

from .appraisals import (
    ABOUT,
    SETTLED,
    AppraisalHeld,
    appraisals,
    assessable,
    find_appraisal,
    hold_appraisal,
    hold_as_office,
    runs_appraisals,
)
from .comparing import (
    Moved,
    compared,
)
from .computing import (
    Computed,
    computed,
    replayed,
    worked,
)
from .counts import (
    CountCell,
    CountsPage,
    counts_page,
)
from .duties import (
    SelfReportRow,
    appraisal_duties,
    appraisals_to_verify,
    self_report_rows,
)
from .evaluation_pages import (
    EvaluationPage,
    JudgedRow,
    evaluation_page,
    opinion_file,
)
from .evaluation_reports import (
    compose_report,
    public_content,
    public_version,
)
from .evaluations import (
    DueEvaluation,
    EvaluationRow,
    due_evaluations,
    evaluations,
    find_evaluation,
    find_goal,
)
from .externals import (
    ExternalRow,
    ZonePage,
    external_plan,
    external_rows,
    zone_page,
)
from .grading_figures import (
    Coverage,
    Gathered,
    coverage,
    gather,
    sources_of,
)
from .grading_firms import (
    FirmPage,
    firm_page,
)
from .grading_objections import (
    GradingObjectionRow,
    find_grading_objection,
    grading_objection_for,
    grading_objections_of,
)
from .gradings import (
    FirmGrade,
    GradingHead,
    GradingRow,
    RunRow,
    find_grading,
    find_grading_run,
    grades_in,
    grading_head,
    gradings,
    rule_in,
    rules_at,
)
from .inputs import (
    Inputs,
    Known,
    inputs_at,
)
from .my_gradings import (
    MyGrading,
    my_gradings,
)
from .objections import (
    ObjectionPage,
    ObjectionRow,
    objection_page,
    objections_of,
)
from .procedures import (
    ProcedurePage,
    procedure_page,
)
from .results import (
    FeedbackPage,
    PublishedPage,
    feedback_page,
    published_page,
)
from .runs import (
    OPEN_TO_ALL,
    Line,
    ScoreRow,
    appraisal_runs,
    picked,
    score_row,
    scores_of,
)
from .schemes import (
    SchemePage,
    candidates,
    scheme_page,
    schemes_for,
)
from .self_reports import (
    Sheet,
    SheetCell,
    sheet_of,
)
from .steadiness import (
    Strip,
    kept_share,
    strips_of,
    weighed_anew,
)
from .terms import (
    TermPage,
    own_places,
    term_page,
    term_pages,
)
from .trying import (
    TrialSheet,
    Tried,
    costs_in_words,
    trial_sheet,
    tried,
)
from .verifying import (
    CheckRow,
    VerifyingPage,
    verifying_page,
)
from .zone_outputs import (
    ZoneOutput,
    ZoneOutputs,
    zone_outputs,
)

__all__ = [
    "ABOUT",
    "OPEN_TO_ALL",
    "SETTLED",
    "AppraisalHeld",
    "CheckRow",
    "Computed",
    "CountCell",
    "CountsPage",
    "Coverage",
    "DueEvaluation",
    "EvaluationPage",
    "EvaluationRow",
    "ExternalRow",
    "FeedbackPage",
    "FirmGrade",
    "FirmPage",
    "Gathered",
    "GradingHead",
    "GradingObjectionRow",
    "GradingRow",
    "Inputs",
    "JudgedRow",
    "Known",
    "Line",
    "Moved",
    "MyGrading",
    "ObjectionPage",
    "ObjectionRow",
    "ProcedurePage",
    "PublishedPage",
    "RunRow",
    "SchemePage",
    "ScoreRow",
    "SelfReportRow",
    "Sheet",
    "SheetCell",
    "Strip",
    "TermPage",
    "TrialSheet",
    "Tried",
    "VerifyingPage",
    "ZoneOutput",
    "ZoneOutputs",
    "ZonePage",
    "appraisal_duties",
    "appraisal_runs",
    "appraisals",
    "appraisals_to_verify",
    "assessable",
    "candidates",
    "compared",
    "compose_report",
    "computed",
    "costs_in_words",
    "counts_page",
    "coverage",
    "due_evaluations",
    "evaluation_page",
    "evaluations",
    "external_plan",
    "external_rows",
    "feedback_page",
    "find_appraisal",
    "find_evaluation",
    "find_goal",
    "find_grading",
    "find_grading_objection",
    "find_grading_run",
    "firm_page",
    "gather",
    "grades_in",
    "grading_head",
    "grading_objection_for",
    "grading_objections_of",
    "gradings",
    "hold_appraisal",
    "hold_as_office",
    "inputs_at",
    "kept_share",
    "my_gradings",
    "objection_page",
    "objections_of",
    "opinion_file",
    "own_places",
    "picked",
    "procedure_page",
    "public_content",
    "public_version",
    "published_page",
    "replayed",
    "rule_in",
    "rules_at",
    "runs_appraisals",
    "scheme_page",
    "schemes_for",
    "score_row",
    "scores_of",
    "self_report_rows",
    "sheet_of",
    "sources_of",
    "strips_of",
    "term_page",
    "term_pages",
    "trial_sheet",
    "tried",
    "verifying_page",
    "weighed_anew",
    "worked",
    "zone_outputs",
    "zone_page",
]
