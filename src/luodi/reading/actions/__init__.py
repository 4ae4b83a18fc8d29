"""Importing, checking, deciding card by card and finding by finding, adopting."""

from .adoption import adopt_document
from .cards import (
    Undone,
    accept_certain,
    confirm_lead,
    decide_card,
    edit_card,
    merge_with_next,
    split_card,
    undo_card,
    undo_last,
)
from .checking import Checked, keep_findings, recheck_document
from .comparing import compare_documents
from .corrections import freeze_correction_note, open_correction_note
from .findings import accept_finding, dismiss_finding, reopen_finding, supervise_finding
from .imports import ask_to_import, import_document, import_spooled, refuse_twice

__all__ = [
    "Checked",
    "Undone",
    "accept_certain",
    "accept_finding",
    "adopt_document",
    "ask_to_import",
    "compare_documents",
    "confirm_lead",
    "decide_card",
    "dismiss_finding",
    "edit_card",
    "freeze_correction_note",
    "import_document",
    "import_spooled",
    "keep_findings",
    "merge_with_next",
    "open_correction_note",
    "recheck_document",
    "refuse_twice",
    "reopen_finding",
    "split_card",
    "supervise_finding",
    "undo_card",
    "undo_last",
]
