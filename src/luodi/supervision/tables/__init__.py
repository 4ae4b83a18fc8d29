"""Lists of supervision."""

from .exemptions import exemptions_table
from .standings import lit_table, standings_table

__all__ = ["exemptions_table", "lit_table", "standings_table"]
