"""Importing, deciding card by card, adopting."""

from .adoption import adopt_document
from .cards import (
    accept_certain,
    confirm_lead,
    decide_card,
    edit_card,
    merge_with_next,
    split_card,
    undo_card,
    undo_last,
)
from .imports import ask_to_import, import_document, import_spooled, refuse_twice

__all__ = [
    "accept_certain",
    "adopt_document",
    "ask_to_import",
    "confirm_lead",
    "decide_card",
    "edit_card",
    "import_document",
    "import_spooled",
    "merge_with_next",
    "refuse_twice",
    "split_card",
    "undo_card",
    "undo_last",
]
