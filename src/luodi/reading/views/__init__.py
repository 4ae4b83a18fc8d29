"""The list, the import, the room, its cards, and single sentences."""

from .cards import accept, card, edit, lead, merge, reject, split, undo
from .documents import (
    accept_certain,
    adopt,
    document,
    documents_list,
    import_document,
    undo_last,
)
from .sentences import sentence

__all__ = [
    "accept",
    "accept_certain",
    "adopt",
    "card",
    "document",
    "documents_list",
    "edit",
    "import_document",
    "lead",
    "merge",
    "reject",
    "sentence",
    "split",
    "undo",
    "undo_last",
]
