"""Reading plans, measures, steps, rounds and reports at a moment, within a viewer's scope."""

from .flow import last_text_of
from .measures import (
    LatestReport,
    MeasureRow,
    UnitPart,
    measure_for,
    measure_row,
    measures_of,
    plan_for,
    plans_of,
)
from .overviews import by_section, by_unit, round_overview
from .reports import parts_of, report_for
from .rounds import round_for, rounds_of
from .steps import steps_in, steps_of

__all__ = [
    "LatestReport",
    "MeasureRow",
    "UnitPart",
    "by_section",
    "by_unit",
    "last_text_of",
    "measure_for",
    "measure_row",
    "measures_of",
    "parts_of",
    "plan_for",
    "plans_of",
    "report_for",
    "round_for",
    "round_overview",
    "rounds_of",
    "steps_in",
    "steps_of",
]
