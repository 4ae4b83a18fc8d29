"""Reads of assessment, at a moment, in a viewer's scope."""

from .appraisals import (
    ABOUT,
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
    runs_of,
)
from .inputs import (
    Inputs,
    Known,
    inputs_at,
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
from .steadiness import (
    Strip,
    kept_share,
    strips_of,
    weighed_anew,
)
from .trying import (
    TrialSheet,
    Tried,
    costs_in_words,
    trial_sheet,
    tried,
)
from .zone_outputs import (
    ZoneOutput,
    ZoneOutputs,
    zone_outputs,
)

__all__ = [
    "ABOUT",
    "OPEN_TO_ALL",
    "AppraisalHeld",
    "Computed",
    "Coverage",
    "ExternalRow",
    "FirmGrade",
    "FirmPage",
    "Gathered",
    "GradingHead",
    "GradingRow",
    "Inputs",
    "Known",
    "Line",
    "Moved",
    "RunRow",
    "SchemePage",
    "ScoreRow",
    "Strip",
    "TrialSheet",
    "Tried",
    "ZoneOutput",
    "ZoneOutputs",
    "ZonePage",
    "appraisal_runs",
    "appraisals",
    "assessable",
    "candidates",
    "compared",
    "computed",
    "costs_in_words",
    "coverage",
    "external_plan",
    "external_rows",
    "find_appraisal",
    "find_grading",
    "find_grading_run",
    "firm_page",
    "gather",
    "grades_in",
    "grading_head",
    "gradings",
    "hold_appraisal",
    "hold_as_office",
    "inputs_at",
    "kept_share",
    "picked",
    "replayed",
    "rule_in",
    "rules_at",
    "runs_appraisals",
    "runs_of",
    "scheme_page",
    "schemes_for",
    "score_row",
    "scores_of",
    "sources_of",
    "strips_of",
    "trial_sheet",
    "tried",
    "weighed_anew",
    "worked",
    "zone_outputs",
    "zone_page",
]
