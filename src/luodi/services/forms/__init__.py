"""What a person fills in about requests, visits and meetings."""

from .complaints import ComplaintForm, LookForm, SettleForm
from .entering import CodeAskForm, CodeForm
from .requests import (
    AskForm,
    CallForm,
    MoveForm,
    NotedRatingForm,
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
    ProblemForm,
    SponsorForm,
    VisitForm,
    WhyForm,
)

__all__ = [
    "AskForm",
    "AttendeesForm",
    "CallForm",
    "CodeAskForm",
    "CodeForm",
    "ComplaintForm",
    "DrawForm",
    "GatheringForm",
    "LineForm",
    "LogForm",
    "LookForm",
    "MoveForm",
    "NoteForm",
    "NotedRatingForm",
    "ProblemForm",
    "RatingForm",
    "ReasonForm",
    "SettleForm",
    "SponsorForm",
    "TextForm",
    "TimetableForm",
    "VisitForm",
    "WhyForm",
]
