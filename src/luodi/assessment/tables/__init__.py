"""Assessment as dense tables."""

from .appraisals import (
    appraisals_table,
)
from .externals import (
    externals_table,
)

__all__ = ["appraisals_table", "externals_table"]
