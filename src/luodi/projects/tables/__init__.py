"""Dense tables of projects and batches."""

from .batches import entries_table, rolled_table, stated_table
from .gates import laggards_table
from .money import invested_sums, invested_table
from .pipeline import projects_table

__all__ = [
    "entries_table",
    "invested_sums",
    "invested_table",
    "laggards_table",
    "projects_table",
    "rolled_table",
    "stated_table",
]
