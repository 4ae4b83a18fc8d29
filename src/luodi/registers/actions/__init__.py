"""Everything done in the registers."""

from .carrying import carry_entries
from .entering import enter_register
from .goals import revise_goal, set_goal, withdraw_goal
from .importing import Imported, import_entries
from .moving import move_entry, revise_entry
from .reminding import remind_of_entries

__all__ = [
    "Imported",
    "carry_entries",
    "enter_register",
    "import_entries",
    "move_entry",
    "remind_of_entries",
    "revise_entry",
    "revise_goal",
    "set_goal",
    "withdraw_goal",
]
