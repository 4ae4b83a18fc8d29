"""What people do with supervised items; one action is one act."""

from .deciding import (
    change_cooperating,
    decide_extension,
    reassign,
    refuse_close_out,
    reopen,
    set_due,
    verify_close_out,
)
from .handling import acknowledge, apply_for_close_out, ask_extension, give_feedback
from .opening import open_item

__all__ = [
    "acknowledge",
    "apply_for_close_out",
    "ask_extension",
    "change_cooperating",
    "decide_extension",
    "give_feedback",
    "open_item",
    "reassign",
    "refuse_close_out",
    "reopen",
    "set_due",
    "verify_close_out",
]
