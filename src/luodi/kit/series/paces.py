"""The pace of a year: which part of it is usually reached by the end of each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from luodi.kit.quantities import ratio
from luodi.kit.refusals import Refusal

Year = Sequence[int | None]
"""One figure for each period of a year."""
Origin = Literal["given", "history", "linear"]


@dataclass(frozen=True)
class Pace:
    """`shares[n]` of the year is reached by the end of period n; the last is 1.

    `origin`: stated in the pack, the average of `years` past years, or even steps.
    """

    shares: tuple[Fraction, ...]
    origin: Origin
    years: int = 0

    @property
    def zh(self) -> str:
        """Where the curve comes from, for the page."""
        return {
            "given": "按规则包给定的进度",
            "history": f"按前{self.years}年平均进度",
            "linear": "按时间均匀推进（没有可用的历史进度）",
        }[self.origin]

    @property
    def en(self) -> str:
        """The same in English."""
        return {
            "given": "pace given by the pack",
            "history": f"average pace of {self.years} past years",
            "linear": "even steps (no past year to go by)",
        }[self.origin]


def pace(
    past: Sequence[Year], steps: int = 12, given: Sequence[int] | None = None
) -> Pace | Refusal:
    """The curve for a year of so many periods.

    `given` weights win; else each complete past year with a positive total counts alike; without
    one the steps are even. Refusals: `series.weights` (negative, none above zero, or not one for
    each period). ValueError for `steps` below 1.
    """
    if steps < 1:
        raise ValueError("a year has at least one period")
    if given is not None:
        if len(given) != steps or min(given) < 0 or not sum(given):
            return Refusal(
                "series.weights",
                f"进度权重应为{steps}个不小于零的数，且不能全为零",
                f"A pace takes {steps} weights, none negative, not all zero",
            )
        return Pace(_shares(given), "given")
    known = complete(past, steps)
    if not known:
        return Pace(_shares([1] * steps), "linear")
    curves = [_shares(year) for year in known]
    mean = tuple(sum(column, Fraction(0)) / len(curves) for column in zip(*curves, strict=True))
    return Pace(mean, "history", len(curves))


def complete(past: Sequence[Year], steps: int) -> list[list[int]]:
    """The past years that can teach a pace: every period there, a positive total."""
    whole = [[one for one in year if one is not None] for year in past if len(year) == steps]
    return [year for year in whole if len(year) == steps and sum(year) > 0]


def _shares(year: Sequence[int]) -> tuple[Fraction, ...]:
    total = sum(year)
    return tuple(Fraction(reached, total) for reached in accumulate(year))


def expected(whole: int, curve: Pace) -> list[int] | Refusal:
    """What should be reached by the end of each period; the last is the whole.

    Refusals: `quantity.overflow`.
    """
    found: list[int] = []
    for share in curve.shares:
        amount = ratio(whole * share, 1, 0)
        if isinstance(amount, Refusal):
            return amount
        found.append(amount)
    return found
