"""What people do with plans: deadlines, leads, steps, months and reports."""

from .drafts import save_draft
from .measures import (
    assign_unit,
    confirm_lead,
    finish_measure,
    reopen_measure,
    set_deadlines,
)
from .reminding import remind_by_clock, remind_units
from .reporting import pass_on_reports, recall_report, submit_reports
from .reviewing import accept_reports, return_reports
from .rounds import (
    close_passed_rounds,
    close_round,
    note_call,
    open_due_rounds,
    reopen_round,
)
from .steps import finish_steps, save_steps, set_step_deadlines, withdraw_steps

__all__ = [
    "accept_reports",
    "assign_unit",
    "close_passed_rounds",
    "close_round",
    "confirm_lead",
    "finish_measure",
    "finish_steps",
    "note_call",
    "open_due_rounds",
    "pass_on_reports",
    "recall_report",
    "remind_by_clock",
    "remind_units",
    "reopen_measure",
    "reopen_round",
    "return_reports",
    "save_draft",
    "save_steps",
    "set_deadlines",
    "set_step_deadlines",
    "submit_reports",
    "withdraw_steps",
]
