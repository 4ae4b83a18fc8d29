"""Working days: weekends, statutory holidays and make-up working days, from published tables.

The tables are pack data. A year whose notice is not yet out has a stated answer: plain weekends,
and whatever is computed through it is provisional.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from luodi.kit.refusals import Lang

SHANGHAI = ZoneInfo("Asia/Shanghai")
_ONE = timedelta(days=1)

DayReason = Literal["weekday", "makeup", "weekend", "holiday"]
_REASONS = {
    "weekday": ("工作日", "working day"),
    "makeup": ("调休上班", "make-up working day"),
    "weekend": ("周末", "weekend"),
    "holiday": ("法定节假日", "public holiday"),
}


@dataclass(frozen=True)
class Day:
    """What a day is, and why; `name` is the festival for a holiday or a make-up day."""

    on: date
    working: bool
    reason: DayReason
    name: str = ""

    def says(self, lang: Lang = "zh") -> str:
        """The reason in words."""
        words = _REASONS[self.reason][lang == "en"]
        if self.reason == "makeup":
            return f"{self.name}{words}" if lang == "zh" else f"{words} ({self.name})"
        return self.name or words


@dataclass(frozen=True)
class YearTable:
    """One year's notice: days off and make-up working days, each with the festival's name."""

    year: int
    source: str
    off: Mapping[date, str] = field(default_factory=dict)
    work: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OfficeHours:
    """Opening times of a working day, in order, local time; the last one closes the day."""

    segments: tuple[tuple[time, time], ...] = (
        (time(8, 30), time(12)),
        (time(14, 30), time(18)),
    )

    def __post_init__(self) -> None:
        flat = [moment for segment in self.segments for moment in segment]
        if not flat or any(a >= b for a, b in itertools.pairwise(flat)):
            raise ValueError("office hours must be non-empty and in order")

    @property
    def opens(self) -> time:
        """Start of the working day."""
        return self.segments[0][0]

    @property
    def closes(self) -> time:
        """End of the working day."""
        return self.segments[-1][1]

    def on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The opening times of one day as aware instants."""
        return tuple(
            (datetime.combine(day, a, SHANGHAI), datetime.combine(day, b, SHANGHAI))
            for a, b in self.segments
        )


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked; `tables` hold the published years, `office` the default hours."""

    tables: tuple[YearTable, ...] = ()
    office: OfficeHours = field(default_factory=OfficeHours)

    @cached_property
    def _off(self) -> Mapping[date, str]:
        return MappingProxyType({d: n for t in self.tables for d, n in t.off.items()})

    @cached_property
    def _work(self) -> Mapping[date, str]:
        return MappingProxyType({d: n for t in self.tables for d, n in t.work.items()})

    @cached_property
    def years(self) -> frozenset[int]:
        """The years whose notice is in the tables."""
        return frozenset(table.year for table in self.tables)

    def known(self, year: int) -> bool:
        """Whether the notice of that year is in the tables."""
        return year in self.years

    def source(self, year: int) -> str | None:
        """The notice the year's days come from."""
        return next((table.source for table in self.tables if table.year == year), None)

    def day(self, on: date) -> Day:
        """What the day is. Any year has an answer; see `known`."""
        if on in self._work:
            return Day(on, True, "makeup", self._work[on])
        if on in self._off:
            return Day(on, False, "holiday", self._off[on])
        weekend = on.weekday() >= 5
        return Day(on, not weekend, "weekend" if weekend else "weekday")

    def is_working(self, on: date) -> bool:
        """Whether the day is worked."""
        return self.day(on).working

    def from_day(self, on: date) -> date:
        """The day itself if worked, else the next worked day."""
        while not self.is_working(on):
            on += _ONE
        return on

    def add(self, on: date, days: int) -> date:
        """The n-th working day after `on` (negative: before); 0 gives `on` itself."""
        step = _ONE if days > 0 else -_ONE
        left = abs(days)
        while left:
            on += step
            left -= self.is_working(on)
        return on

    def between(self, first: date, last: date) -> Iterator[date]:
        """The working days from first to last, both included."""
        for offset in range((last - first).days + 1):
            day = first + offset * _ONE
            if self.is_working(day):
                yield day

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years touched by the stretch whose notice is missing."""
        return tuple(y for y in range(first.year, last.year + 1) if not self.known(y))
