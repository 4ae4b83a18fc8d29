"""The lives of what assessment brings about, as tables."""

from .appraisals import (
    APPRAISAL,
    OBJECTION,
    SELF_REPORT,
)
from .evaluations import (
    EVALUATION,
)
from .gradings import (
    GRADING,
    GRADING_OBJECTION,
)

__all__ = ["APPRAISAL", "EVALUATION", "GRADING", "GRADING_OBJECTION", "OBJECTION", "SELF_REPORT"]
