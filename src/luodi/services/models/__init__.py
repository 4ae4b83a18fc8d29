"""Requests of enterprises."""

from .requests import (
    Caller,
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

__all__ = [
    "CallOut",
    "Caller",
    "FirmQuestion",
    "InternalNote",
    "Reply",
    "Request",
    "RequestClock",
    "RequestState",
    "Satisfaction",
    "Timetable",
]
