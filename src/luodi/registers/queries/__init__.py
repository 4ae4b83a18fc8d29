"""Reading registers: their entries at any moment, one entry's page, what an enterprise holds."""

from .candidates import Candidate, Proposal, proposal, source_of
from .duties import register_duties
from .entries import (
    EntryRow,
    Overview,
    entries_of,
    entry_rows,
    homes_of_entries,
    overviews,
    rule_named,
    rules_at,
)
from .held import levels_held, registers_held, rungs_of
from .holding import Holding, hold
from .pages import EntryPage, entry_page, find_entry

__all__ = [
    "Candidate",
    "EntryPage",
    "EntryRow",
    "Holding",
    "Overview",
    "Proposal",
    "entries_of",
    "entry_page",
    "entry_rows",
    "find_entry",
    "hold",
    "homes_of_entries",
    "levels_held",
    "overviews",
    "proposal",
    "register_duties",
    "registers_held",
    "rule_named",
    "rules_at",
    "rungs_of",
    "source_of",
]
