"""Lists of supervision."""

from .standings import lit_table, standings_table

__all__ = ["lit_table", "standings_table"]
