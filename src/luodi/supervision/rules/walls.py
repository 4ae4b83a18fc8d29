"""A wall chart (挂图作战): what is to be done over the months of a year, by whom, how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MONTHS = range(1, 13)
A3 = (420, 297)
"""Width and height of the page in millimetres."""


@dataclass(frozen=True)
class Mark:
    """A day within the year at which something is due or was reached."""

    month: int
    label: str
    light: str = ""


@dataclass(frozen=True)
class Bar:
    """From one month to another of the year, 1 to 12; `before` and `after` say that it goes on."""

    first: int
    last: int
    before: bool = False
    after: bool = False


@dataclass(frozen=True)
class WallRow:
    """One line of the chart. `due` is '' for none set; `bar` is None where nothing falls in it."""

    label: str
    title: str
    units: str
    light: str
    why: str
    due: str
    bar: Bar | None = None
    marks: tuple[Mark, ...] = ()
    section: str = ""

    def cell(self, month: int) -> tuple[bool, tuple[Mark, ...]]:
        """Whether the bar covers a month, and its marks."""
        covered = self.bar is not None and self.bar.first <= month <= self.bar.last
        return covered, tuple(mark for mark in self.marks if mark.month == month)

    @property
    def cells(self) -> tuple[tuple[bool, tuple[Mark, ...]], ...]:
        """The twelve months."""
        return tuple(self.cell(month) for month in MONTHS)


@dataclass(frozen=True)
class Wall:
    """A whole chart. `today` is the month to mark, 0 where the year is another."""

    title: str
    year: int
    as_of: date
    rows: tuple[WallRow, ...]
    basis: str = ""

    @property
    def today(self) -> int:
        """The present month, where the chart's year is the present one."""
        return self.as_of.month if self.as_of.year == self.year else 0

    @property
    def lights(self) -> tuple[tuple[str, int], ...]:
        """How many rows show each light."""
        order = ("red", "yellow", "green", "done", "none")
        return tuple((light, sum(row.light == light for row in self.rows)) for light in order)


def bar_in(year: int, start: date | None, end: date | None) -> Bar | None:
    """The months of a year between two days, both included; None where none is, or no end is set.

    Without a start the bar begins with the year: it is known only by when something is due.
    """
    if end is None or end.year < year or (start is not None and start > end):
        return None
    if start is not None and start.year > year:
        return None
    first = start.month if start is not None and start.year == year else 1
    last = end.month if end.year == year else 12
    return Bar(first, last, start is not None and start.year < year, end.year > year)


def marks_in(year: int, days: Iterable[tuple[date | None, str, str]]) -> tuple[Mark, ...]:
    """Day, label and light of each mark that falls in a year, in order."""
    found = [(day, label, light) for day, label, light in days if day and day.year == year]
    return tuple(Mark(day.month, label, light) for day, label, light in sorted(found))
