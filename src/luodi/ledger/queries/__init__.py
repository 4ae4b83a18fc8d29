"""Reading the ledger: rows with their lights at any moment, pages, counts, timelines."""

from .counts import Change, UnitCounts, changed_since, counts_by_unit, open_problems
from .dues import clocks_of, due_of
from .holding import Holding, hold, next_serial
from .pages import ItemPage, find_item, item_page
from .rows import Row, is_closed, items, items_about, may_open, rows_about, rows_of_city
from .timelines import Event, events_of

__all__ = [
    "Change",
    "Event",
    "Holding",
    "ItemPage",
    "Row",
    "UnitCounts",
    "changed_since",
    "clocks_of",
    "counts_by_unit",
    "due_of",
    "events_of",
    "find_item",
    "hold",
    "is_closed",
    "item_page",
    "items",
    "items_about",
    "may_open",
    "next_serial",
    "open_problems",
    "rows_about",
    "rows_of_city",
]
