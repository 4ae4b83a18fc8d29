"""Reading registers: their entries at any moment, one entry's page, what an enterprise holds."""

from .candidates import Candidate, Proposal, proposal, source_of
from .duties import register_duties
from .entries import (
    EntryRow,
    entries_of,
    entry_rows,
    homes_of_entries,
    rule_named,
    rules_at,
    rules_seen,
    unit_about,
)
from .files import entry_file
from .goals import GoalRow, check_place, goal_for, goals_of, places_of_goals
from .held import levels_held, registers_held, rungs_of
from .holding import Holding, hold
from .overviews import Overview, overviews
from .pages import EntryPage, entry_page, find_entry

__all__ = [
    "Candidate",
    "EntryPage",
    "EntryRow",
    "GoalRow",
    "Holding",
    "Overview",
    "Proposal",
    "check_place",
    "entries_of",
    "entry_file",
    "entry_page",
    "entry_rows",
    "find_entry",
    "goal_for",
    "goals_of",
    "hold",
    "homes_of_entries",
    "levels_held",
    "overviews",
    "places_of_goals",
    "proposal",
    "register_duties",
    "registers_held",
    "rule_named",
    "rules_at",
    "rules_seen",
    "rungs_of",
    "source_of",
    "unit_about",
]
