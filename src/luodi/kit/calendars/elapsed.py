"""Counting time along open stretches, leaving out pauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from luodi.kit.calendars.workdays import OfficeHours, WorkCalendar

Stretch = tuple[datetime, datetime | None]
"""Half-open; None is "without end"."""


def merge(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Join overlapping and touching stretches, in order; empty ones vanish."""
    merged: list[Stretch] = []
    for since, until in sorted(stretches, key=lambda stretch: stretch[0]):
        if until is not None and until <= since:
            continue
        if merged and (merged[-1][1] is None or since <= merged[-1][1]):
            merged[-1] = (merged[-1][0], _later(merged[-1][1], until))
        else:
            merged.append((since, until))
    return merged


def _later(a: datetime | None, b: datetime | None) -> datetime | None:
    return None if a is None or b is None else max(a, b)


def office_stretches(
    start: datetime, calendar: WorkCalendar, office: OfficeHours
) -> Iterator[Stretch]:
    """The office's opening times from `start` on, without end."""
    day = start.date()
    while True:
        day = calendar.from_day(day)
        for opens, closes in office.on(day):
            if closes > start:
                yield max(opens, start), closes
        day += timedelta(days=1)


def run(length: timedelta, open_time: Iterator[Stretch], breaks: list[Stretch]) -> datetime | None:
    """The instant at which `length` of open time outside the breaks has passed.

    `breaks` are merged. None if a break without end comes first. A limit that runs out exactly
    when a stretch closes ends there, not at the next opening.
    """
    for since, until in open_time:
        for begins, ends in _without(since, until, breaks):
            if ends is None or begins + length <= ends:
                return begins + length
            length -= ends - begins
        if breaks and breaks[-1][1] is None and until is not None and until > breaks[-1][0]:
            return None
    return None


def _without(since: datetime, until: datetime | None, breaks: list[Stretch]) -> Iterator[Stretch]:
    """What is left of one stretch when the breaks are cut out."""
    for begins, ends in breaks:
        if until is not None and begins >= until:
            break
        if ends is not None and ends <= since:
            continue
        if begins > since:
            yield since, begins
        if ends is None:
            return
        since = ends
    if until is None or since < until:
        yield since, until
