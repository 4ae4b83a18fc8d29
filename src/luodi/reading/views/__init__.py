"""The list, the import, the room, its cards; findings, correction notes, single sentences."""

from .cards import accept, card, edit, lead, merge, reject, split, undo
from .corrections import correction, freeze_correction, open_correction, preview_correction
from .documents import (
    accept_certain,
    adopt,
    document,
    documents_list,
    import_document,
    undo_last,
)
from .findings import (
    accept_finding,
    compare,
    dismiss_finding,
    finding,
    findings,
    recheck,
    reopen_finding,
    supervise_finding,
)
from .sentences import sentence
from .sheets import sheet, sheet_picture

__all__ = [
    "accept",
    "accept_certain",
    "accept_finding",
    "adopt",
    "card",
    "compare",
    "correction",
    "dismiss_finding",
    "document",
    "documents_list",
    "edit",
    "finding",
    "findings",
    "freeze_correction",
    "import_document",
    "lead",
    "merge",
    "open_correction",
    "preview_correction",
    "recheck",
    "reject",
    "reopen_finding",
    "sentence",
    "sheet",
    "sheet_picture",
    "split",
    "supervise_finding",
    "undo",
    "undo_last",
]
