"""What is listed."""

from .appraisals import appraisals_table

__all__ = ["appraisals_table"]
