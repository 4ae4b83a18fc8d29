"""Assessment as dense tables."""

from .appraisals import (
    appraisals_table,
)
from .externals import (
    externals_table,
)
from .scores import (
    runs_table,
    scores_table,
)

__all__ = ["appraisals_table", "externals_table", "runs_table", "scores_table"]
