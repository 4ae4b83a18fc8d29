"""A month of requests: counts, and shares that carry their working."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Met:
    """One limit of one request as a month counts it, as known at a moment.

    `limit_at` is its own limit with pauses deducted, `due_at` that with the timetable.
    """

    limit_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    withdrawn: bool
    paused: bool


@dataclass(frozen=True)
class Share:
    """A share with its working: numerator over denominator, and who is left out and why.

    `by_timetable` and `late` are the rest of the denominator. `percent` has one place, rounded
    half up; None over nothing.
    """

    numerator: int
    denominator: int
    excluded: tuple[tuple[str, int], ...] = ()
    by_timetable: int = 0
    late: int = 0

    @property
    def percent(self) -> Decimal | None:
        """The share in percent."""
        if not self.denominator:
            return None
        exact = Decimal(self.numerator * 100) / Decimal(self.denominator)
        return exact.quantize(TENTH, ROUND_HALF_UP)


def kind_of(one: Met, at: datetime) -> str:
    """How a limit counts: met, by_timetable, late, or left out as withdrawn, paused or running."""
    if one.met_at is not None:
        if one.limit_at is not None and one.met_at <= one.limit_at:
            return "met"
        return "by_timetable" if one.due_at and one.met_at <= one.due_at else "late"
    if one.withdrawn:
        return "withdrawn"
    if one.paused and one.due_at is None:
        return "paused"
    return "late" if one.due_at is not None and at > one.due_at else "running"


LEFT_OUT = ("running", "paused", "withdrawn")


def share_within(limits: Iterable[Met], at: datetime) -> Share:
    """The share of limits kept: met by their own time over all that are decided.

    Met by a later timetable is no keeping of the limit: it stands beside. Those still running,
    standing still, or withdrawn are left out, and counted as such.
    """
    kinds = Counter(kind_of(one, at) for one in limits)
    decided = kinds["met"] + kinds["by_timetable"] + kinds["late"]
    excluded = tuple((name, kinds[name]) for name in LEFT_OUT if kinds[name])
    return Share(kinds["met"], decided, excluded, kinds["by_timetable"], kinds["late"])


def satisfaction_of(words: Iterable[str]) -> Share:
    """The share of first words that are satisfied or fairly so; unrated and awaited left out."""
    kinds = Counter(words)
    good = kinds["satisfied"] + kinds["fairly"]
    left_out = ("unrated", "awaited", "withdrawn")
    excluded = tuple((name, kinds[name]) for name in left_out if kinds[name])
    return Share(good, good + kinds["dissatisfied"], excluded)
