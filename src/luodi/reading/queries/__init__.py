"""Documents, cards, rooms, sentences; findings and the notes that were made of them."""

from .cards import (
    Break,
    CardView,
    Counts,
    UnitLine,
    breaks_in,
    card_for,
    card_views,
    changed_others,
    counts_of,
    spans_of,
)
from .corrections import check_subject, notes_about, notes_by_finding, notes_with
from .documents import (
    DocumentRow,
    document_with,
    documents_list,
    find_document,
    names_in,
    state_for,
    states_for,
    unit_choices,
)
from .finders import find_check, find_finding
from .findings import Check, Elsewhere, FindingRow, Link, Version, check_of, finding_in, has_finding
from .marks import Finding, findings_beside
from .notes import NoteDraft, note_draft
from .others import Comparable, OtherPlace, comparable_with
from .readings import Again, must_hold, read_again
from .rooms import Created, ReadingRoom, reading_room
from .sentences import Sentence, sentence
from .sheets import (
    MarkedSheet,
    Sheet,
    has_sheets,
    marked_sheet,
    sheet_picture,
    sheet_version,
    sheets_of,
)
from .tallies import Step, Tally, open_errors, state_of, steps_of, tally_of

__all__ = [
    "Again",
    "Break",
    "CardView",
    "Check",
    "Comparable",
    "Counts",
    "Created",
    "DocumentRow",
    "Elsewhere",
    "Finding",
    "FindingRow",
    "Link",
    "MarkedSheet",
    "NoteDraft",
    "OtherPlace",
    "ReadingRoom",
    "Sentence",
    "Sheet",
    "Step",
    "Tally",
    "UnitLine",
    "Version",
    "breaks_in",
    "card_for",
    "card_views",
    "changed_others",
    "check_of",
    "check_subject",
    "comparable_with",
    "counts_of",
    "document_with",
    "documents_list",
    "find_check",
    "find_document",
    "find_finding",
    "finding_in",
    "findings_beside",
    "has_finding",
    "has_sheets",
    "marked_sheet",
    "must_hold",
    "names_in",
    "note_draft",
    "notes_about",
    "notes_by_finding",
    "notes_with",
    "open_errors",
    "read_again",
    "reading_room",
    "sentence",
    "sheet_picture",
    "sheet_version",
    "sheets_of",
    "spans_of",
    "state_for",
    "state_of",
    "states_for",
    "steps_of",
    "tally_of",
    "unit_choices",
]
