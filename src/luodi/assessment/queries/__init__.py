"""What assessment reads."""

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

__all__ = [
    "ABOUT",
    "AppraisalHeld",
    "ExternalRow",
    "ZonePage",
    "appraisals",
    "assessable",
    "external_plan",
    "external_rows",
    "find_appraisal",
    "hold_appraisal",
    "hold_as_office",
    "runs_appraisals",
    "zone_page",
]
