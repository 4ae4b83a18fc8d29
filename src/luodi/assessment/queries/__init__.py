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
from .zone_outputs import (
    ZoneOutput,
    ZoneOutputs,
    zone_outputs,
)

__all__ = [
    "ABOUT",
    "AppraisalHeld",
    "Coverage",
    "ExternalRow",
    "FirmGrade",
    "FirmPage",
    "Gathered",
    "GradingHead",
    "GradingRow",
    "RunRow",
    "ZoneOutput",
    "ZoneOutputs",
    "ZonePage",
    "appraisals",
    "assessable",
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
    "rule_in",
    "rules_at",
    "runs_appraisals",
    "runs_of",
    "sources_of",
    "zone_outputs",
    "zone_page",
]
