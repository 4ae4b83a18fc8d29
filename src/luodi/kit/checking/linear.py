"""Comparisons of sums: `合计 = 甲 + 乙`, `本期 >= 上期`, `分项 <= 总量`, on integers only.

Both sides are whole multiples of figures at their scales, all in one small unit, so that nothing
is divided and nothing rounded before the two sides are shown.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luodi.kit.calendars import Period
from luodi.kit.checking.known import Known, Place
from luodi.kit.checking.results import Fault, Skipped
from luodi.kit.quantities import Unit, ratio, show

FURTHER = 8
"""Decimals more than the rule's own that a sentence shows at most."""

Sign = Literal["=", "!=", "<=", ">=", "<", ">"]
Shift = Literal["own", "prior", "year_ago"]

HOLDS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<=": operator.le, ">=": operator.ge,
    "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_ZH = {"=": "等于", "!=": "不等于", "<=": "不大于", ">=": "不小于", "<": "小于", ">": "大于"}
_EN = {"=": "equal", "!=": "differ from", "<=": "be at most", ">=": "be at least", "<": "be below",
       ">": "be above"}  # fmt: skip


def words(left: str, sign: str, right: str) -> tuple[str, str]:
    """A comparison as a rule in words, (zh, en)."""
    return f"{left}应{_ZH[sign]}{right}", f"{left} must {_EN[sign]} {right}"


@dataclass(frozen=True)
class Term:
    """`times` the figure of an indicator for the subject, in a period beside the one asked."""

    times: int
    indicator: str
    shift: Shift = "own"


@dataclass(frozen=True)
class Side:
    """A sum of terms and a constant, in parts of the rule's unit; `text` as the rule writes it."""

    terms: tuple[Term, ...]
    constant: int = 0
    text: str = ""


@dataclass(frozen=True)
class Linear:
    """Left and right compared. `parts` of both make one of `unit`, shown with `scale` decimals.

    `within`: how far apart (in parts) the sides of an equation may be.
    """

    key: str
    left: Side
    sign: Sign
    right: Side
    unit: Unit
    parts: int | Fraction = 1
    scale: int = 0
    within: int = 0
    hard: bool = True
    zh: str = ""
    en: str = ""

    def run(
        self, subjects: Iterable[str], period: Period, known: Known
    ) -> Iterator[Fault | Skipped]:
        """The subjects for which it doesn't hold, or can't be asked."""
        periods = _periods(period)
        left = [(t.times, t.indicator, periods[t.shift]) for t in self.left.terms]
        right = [(t.times, t.indicator, periods[t.shift]) for t in self.right.terms]
        figures, holds = known.figures, HOLDS[self.sign]
        for subject in subjects:
            one, other = self.left.constant, self.right.constant
            try:
                for times, indicator, when in left:
                    one += times * figures[indicator, subject, when]
                for times, indicator, when in right:
                    other += times * figures[indicator, subject, when]
            except KeyError:
                yield self._skipped([*left, *right], subject, known)
                continue
            if holds(one, other) or (self.within and abs(one - other) <= self.within):
                continue
            places = [Place(i, subject, w) for _, i, w in (*left, *right)]
            yield self._fault(tuple(dict.fromkeys(places)), one, other)

    def _fault(self, places: tuple[Place, ...], one: int, other: int) -> Fault:
        decimals = self._places(one, other)
        left, right, apart = (self._shown(n, decimals) for n in (one, other, one - other))
        rule_zh, rule_en = words(self.left.text, self.sign, self.right.text)
        rule_zh, rule_en = self.zh or rule_zh, self.en or rule_en
        zh = f"{rule_zh}：左边是 {left}，右边是 {right}，相差 {apart}"
        en = f"{rule_en}: the left is {left}, the right {right}, {apart} apart"
        return Fault(places, "formula", self.hard, zh, en, self.key)

    def _places(self, one: int, other: int) -> int:
        """So many decimals that two sides that differ don't look the same."""
        exact = Fraction(1) / self.parts
        for places in range(self.scale, self.scale + FURTHER):
            if all((n * exact * 10**places).denominator == 1 for n in (one, other)):
                return places
        return self.scale + FURTHER

    def _shown(self, number: int, places: int) -> str:
        rounded = ratio(number, self.parts, places)
        if isinstance(rounded, int):
            return show(rounded, places, grouping=True) + self.unit.name
        return f"{number // self.parts}{self.unit.name}"  # larger than any engine holds

    def _skipped(self, terms: list[tuple[int, str, str]], subject: str, known: Known) -> Skipped:
        missing = tuple(
            Place(indicator, subject, when)
            for _, indicator, when in terms
            if (indicator, subject, when) not in known.figures
        )
        zh, en = "缺少参与比较的数，没有检查", "A figure of the comparison is missing: not checked"
        return Skipped(self.key, subject, missing, zh, en)


def _periods(period: Period) -> dict[str, str]:
    """Period keys by shift; '' where there is no such period, so that nothing is found."""
    before = period.same_last_year() if period.year > 1 else None
    return {
        "own": period.key,
        "prior": period.previous().key,
        "year_ago": before.key if before else "",
    }
