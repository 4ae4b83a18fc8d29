"""Which reported periods a figure is made of: flows add, stocks take the last, 1–2月 is one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, Protocol

from luodi.kit.calendars import KINDS, Kind, Period
from luodi.kit.formulas.book import Declared
from luodi.kit.formulas.results import NotComputable

Scope = Literal["own", "members", "count"]


@dataclass(frozen=True)
class Part:
    """What an engine adds up: an indicator's own figures, its members' sum, or their count."""

    key: str
    scope: Scope = "own"
    to_date: bool = False


@dataclass(frozen=True)
class Ask:
    """Where a node is computed: the unit, the period asked, and how far back from it."""

    unit: str
    period: Period
    years: int = 0
    back: int = 0

    def year_ago(self, years: int = 1) -> Ask:
        """The same, so many years earlier."""
        return replace(self, years=self.years + years)

    def prior(self) -> Ask:
        """The same, one period earlier."""
        return replace(self, back=self.back + 1)

    def at(self) -> Period | None:
        """The period meant; None for week 53 where the earlier year has none."""
        period: Period | None = self.period
        for _ in range(self.years):
            period = period.same_last_year() if period is not None else None
        for _ in range(self.back if period is not None else 0):
            assert period is not None
            period = period.previous()
        return period


class Source(Protocol):
    """Where an evaluation takes its integers from: tables in Python, or rows of an engine."""

    def read(self, part: Part, unit: str, window: tuple[Period, ...]) -> int | None:
        """The exact sum over the window at the indicator's scale; None where a period has none."""

    def above(self, unit: str) -> str | None:
        """The unit above; None at the top."""

    def peers(self, unit: str, grouping: str) -> tuple[str, ...]:
        """The units that are ranked together, the unit itself among them."""


def window(part: Part, declared: Declared, ask: Ask) -> tuple[Period, ...] | NotComputable:
    """The reported periods that make up a part, in order.

    Reasons: `no_such_week`, `finer_period`, `not_over_time`, `larger_period`, `combined_months`,
    `definition_changed`.
    """
    period = ask.at()
    if period is None:
        return _reason(declared, ask, "no_such_week", "上年没有第53周", "Last year has no week 53")
    found = _periods(part, declared, ask, period)
    if isinstance(found, NotComputable):
        return found
    if declared.combined:
        found = tuple(one for one in found if one.number != 1 or not declared.joins(one.year))
        lone = ask.back > 0 and len(found) == 1 and found[0].number == 2
        if not found or (lone and declared.joins(found[0].year) and declared.reported == "period"):
            return combined(declared, ask)
    changed = crosses(declared, ask, found[0])
    return found if changed is None else changed


def crosses(declared: Declared, ask: Ask, first: Period | None = None) -> NotComputable | None:
    """`definition_changed` where a break lies between the first period read and the one asked."""
    start = first or ask.at()
    if start is None or not any(start.start < b.start <= ask.period.end for b in declared.breaks):
        return None
    return _reason(
        declared,
        ask,
        "definition_changed",
        f"“{declared.said}”口径已调整，前后期不可比",
        f"The definition of “{declared.said}” changed: the periods can't be compared",
    )


@lru_cache(maxsize=4096)
def _children(period: Period, kind: Kind) -> tuple[Period, ...]:
    return period.children(kind)


def _periods(
    part: Part, declared: Declared, ask: Ask, period: Period
) -> tuple[Period, ...] | NotComputable:
    if KINDS.index(period.kind) < KINDS.index(declared.kind):
        return _reason(
            declared,
            ask,
            "finer_period",
            f"“{declared.said}”没有这么细的分期数",
            f"“{declared.said}” isn't reported for such short periods",
        )
    inside = _children(period, declared.kind)
    if part.scope == "count" and len(inside) != 1:
        return _reason(
            declared,
            ask,
            "larger_period",
            "填报家数只能按填报期计算",
            "Respondents are counted per reported period only",
        )
    if declared.reported == "to_date" or declared.over_time == "last":
        return inside[-1:]
    if part.to_date:
        year = _children(period.parent("year"), declared.kind)
        return year[: year.index(inside[-1]) + 1]
    if len(inside) > 1 and declared.over_time == "none":
        return _reason(
            declared,
            ask,
            "not_over_time",
            f"“{declared.said}”不能由各期数推算出更长时期的数",
            f"“{declared.said}” of a longer period can't be made from its parts",
        )
    return inside


def combined(declared: Declared, ask: Ask) -> NotComputable:
    """January and February are published as one: neither stands alone, nor next to March."""
    return _reason(
        declared,
        ask,
        "combined_months",
        f"“{declared.said}”1—2月合并发布，没有单月数可用",
        f"January and February of “{declared.said}” are published as one figure",
    )


def _reason(declared: Declared, ask: Ask, code: str, zh: str, en: str) -> NotComputable:
    at = ask.at()
    return NotComputable(code, zh, en, declared.key, ask.unit, at.key if at else ask.period.key)


def missing(declared: Declared, ask: Ask) -> NotComputable:
    """No figure was given (which isn't zero)."""
    at = ask.at()
    assert at is not None
    return NotComputable(
        "missing",
        f"“{declared.said}”{at.label('zh')}没有数",
        f"There is no figure of “{declared.said}” for {at.label('en')}",
        declared.key,
        ask.unit,
        at.key,
    )
