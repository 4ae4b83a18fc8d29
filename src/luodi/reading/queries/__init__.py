"""Documents, cards, rooms and sentences."""

from .cards import (
    Break,
    CardView,
    Counts,
    UnitLine,
    breaks_in,
    card_for,
    card_views,
    counts_of,
    spans_of,
)
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
from .rooms import Created, Finding, ReadingRoom, reading_room
from .sentences import Sentence, sentence

__all__ = [
    "Break",
    "CardView",
    "Counts",
    "Created",
    "DocumentRow",
    "Finding",
    "ReadingRoom",
    "Sentence",
    "UnitLine",
    "breaks_in",
    "card_for",
    "card_views",
    "counts_of",
    "document_with",
    "documents_list",
    "find_document",
    "names_in",
    "reading_room",
    "sentence",
    "spans_of",
    "state_for",
    "states_for",
    "unit_choices",
]
