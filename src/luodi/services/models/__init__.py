"""Requests of enterprises, visits to them, meetings with them."""

from .codes import EntryCode
from .complaints import Complaint, ComplaintState
from .requests import (
    CallOut,
    FirmQuestion,
    InternalNote,
    Reply,
    Request,
    RequestClock,
    RequestState,
    Satisfaction,
    Timetable,
)
from .visits import Attendee, Draw, Gathering, Sponsorship, Visit, VisitState

__all__ = [
    "Attendee",
    "CallOut",
    "Complaint",
    "ComplaintState",
    "Draw",
    "EntryCode",
    "FirmQuestion",
    "Gathering",
    "InternalNote",
    "Reply",
    "Request",
    "RequestClock",
    "RequestState",
    "Satisfaction",
    "Sponsorship",
    "Timetable",
    "Visit",
    "VisitState",
]
