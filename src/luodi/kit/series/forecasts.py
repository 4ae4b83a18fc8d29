"""Where a year is heading, from its course so far and the pace of past years.

The interval says what it is worth. Each past year is forecast as if it were this one, from the
pace of the others; what it became over what was forecast is its error. If this year is a year
like those, its own error lies between the smallest and the largest of n past ones with a chance
of about (n − 1) ÷ (n + 1): a third for two years, two thirds for five. That chance is shown with
the interval, never a wished-for 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.quantities import ratio
from luodi.kit.refusals import Refusal
from luodi.kit.series.paces import Year, complete, pace

LEAST_YEARS = 2
"""Complete past years without which nothing is forecast."""


@dataclass(frozen=True)
class Forecast:
    """The year's total: the middle, the interval, and how often such an interval holds.

    Numbers stand at the scale of the figures. `chance` is a fraction of 1; 1 for a year that is
    over. `years` is how many past years it rests on.
    """

    middle: int
    low: int
    high: int
    chance: Fraction
    years: int

    @property
    def zh(self) -> str:
        """How to read it, for the page."""
        if self.chance == 1:
            return "全年数已齐"
        percent = round(100 * self.chance)
        return f"按前{self.years}年进度推算；这样的区间大约有{percent}%的年份能包含实际数"

    @property
    def en(self) -> str:
        """The same in English."""
        if self.chance == 1:
            return "the year is complete"
        percent = round(100 * self.chance)
        return (
            f"from the pace of {self.years} past years;"
            f" such an interval holds in about {percent}% of years"
        )


def forecast(so_far: Year, past: Sequence[Year], steps: int = 12) -> Forecast | Refusal:
    """The total of a year of which the first periods are known.

    `so_far` has one figure for each period that is over. Refusals: `series.nothing_yet`,
    `series.gap` (a period of this year is missing), `series.few_years` (fewer than LEAST_YEARS
    complete past years), `series.no_pace` (by now past years had reached nothing or less),
    `quantity.overflow`. ValueError where more periods are known than a year has.
    """
    if len(so_far) > steps:
        raise ValueError("more periods than a year has")
    reached = [one for one in so_far if one is not None]
    if not so_far:
        return Refusal("series.nothing_yet", "本年还没有数", "There is no figure of this year yet")
    if len(reached) < len(so_far):
        return Refusal("series.gap", "本年有缺数的时期，不能推算", "This year's figures have gaps")
    if len(so_far) == steps:
        return Forecast(sum(reached), sum(reached), sum(reached), Fraction(1), 0)
    years = complete(past, steps)
    if len(years) < LEAST_YEARS:
        return Refusal(
            "series.few_years",
            f"完整的往年数据不足{LEAST_YEARS}年，不作预测",
            f"Fewer than {LEAST_YEARS} complete past years: nothing is forecast",
            {"years": len(years)},
        )
    middle = _projected(sum(reached), len(so_far), years, steps)
    errors = _errors(len(so_far), years, steps)
    if middle is None or errors is None:
        return Refusal(
            "series.no_pace",
            "往年同期累计不为正数，不能按进度推算",
            "By now past years had reached nothing, so their pace says nothing",
        )
    return _told(middle, errors)


def _told(middle: Fraction, errors: list[Fraction]) -> Forecast | Refusal:
    ends = [middle, *(middle * error for error in errors)]
    numbers: list[int] = []
    for one in (middle, min(ends), max(ends)):
        number = ratio(one, 1, 0)
        if isinstance(number, Refusal):
            return number
        numbers.append(number)
    count = len(errors)
    middle_number, low, high = numbers
    chance = Fraction(count - 1, count + 1)
    return Forecast(middle_number, low, high, chance, count)


def _projected(reached: int, over: int, years: Sequence[Year], steps: int) -> Fraction | None:
    """The total at the average pace of some years; None where they had reached nothing."""
    curve = pace(years, steps)
    assert not isinstance(curve, Refusal)  # no weights are given
    share = curve.shares[over - 1]
    return reached / share if share > 0 else None


def _errors(over: int, years: Sequence[list[int]], steps: int) -> list[Fraction] | None:
    """What each past year became over its forecast from the others; None where there is none."""
    found: list[Fraction] = []
    for number, year in enumerate(years):
        others = [one for place, one in enumerate(years) if place != number]
        told = _projected(sum(year[:over]), over, others, steps)
        if told is None or told <= 0:
            return None
        found.append(sum(year) / told)
    return found
