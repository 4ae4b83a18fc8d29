"""What a person fills in about requests."""

from .requests import (
    AskForm,
    CallForm,
    MoveForm,
    NoteForm,
    RatingForm,
    ReasonForm,
    TextForm,
    TimetableForm,
)

__all__ = [
    "AskForm",
    "CallForm",
    "MoveForm",
    "NoteForm",
    "RatingForm",
    "ReasonForm",
    "TextForm",
    "TimetableForm",
]
