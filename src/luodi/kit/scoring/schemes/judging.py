"""From figures to a number, from a number to a share of the weight.

Declared answers: growth needs a base above zero, completion a target above zero; the completion of
what should be low is 2 − actual ÷ target (100 % where they are equal, finite everywhere). Equal
numbers share the better place. Where nobody else has a number there is nothing to compare with;
where all are equal everybody gets the whole share.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from luodi.kit.refusals import Refusal
from luodi.kit.scoring.schemes.values import Figures, Indicator, Pool

ZERO, ONE = Fraction(0), Fraction(1)

NO_ACTUAL = Refusal("scoring.no_actual", "没有实绩数", "There is no actual figure")
NO_BASE = Refusal("scoring.no_base", "没有上年数，增幅不可计算", "There is no base for the growth")
ZERO_BASE = Refusal("scoring.zero_base", "上年数为零，增幅不可计算", "The base is zero: no growth")
NEGATIVE_BASE = Refusal(
    "scoring.negative_base",
    "上年数为负，增幅没有意义",
    "The base is negative: growth means nothing",
)
NO_TARGET = Refusal("scoring.no_target", "没有目标值，完成率不可计算", "There is no target")
ZERO_TARGET = Refusal(
    "scoring.zero_target", "目标值为零，完成率不可计算", "The target is zero: no completion"
)
NEGATIVE_TARGET = Refusal(
    "scoring.negative_target",
    "目标值为负，完成率没有意义",
    "The target is negative: completion means nothing",
)
ALONE = Refusal(
    "scoring.alone",
    "只有一个单位有数，无从比较",
    "Only one unit has a figure: nothing to compare with",
)


def judged(indicator: Indicator, figures: Figures) -> Fraction | Refusal:
    """The number that is judged: the actual figure, its growth, or its completion, exact.

    Refusals: `scoring.no_actual`, `no_base`, `zero_base`, `negative_base`, `no_target`,
    `zero_target`, `negative_target`.
    """
    actual = figures.actual
    if actual is None:
        return NO_ACTUAL
    match judges(indicator):
        case "growth":
            return _growth(actual, figures.base)
        case "completion":
            target = indicator.target if figures.target is None else figures.target
            return _completion(actual, target, indicator.up)
        case _:
            return actual


def judges(indicator: Indicator) -> str:
    """Which number is judged; methods named after one judge that one."""
    named = indicator.method in ("growth", "completion")
    return indicator.method if named else indicator.of


def _growth(actual: Fraction, base: Fraction | None) -> Fraction | Refusal:
    if base is None:
        return NO_BASE
    if base <= 0:
        return NEGATIVE_BASE if base else ZERO_BASE
    return (actual - base) / base


def _completion(actual: Fraction, target: Fraction | None, up: bool) -> Fraction | Refusal:
    if target is None:
        return NO_TARGET
    if target <= 0:
        return NEGATIVE_TARGET if target else ZERO_TARGET
    return actual / target if up else 2 - actual / target


def pool_of(numbers: Collection[Fraction], up: bool) -> Pool:
    """What numbers are compared with; one of size 0 where there is no number at all.

    Places: the best is 1, equal ones share the better place (1, 2, 2, 4).
    """
    if not numbers:
        return Pool(0, ZERO, ZERO, {})
    ordered = sorted(numbers, reverse=up)
    places: dict[Fraction, int] = {}
    for place, number in enumerate(ordered, start=1):
        places.setdefault(number, place)
    return Pool(len(ordered), ordered[0], ordered[-1], places)


def raw_share(indicator: Indicator, number: Fraction, pool: Pool) -> Fraction | Refusal:
    """The share of the weight that a number of the pool earns, before cap and floor.

    Refusal `scoring.alone` where the method compares and nobody else has a number.
    """
    match indicator.method:
        case "completion":
            return number
        case "growth":
            return (number if indicator.up else -number) / indicator.full
        case "bands":
            return _band(indicator, number)
        case "rank":
            return ALONE if pool.size == 1 else _placed(indicator, number, pool)
        case _:
            return _efficacy(indicator, number, pool)


def _band(indicator: Indicator, number: Fraction) -> Fraction:
    for reach, share in indicator.bands:
        if number >= reach if indicator.up else number <= reach:
            return share
    return ZERO


def _placed(indicator: Indicator, number: Fraction, pool: Pool) -> Fraction:
    place = pool.places[number]
    if indicator.step is None:
        return Fraction(pool.size - place + 1, pool.size)
    return ONE - (place - 1) * indicator.step


def _efficacy(indicator: Indicator, number: Fraction, pool: Pool) -> Fraction | Refusal:
    """base + (number − worst) ÷ (best − worst) × (1 − base)."""
    if indicator.best is None and pool.size == 1:
        return ALONE
    best, worst = ends(indicator, pool)
    reached = (number - worst) / (best - worst) if best != worst else ONE
    return indicator.base + reached * (ONE - indicator.base) if indicator.base else reached


def ends(indicator: Indicator, pool: Pool) -> tuple[Fraction, Fraction]:
    """Best and worst of the efficacy coefficient: the scheme's, else those of the pool."""
    if indicator.best is None or indicator.worst is None:
        return pool.best, pool.worst
    return indicator.best, indicator.worst


def bounded(indicator: Indicator, share: Fraction) -> Fraction:
    """The share within cap and floor."""
    return min(max(share, indicator.floor), indicator.cap)
