"""Activities, what they wait for, and their days on a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from luodi.kit.calendars import WorkCalendar
from luodi.kit.refusals import Lang

Count = Literal["day", "workday"]
"""Natural days, or working days of the calendar."""

MOST_DAYS = 10_000
_ONE = timedelta(days=1)


@dataclass(frozen=True)
class After:
    """Waits for the end of the activity `key`, and so many days more."""

    key: str
    lag: int = 0
    count: Count = "day"

    def __post_init__(self) -> None:
        _check_days(self.key, self.lag, self.count)


@dataclass(frozen=True)
class Activity:
    """Something that takes days: a permit, an appraisal, the works.

    The day it starts on isn't counted, as for every limit (`luodi.kit.calendars`): begun on the
    1st and 3 days long it ends on the 4th, and what waits for it may start on the 4th. Zero days
    is a milestone. `not_before`: it can't start earlier. `started`, `ended`: what happened.
    """

    key: str
    zh: str
    en: str
    days: int
    count: Count = "day"
    after: tuple[After, ...] = ()
    not_before: date | None = None
    started: date | None = None
    ended: date | None = None

    def __post_init__(self) -> None:
        _check_days(self.key, self.days, self.count)

    def label(self, lang: Lang = "zh") -> str:
        """Its name."""
        return self.en if lang == "en" else self.zh

    @property
    def open(self) -> bool:
        """Whether it hasn't ended."""
        return self.ended is None


def _check_days(key: str, days: int, count: str) -> None:
    if count not in ("day", "workday") or not 0 <= days <= MOST_DAYS:
        raise ValueError(f"{key}: no stretch of {days} {count}")


def forward(on: date, days: int, count: Count, calendar: WorkCalendar) -> date:
    """The day so many days after `on`, which isn't counted."""
    return on + days * _ONE if count == "day" else calendar.add(on, days)


def backward(on: date, days: int, count: Count, calendar: WorkCalendar) -> date:
    """The latest day from which so many days end no later than `on`."""
    if count == "day":
        return on - days * _ONE
    return calendar.add(on + _ONE, -days) - _ONE if days else on


def float_between(end: date, latest: date, count: Count, calendar: WorkCalendar) -> int:
    """The counted days after `end` up to and with `latest`; below zero where `latest` is past.

    So many days more an activity that ends on `end` may take and still end by `latest`; or, if
    below zero, so many it has to take less.
    """
    if end > latest:
        return -float_between(latest, end, count, calendar)
    if count == "day":
        return (latest - end).days
    return sum(1 for _ in calendar.between(end + _ONE, latest))
