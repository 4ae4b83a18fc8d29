"""What another point would cost: the smallest change of a figure that earns it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from luodi.kit.refusals import Refusal
from luodi.kit.scoring.schemes.judging import bounded, judged, pool_of, raw_share
from luodi.kit.scoring.schemes.values import Contribution, Pool, Result

FARTHEST = 10**15
"""How far a figure is tried, in units of its last decimal."""

AT_BEST = Refusal("scoring.at_best", "这一项已得满分", "This item has all its points already")
OUT_OF_REACH = Refusal(
    "scoring.out_of_reach",
    "这一项再好也得不到这么多分",
    "However good, this item can't earn so many points",
)


@dataclass(frozen=True)
class Cost:
    """What one indicator would have to become. `actual` is the figure that earns `gain` more
    points, `left` the points still to be had from it; `fault` why there is no such figure."""

    key: str
    gain: Fraction
    left: Fraction
    actual: Fraction | None = None
    change: Fraction | None = None
    fault: Refusal | None = None


def costs(result: Result, unit: str, gain: Fraction = Fraction(1)) -> tuple[Cost, ...]:
    """For each indicator of a unit, the nearest figure that would earn `gain` more points.

    All else stays as it is: base, target, and the figures of the others. The figure stands at the
    indicator's scale. KeyError for a unit that wasn't scored.
    """
    found = result.of(unit)
    return tuple(_cost(one, _others(result, unit, one), gain) for one in found.contributions)


def _others(result: Result, unit: str, one: Contribution) -> list[Fraction]:
    """The numbers of those compared with, the unit's own left out; sorted."""
    category = result.of(unit).category
    return sorted(
        other.number
        for outcome in result.outcomes
        if outcome.unit != unit and (not result.scheme.apart or outcome.category == category)
        for other in outcome.contributions
        if other.key == one.key and other.number is not None
    )


def _cost(one: Contribution, others: list[Fraction], gain: Fraction) -> Cost:
    actual, share = one.figures.actual, one.share
    if actual is None or one.raw is None or share is None or not one.counted:
        return Cost(one.key, gain, Fraction(0), fault=one.fault)
    scale = one.indicator.scale
    start = floor(actual * 10**scale)
    sign = 1 if one.indicator.up else -1

    def share_at(steps: int) -> Fraction:
        return _share(one, others, Fraction(start + sign * steps, 10**scale))

    left = (share_at(FARTHEST) - share) * one.counted
    if left <= 0:
        return Cost(one.key, gain, Fraction(0), fault=AT_BEST)
    if left < gain:
        return Cost(one.key, gain, left, fault=OUT_OF_REACH)
    needed = share + gain / one.counted
    there = Fraction(start + sign * _first(lambda n: share_at(n) >= needed), 10**scale)
    return Cost(one.key, gain, left, there, there - actual)


def _first(reached: Callable[[int], bool]) -> int:
    """The first step at which it is reached; it is at `FARTHEST`, and stays so once it is."""
    high = 1
    while high < FARTHEST and not reached(high):
        high *= 4
    low, high = high // 4, min(high, FARTHEST)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def _share(one: Contribution, others: list[Fraction], actual: Fraction) -> Fraction:
    """The share with another actual figure, among the same others."""
    number = judged(one.indicator, replace(one.figures, actual=actual))
    known = Fraction(0) if isinstance(number, Refusal) else number
    raw = raw_share(one.indicator, known, _pool(others, known, one.indicator.up))
    return Fraction(0) if isinstance(raw, Refusal) else bounded(one.indicator, raw)


def _pool(others: list[Fraction], number: Fraction, up: bool) -> Pool:
    """The pool with the unit's own number in it; only its own place is asked for."""
    if not others:
        return pool_of([number], up)
    ahead = len(others) - bisect_right(others, number) if up else bisect_left(others, number)
    low, high = min(others[0], number), max(others[-1], number)
    best, worst = (high, low) if up else (low, high)
    return Pool(len(others) + 1, best, worst, {number: ahead + 1})
