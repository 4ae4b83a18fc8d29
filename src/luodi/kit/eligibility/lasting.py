"""How long a verified value holds: some months, until a day of the year after, its own last day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

YEAR_END = (12, 31)


@dataclass(frozen=True)
class Lasting:
    """A value as of a day holds through a last day, which counts.

    `own`: the last day written with the value (on a certificate) goes before what follows.
    `months`: the same day so many months later, or that month's last where it has no such day.
    `next_year`: this month and day of the year after the one the value is about: the year of its
    day or, where it speaks `of_last_year` (上年度营业收入), the year before, unless its day is the
    last of a year. `warn_days`: from so many days before its last day on it is to be renewed.
    """

    months: int = 0
    next_year: tuple[int, int] | None = None
    of_last_year: bool = False
    own: bool = False
    warn_days: int = 30

    def last_day(self, on: date, own: date | None = None) -> date | None:
        """The last day on which a value as of `on` counts; None where it counts for good."""
        if self.own and own is not None:
            return own
        if self.months:
            return _later(on, self.months)
        if self.next_year is None:
            return None
        about = on.year
        if self.of_last_year and (on.month, on.day) != YEAR_END:
            about -= 1
        return _day_of(about + 1, *self.next_year)

    def has_run_out(self, on: date, today: date, own: date | None = None) -> bool:
        """Whether a value as of `on` counts no more."""
        last = self.last_day(on, own)
        return last is not None and last < today

    def is_ending(self, on: date, today: date, own: date | None = None) -> bool:
        """Whether it still counts and is to be renewed soon."""
        last = self.last_day(on, own)
        return last is not None and last - timedelta(self.warn_days) <= today <= last

    def ending(self, today: date) -> Iterator[tuple[date, date]]:
        """Spans of days, ends included, outside of which no value without a last day of its own
        is ending: what a store is asked for before each is looked at."""
        end = today + timedelta(self.warn_days)
        if self.months:
            yield (
                _later(today, -self.months) - timedelta(3),
                _later(end, -self.months) + timedelta(3),
            )
        elif self.next_year is not None:
            for year in range(today.year, end.year + 1):
                if today <= _day_of(year, *self.next_year) <= end:
                    yield date(year - 1, 1, 1), date(year, 12, 31)


def _later(day: date, months: int) -> date:
    """The same day some months on (or back), at most the last of its month."""
    count = day.year * 12 + day.month - 1 + months
    return _day_of(count // 12, count % 12 + 1, day.day)


def _day_of(year: int, month: int, day: int) -> date:
    year = min(max(year, date.min.year), date.max.year)
    return date(year, month, min(day, monthrange(year, month)[1]))
