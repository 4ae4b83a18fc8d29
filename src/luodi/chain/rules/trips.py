"""How often leaders are to travel: windows of a year, and which of them had a trip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ALL_MONTHS = tuple(range(1, 13))


@dataclass(frozen=True)
class Window:
    """A stretch of months with at least one trip wanted: `first` to `last` day."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """2026-02, or 2026-01/2026-02 where it is longer than a month."""
        begins, ends = f"{self.first:%Y-%m}", f"{self.last:%Y-%m}"
        return ends if begins == ends else f"{begins}/{ends}"


def windows(year: int, months: Sequence[int] = ()) -> list[Window]:
    """The windows of a year: each ends with one of the months, and begins after the one before."""
    ends = sorted(set(months)) or list(ALL_MONTHS)
    found = []
    for n, month in enumerate(ends):
        before = ends[n - 1] if n else ends[-1] - 12
        first = (
            date(year - 1, before + 13, 1)
            if before < 0
            else date(year, before + 1, 1)
            if before
            else date(year, 1, 1)
        )
        found.append(Window(first, _last_day(year, month)))
    return found


def _last_day(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """A window with its trips: kept, missing (over without one), open, or still to come."""

    window: Window
    trips: int
    state: str


def kept(found: Sequence[Window], travelled: Iterable[date], today: date) -> list[Kept]:
    """Each window judged by the days on which trips began."""
    days = list(travelled)
    result = []
    for window in found:
        trips = sum(window.first <= day <= window.last for day in days)
        if trips:
            state = "kept"
        elif window.last < today:
            state = "missing"
        else:
            state = "open" if window.first <= today else "to_come"
        result.append(Kept(window, trips, state))
    return result
