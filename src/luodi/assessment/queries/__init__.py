"""Appraisals, their figures and their runs; at a moment, in a viewer's scope."""

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

__all__ = [
    "ABOUT",
    "AppraisalHeld",
    "appraisals",
    "assessable",
    "find_appraisal",
    "hold_appraisal",
    "hold_as_office",
    "runs_appraisals",
]
