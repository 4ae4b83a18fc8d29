"""Pages of the registers: entries, candidates, goals."""

from .entries import (
    entry_file,
    entry_move,
    entry_revise,
    import_list,
    new_entry,
    register,
    register_entry,
    registers,
)
from .goals import goal, new_goal
from .proposing import candidates

__all__ = [
    "candidates",
    "entry_file",
    "entry_move",
    "entry_revise",
    "goal",
    "import_list",
    "new_entry",
    "new_goal",
    "register",
    "register_entry",
    "registers",
]
