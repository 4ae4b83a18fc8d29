"""Search, the record, what is mine today, and how the plan stands."""

from .overview import Overview, overview_of
from .records import ActRow, act_rows
from .search import Hit, search
from .today import duties_of

__all__ = [
    "ActRow",
    "Hit",
    "Overview",
    "act_rows",
    "duties_of",
    "overview_of",
    "search",
]
