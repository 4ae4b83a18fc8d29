"""Defining forms, opening turns, filling in, reviewing."""

from .drafts import Saved, save_draft
from .filings import correct_filing, keep_accepted, submit_filing
from .forms import Edition, define_form, retire_form, revise_form
from .importing import import_held
from .packed import define_pack_form
from .reminding import remind_by_clock, remind_respondents
from .review import accept_filings, check_filings, return_filings
from .templates import ask_rest, bring_table, confirm_template
from .turns import close_passed_turns, close_turn, open_due_turns, open_turn, reopen_turn
from .workbooks import Taken, take_workbook

__all__ = [
    "Edition",
    "Saved",
    "Taken",
    "accept_filings",
    "ask_rest",
    "bring_table",
    "check_filings",
    "close_passed_turns",
    "close_turn",
    "confirm_template",
    "correct_filing",
    "define_form",
    "define_pack_form",
    "import_held",
    "keep_accepted",
    "open_due_turns",
    "open_turn",
    "remind_by_clock",
    "remind_respondents",
    "reopen_turn",
    "retire_form",
    "return_filings",
    "revise_form",
    "save_draft",
    "submit_filing",
    "take_workbook",
]
