"""The lives of appraisals, gradings and evaluations, as tables."""

from .appraisals import (
    APPRAISAL,
    OBJECTION,
    SELF_REPORT,
)
from .gradings import GRADING, GRADING_OBJECTION

__all__ = ["APPRAISAL", "GRADING", "GRADING_OBJECTION", "OBJECTION", "SELF_REPORT"]
