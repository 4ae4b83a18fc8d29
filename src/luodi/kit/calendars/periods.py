"""Periods that nest: week ⊂ month ⊂ quarter ⊂ half ⊂ year.

A week runs Monday to Sunday and belongs, whole, to the month that holds its Thursday. So every
week has one month, the weeks of a month are its children, and the numbering is that of
GB/T 7408 (ISO 8601), where the year of a week is the year of its Thursday. A week's own days may
reach into the neighbouring month; nesting is about belonging, and figures by week add up to
those of "the weeks of the month", which a page must say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, total_ordering
from typing import Literal

from luodi.kit.refusals import Lang

Kind = Literal["week", "month", "quarter", "half", "year"]
KINDS: tuple[Kind, ...] = ("week", "month", "quarter", "half", "year")
"""From the smallest to the largest."""

_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("year", re.compile(r"(\d{4})()")),
    ("month", re.compile(r"(\d{4})-(\d{2})")),
    ("quarter", re.compile(r"(\d{4})Q(\d)")),
    ("half", re.compile(r"(\d{4})H(\d)")),
    ("week", re.compile(r"(\d{4})W(\d{2})")),
)
_KEYS = {"year": "{0}", "month": "{0}-{1:02}", "quarter": "{0}Q{1}", "half": "{0}H{1}"}
_ORDINAL = "一二三四"
_EN_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@total_ordering
@dataclass(frozen=True)
class Period:
    """One period; `number` counts within the year from 1 (a year has number 1)."""

    kind: Kind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9998 or not 1 <= self.number <= _last(self.kind, self.year):
            raise ValueError(f"no such {self.kind}: {self.year}/{self.number}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a key: `2026`, `2026H1`, `2026Q1`, `2026-03`, `2026W09`; else ValueError."""
        for kind, form in _FORMS:
            found = form.fullmatch(text.strip())
            if found:
                return cls(kind, int(found[1]), int(found[2] or 1))
        raise ValueError(f"not a period: {text!r}")

    @classmethod
    def containing(cls, day: date, kind: Kind) -> Period:
        """The period of this kind that the day lies in (a day of a week: its Monday to Sunday)."""
        if kind == "week":
            iso = day.isocalendar()
            return cls("week", iso.year, iso.week)
        return cls(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1)

    @property
    def key(self) -> str:
        """The text that `parse` reads back."""
        if self.kind == "week":
            return f"{self.year}W{self.number:02}"
        return _KEYS[self.kind].format(self.year, self.number)

    @property
    def start(self) -> date:
        """First day."""
        if self.kind == "week":
            return date.fromisocalendar(self.year, self.number, 1)
        return date(self.year, (self.number - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """Last day, inclusive."""
        return self.next().start - timedelta(days=1)

    def next(self) -> Period:
        """The following period of the same kind."""
        if self.number < _last(self.kind, self.year):
            return Period(self.kind, self.year, self.number + 1)
        return Period(self.kind, self.year + 1, 1)

    def previous(self) -> Period:
        """The preceding period of the same kind."""
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, _last(self.kind, self.year - 1))

    def same_last_year(self) -> Period | None:
        """The base of a year-on-year rate; None for week 53 where last year has none."""
        if self.number > _last(self.kind, self.year - 1):
            return None
        return Period(self.kind, self.year - 1, self.number)

    def parent(self, kind: Kind | None = None) -> Period:
        """The one larger period this belongs to (next larger kind if none is named)."""
        rank = KINDS.index(self.kind)
        wanted = kind or KINDS[min(rank + 1, len(KINDS) - 1)]
        if KINDS.index(wanted) < rank:
            raise ValueError(f"a {self.kind} has no parent {wanted}")
        return Period.containing(self.anchor, wanted) if wanted != self.kind else self

    def children(self, kind: Kind | None = None) -> tuple[Period, ...]:
        """The smaller periods that belong to this one, in order."""
        rank = KINDS.index(self.kind)
        wanted = kind or KINDS[max(rank - 1, 0)]
        if KINDS.index(wanted) > rank:
            raise ValueError(f"a {self.kind} has no child {wanted}")
        return _inside(self, wanted)

    @property
    def anchor(self) -> date:
        """The day that decides where this belongs: the Thursday of a week, else the first day."""
        return self.start + timedelta(days=3) if self.kind == "week" else self.start

    def label(self, lang: Lang = "zh") -> str:
        """The period in words."""
        return _zh(self) if lang == "zh" else _en(self)

    def __str__(self) -> str:
        return self.key

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return _order(self) < _order(other)


@lru_cache(maxsize=4096)
def _inside(period: Period, kind: Kind) -> tuple[Period, ...]:
    """The periods of a kind that belong to a larger one; tables ask for the same ones often."""
    step, found = Period.containing(period.start, kind), []
    while step.start <= period.end:
        if step.parent(period.kind) == period:
            found.append(step)
        step = step.next()
    return tuple(found)


def _order(period: Period) -> tuple[date, int]:
    return (period.anchor, -KINDS.index(period.kind))


def _last(kind: str, year: int) -> int:
    if kind == "week":
        return date(year, 12, 28).isocalendar().week
    return 12 // _MONTHS[kind]


def _zh(period: Period) -> str:
    number = period.number
    return {
        "week": f"{period.year}年第{number}周",
        "month": f"{period.year}年{number}月",
        "quarter": f"{period.year}年第{_ORDINAL[(number - 1) % 4]}季度",
        "half": f"{period.year}年{'上' if number == 1 else '下'}半年",
        "year": f"{period.year}年",
    }[period.kind]


def _en(period: Period) -> str:
    number = period.number
    return {
        "week": f"Week {number}, {period.year}",
        "month": f"{_EN_MONTHS[(number - 1) % 12]} {period.year}",
        "quarter": f"Q{number} {period.year}",
        "half": f"H{number} {period.year}",
        "year": f"{period.year}",
    }[period.kind]
