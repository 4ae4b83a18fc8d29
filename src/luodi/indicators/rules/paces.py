"""Sharing out a goal exactly, and the pace at which it should be reached. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from luodi.kit.calendars import KINDS, Kind, Period
from luodi.kit.refusals import Refusal
from luodi.kit.series import Pace, expected, pace

Place = tuple[str, str]
"""Unit ('' for the whole) and period of a part."""


def split(whole: int, weights: Sequence[int]) -> list[int]:
    """A number in whole parts by weight, which add up to it: the largest remainders get the rest.

    Without any weight the parts are even; earlier parts go first where remainders are equal.
    """
    shares = [max(weight, 0) for weight in weights]
    total = sum(shares)
    if not total:
        shares, total = [1] * len(shares), len(shares)
    sign = -1 if whole < 0 else 1
    parts = [abs(whole) * share // total for share in shares]
    rest = [abs(whole) * share % total for share in shares]
    for place in sorted(range(len(parts)), key=lambda n: -rest[n])[: abs(whole) - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]


def periods_of(period: str, kind: str) -> tuple[Period, ...] | Refusal:
    """The periods of a kind inside the one a goal is for: refused where there are none."""
    try:
        whole = Period.parse(period)
    except ValueError:
        return Refusal(
            "target.no_period", "目标没有写明年份，不能分解", "The goal names no year to share out"
        )
    wanted: Kind | None = next((one for one in KINDS if one == kind), None)
    if wanted is None or KINDS.index(wanted) >= KINDS.index(whole.kind):
        return Refusal(
            "target.no_parts",
            "目标的时期不比指标的报告期长，不能再分",
            "The goal's period is no longer than the indicator's",
        )
    return whole.children(wanted)


def left_over(whole: int, parts: Mapping[Place, int], adds: bool) -> int:
    """What is missing (or too much, negative) for the parts to make the whole.

    Where figures of periods add up (a flow) all parts count, else (a stock) those of the last
    period.
    """
    last = max((Period.parse(period) for _, period in parts), default=None)
    counted = (
        amount
        for (_, period), amount in parts.items()
        if adds or (last is not None and period == last.key)
    )
    return whole - sum(counted)


def linear(whole: int, steps: int, base: int = 0) -> list[int] | Refusal:
    """Even steps from a base to the whole; each rounded once, the last exact."""
    even = pace([], steps)
    moved = even if isinstance(even, Refusal) else expected(whole - base, even)
    return moved if isinstance(moved, Refusal) else [base + one for one in moved]


def by_history(whole: int, before: Sequence[int | None]) -> list[int] | Refusal:
    """The pace of the year before, cumulated: what part of its year each period had reached.

    Refused where the year before has a gap, or didn't come to anything.
    """
    known = [amount for amount in before if amount is not None]
    if not known or len(known) < len(before):
        return Refusal(
            "target.no_history",
            "上年的数不全，不能按上年进度推算",
            "Last year's figures have gaps, so its pace isn't known",
        )
    if known[-1] <= 0:
        return Refusal(
            "target.no_history",
            "上年全年不为正数，不能按上年进度推算",
            "Last year came to nothing, so it gives no pace",
        )
    shares = tuple(Fraction(amount, known[-1]) for amount in known)
    return expected(whole, Pace(shares, "history", 1))


def joined(figures: Sequence[int | None]) -> list[int | None]:
    """A year's months where January and February are one figure: January adds nothing."""
    first_two = len(figures) > 1 and figures[0] is None and figures[1] is not None
    return [0, *figures[1:]] if first_two else list(figures)


def own_parts(given: Sequence[int | None], *, to_date: bool, combined: bool) -> list[int | None]:
    """The periods' own figures of a year; of figures to date, their differences."""
    known = joined(given) if combined else list(given)
    if not to_date:
        return known
    before: list[int | None] = [0, *known[:-1]]
    return [
        None if now is None or last is None else now - last
        for now, last in zip(known, before, strict=True)
    ]


def cumulated(parts: Sequence[int | None]) -> list[int | None]:
    """Running sums; none from the first gap on, since zero is not missing."""
    found: list[int | None] = []
    total = 0
    for part in parts:
        if part is None:
            return [*found, *([None] * (len(parts) - len(found)))]
        total += part
        found.append(total)
    return found


def is_met(comparator: str, actual: int, goal: int, upper: int | None = None) -> bool:
    """Whether a figure keeps a goal; about (~) counts from the goal on."""
    if upper is not None:
        return goal <= actual <= upper
    return {
        "=": actual == goal,
        ">=": actual >= goal,
        "<=": actual <= goal,
        ">": actual > goal,
        "<": actual < goal,
        "~": actual >= goal,
    }[comparator]
