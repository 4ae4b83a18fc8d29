"""The lives of what is assessed, as tables."""

from .appraisals import APPRAISAL, OBJECTION, SELF_REPORT

__all__ = ["APPRAISAL", "OBJECTION", "SELF_REPORT"]
