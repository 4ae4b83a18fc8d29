"""A question to the figures: read from an address, and written back into one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import cast
from urllib.parse import quote_plus, urlencode

from luodi.common.moments import read_iso_day
from luodi.kit.calendars import KINDS, Kind, Period

MOST_PERIODS = 60
MOST_INDICATORS = 60
USUAL_PERIODS = 6
YEARS = range(100, 9900)
"""The calendar ends at 1 and 9999: what lies before and after a period is always at hand."""
_quoted = lru_cache(maxsize=4096)(quote_plus)
"""The cells of a table name the same few keys again and again."""


@dataclass(frozen=True)
class Question:
    """Which figures, of whom, about when, for which purpose, shown how, as known on which day.

    `units` holds keys of units and words for groups; none means every unit with a figure.
    `cut` says by what totals of enterprises are added up. `on` is None for the moment of the page.
    """

    indicators: tuple[str, ...]
    units: tuple[str, ...]
    kind: Kind
    first: Period
    last: Period
    purpose: str
    shows: tuple[str, ...] = ("value",)
    across: str = "period"
    basis: str = "units"
    cut: str = "unit"
    on: date | None = None

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods from first to last, in order."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(found[-1].next())
        return tuple(found)

    @property
    def address(self) -> str:
        """The query string that asks this again."""
        return urlencode(self.said)

    @property
    def said(self) -> list[tuple[str, str]]:
        """The names and values of the query string."""
        said: list[tuple[str, str]] = [("indicator", key) for key in self.indicators]
        said += [("unit", key) for key in self.units]
        said += [("kind", self.kind), ("from", self.first.key), ("to", self.last.key)]
        said += [("purpose", self.purpose)]
        said += [("show", word) for word in self.shows]
        said += [("across", self.across), ("of", self.basis)]
        said += [("by", self.cut)] if self.is_cut else []
        return said + ([("on", self.on.isoformat())] if self.on else [])

    @property
    def is_cut(self) -> bool:
        """True where totals of enterprises are added up otherwise than by their units."""
        return self.basis == "enterprises" and self.cut != "unit"

    def about(self, indicator: str, unit: str, period: str, shows: str) -> str:
        """The query string of the working of one cell."""
        said = [("indicator", indicator), ("unit", unit), ("period", period)]
        said += [("purpose", self.purpose), ("of", self.basis), ("show", shows)]
        said += [("by", self.cut)] if self.is_cut else []
        said += [("on", self.on.isoformat())] if self.on else []
        return "&".join(f"{name}={_quoted(value)}" for name, value in said)

    def without_day(self) -> Question:
        """The same as known at the moment of the page."""
        return replace(self, on=None)


@dataclass(frozen=True)
class Words:
    """The words a question may use."""

    purposes: Sequence[str]
    shows: Sequence[str]
    across: Sequence[str]
    bases: Sequence[str]
    cuts: Sequence[str] = ("unit",)


def read_question(asked: Mapping[str, Sequence[str]], words: Words, today: date) -> Question:
    """The question an address asks. What isn't understood is left out, never an error.

    Without periods the last six before `today` are meant; a span of more than `MOST_PERIODS`
    keeps its last ones.
    """
    kind = _kind(asked)
    first, last = _span(asked, kind, today)
    return Question(
        indicators=tuple(dict.fromkeys(asked.get("indicator", ())))[:MOST_INDICATORS],
        units=tuple(dict.fromkeys(unit for unit in asked.get("unit", ()) if unit)),
        kind=kind,
        first=first,
        last=last,
        purpose=_one(asked, "purpose", words.purposes),
        shows=_some(asked.get("show", ()), words.shows),
        across=_one(asked, "across", words.across),
        basis=_one(asked, "of", words.bases),
        cut=_one(asked, "by", words.cuts),
        on=read_iso_day((asked.get("on") or [""])[0]),
    )


def _kind(asked: Mapping[str, Sequence[str]]) -> Kind:
    given = _one(asked, "kind", KINDS)
    if asked.get("kind"):
        return cast(Kind, given)
    read = read_period((asked.get("from") or [""])[0])
    return read.kind if read else "month"


def _one(asked: Mapping[str, Sequence[str]], name: str, known: Sequence[str]) -> str:
    given = (asked.get(name) or [""])[0]
    return given if given in known else known[0]


def _some(given: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    asked = set(given)
    return tuple(word for word in known if word in asked) or (known[0],)


def _span(asked: Mapping[str, Sequence[str]], kind: Kind, today: date) -> tuple[Period, Period]:
    given = [read_period((asked.get(name) or [""])[0]) for name in ("from", "to")]
    first, last = (one if one and one.kind == kind else None for one in given)
    last = last or _latest(kind, today)
    first = first or back(last, USUAL_PERIODS - 1)
    if last < first:
        first, last = last, first
    return max(first, back(last, MOST_PERIODS - 1)), last


def _latest(kind: Kind, today: date) -> Period:
    return Period.containing(today, kind)


def back(period: Period, steps: int) -> Period:
    """The period so many steps before; the first of all where there are fewer."""
    for _step in range(steps):
        if period.year == 1 and period.number == 1:
            break
        period = period.previous()
    return period


def read_period(text: str) -> Period | None:
    """The period that a key names; None for anything else, and for years no figure is about."""
    try:
        period = Period.parse(text)
    except ValueError:
        return None
    return period if period.year in YEARS else None
