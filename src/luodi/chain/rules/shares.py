"""Shares of what a firm buys: together they can't pass the whole at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FULL = 10_000
"""A whole, in hundredths of a per cent."""


@dataclass(frozen=True)
class Part:
    """A supplier's share from a day until one; open at either end where none is known."""

    supplier: str
    share: int
    source: str
    since_on: date | None = None
    until_on: date | None = None

    def runs_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.since_on or date.min) <= day <= (self.until_on or date.max)


def most_at_once(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The shares that hold together on the day on which they make the most."""
    days = sorted({part.since_on or date.min for part in parts})
    held = [tuple(part for part in parts if part.runs_on(day)) for day in days]
    return max(held, key=total_of, default=())


def total_of(parts: Sequence[Part]) -> int:
    """The sum of shares."""
    return sum(part.share for part in parts)


def percent(share: int) -> str:
    """Hundredths of a per cent as people write them: 35 or 35.5."""
    return f"{(Decimal(share).scaleb(-2).normalize() + 0):f}"
