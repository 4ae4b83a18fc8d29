"""What a person fills in about requests, visits and meetings."""

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
from .visits import (
    AttendeesForm,
    DrawForm,
    GatheringForm,
    LineForm,
    LogForm,
    MergerForm,
    ProblemForm,
    SponsorForm,
    VisitForm,
    WhyForm,
)

__all__ = [
    "AskForm",
    "AttendeesForm",
    "CallForm",
    "DrawForm",
    "GatheringForm",
    "LineForm",
    "LogForm",
    "MergerForm",
    "MoveForm",
    "NoteForm",
    "ProblemForm",
    "RatingForm",
    "ReasonForm",
    "SponsorForm",
    "TextForm",
    "TimetableForm",
    "VisitForm",
    "WhyForm",
]
