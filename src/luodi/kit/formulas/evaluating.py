"""The meaning of every node, exact: fractions all the way, rounded once at the end.

`inputs` says what a node is computed from, `_COMBINE` how. The engines differ only in the source
they read sums from; a page that explains a number walks the same inputs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from luodi.kit.formulas import nodes as n
from luodi.kit.formulas.book import Book
from luodi.kit.formulas.prepared import Formula, formula_of, prepare
from luodi.kit.formulas.results import Computed, NotComputable, Outcome
from luodi.kit.formulas.windows import (
    Ask,
    Part,
    Source,
    combined,
    crosses,
    missing,
    window,
)
from luodi.kit.quantities import Unit, ratio, root
from luodi.kit.refusals import Refusal


@dataclass(frozen=True)
class Root:
    """(numerator ÷ base) to the power 1/degree, minus one: kept whole until it is rounded."""

    of: Fraction
    degree: int


Value = Fraction | NotComputable | Root
Input = tuple[n.Node, Ask]


@lru_cache(maxsize=1024)
def _times(factor: Fraction, scale: int) -> Fraction:
    """What an integer at a scale is multiplied with to stand in base units."""
    return Fraction(factor, 10**scale)


def part_of(node: n.Node) -> Part | None:
    """What an engine adds up for this node; None for a node computed from others."""
    match node:
        case n.Reference(key):
            return Part(key)
        case n.Total(of):
            return Part(of.key, "members")
        case n.Count(of):
            return Part(of.key, "count")
        case n.Cumulative(n.Reference(key)):
            return Part(key, "own", True)
        case n.Cumulative(n.Total(of)):
            return Part(of.key, "members", True)
    return None


def _both(node: Any, ask: Ask) -> tuple[Input, ...]:
    then = ask.year_ago()
    return ((node.part, ask), (node.part, then), (node.whole, ask), (node.whole, then))


_MOVED: dict[type[n.Node], Callable[[Any, Ask], tuple[Input, ...]]] = {
    n.Prior: lambda node, ask: ((node.of, ask.prior()),),
    n.YearAgo: lambda node, ask: ((node.of, ask.year_ago()),),
    n.Growth: lambda node, ask: ((node.of, ask), (node.of, ask.year_ago())),
    n.ChainGrowth: lambda node, ask: ((node.of, ask), (node.of, ask.prior())),
    n.AnnualGrowth: lambda node, ask: ((node.of, ask), (node.of, ask.year_ago(node.years))),
    n.ComparableGrowth: lambda node, ask: ((node.fixed, ask), (node.of, ask.year_ago())),
    n.Contribution: _both,
    n.Pull: _both,
}
"""Nodes that look at other periods -> what they are computed from."""


class Evaluation:
    """Computes formulas of one book over one source; what was computed is kept."""

    def __init__(self, book: Book, source: Source) -> None:
        self.book = book
        self.source = source
        self._kept: dict[tuple[int, Ask], tuple[n.Node, Value]] = {}
        self._orders: dict[tuple[int, Ask, tuple[str, ...]], tuple[n.Node, list[int]]] = {}
        self._inner: dict[int, tuple[n.Node, Formula | Refusal]] = {}

    def outcome(self, formula: Formula, ask: Ask) -> Outcome:
        """The formula's result, rounded once to its scale."""
        return rounded(self.value(formula.node, ask), formula.unit, formula.scale, ask)

    def value(self, node: n.Node, ask: Ask) -> Value:
        """The exact value of a node in base units."""
        key = (id(node), ask)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = (node, self._value(node, ask))
        return kept[1]

    def _value(self, node: n.Node, ask: Ask) -> Value:
        if isinstance(node, n.Rank):
            return self._rank(node, ask)
        if isinstance(node, n.Reference) and self.book[node.key].formula is not None:
            return self._referred(node, ask)
        part = part_of(node)
        if part is not None:
            return self._read(part, ask)
        below = self.inputs(node, ask)
        if isinstance(below, NotComputable):
            return below
        return combine(node, [self.value(*one) for one in below])

    def _referred(self, node: n.Reference, ask: Ask) -> Value:
        """The exact value of a computed indicator; a root or rank gives its published figure."""
        declared = self.book[node.key]
        assert declared.formula is not None
        changed = crosses(declared, ask)
        if changed is not None:
            return changed
        if not isinstance(declared.formula, n.AnnualGrowth | n.Rank):
            return self.value(declared.formula, ask)
        formula = self.standing(node)
        assert isinstance(formula, Formula)
        found = self.outcome(formula, ask)
        if isinstance(found, NotComputable):
            return found
        return Fraction(found.number, 10**found.scale) * found.unit.factor

    def inputs(self, node: n.Node, ask: Ask) -> tuple[Input, ...] | NotComputable:
        """What a node is computed from, and where; empty for what is handed in."""
        moved = _MOVED.get(type(node))
        if moved is not None:
            return moved(node, ask)
        match node:
            case n.Reference(key):
                formula = self.book[key].formula
                return ((formula, ask),) if formula is not None else ()
            case n.Above(of):
                above = self.source.above(ask.unit)
                return ((of, replace(ask, unit=above)),) if above else _no_unit_above(ask)
            case n.Single(of):
                return self._single(of, ask)
            case n.Rank(of, _, grouping):
                peers = self.source.peers(ask.unit, grouping)
                return tuple((of, replace(ask, unit=unit)) for unit in peers)
        return () if part_of(node) else tuple((child, ask) for child in node.children())

    def _single(self, of: n.Node, ask: Ask) -> tuple[Input, ...] | NotComputable:
        """To date, less to date a period earlier; the first of the year stands alone."""
        at, part = ask.at(), part_of(of)
        assert part is not None
        declared = self.book[part.key]
        second = at is not None and declared.joins(at.year) and (at.kind, at.number) == ("month", 2)
        if second and ask.back:
            return combined(declared, ask)
        if at is None or at.number == 1 or second:
            return ((of, ask),)
        return ((of, ask), (of, ask.prior()))

    def _read(self, part: Part, ask: Ask) -> Value:
        declared = self.book[part.key]
        periods = window(part, declared, ask)
        if isinstance(periods, NotComputable):
            return periods
        found = self.source.read(part, ask.unit, periods)
        if found is None:
            return missing(declared, ask)
        if part.scope == "count":
            return Fraction(found)
        times = _times(declared.unit.factor, declared.scale)
        return times * found if times.denominator != 1 else Fraction(times.numerator * found)

    def _rank(self, node: n.Rank, ask: Ask) -> Value:
        """Ranks compare what is published, so that equal figures share a rank."""
        own = self.published(node.of, ask)
        if isinstance(own, NotComputable):
            return own
        numbers = self._ranked(node, ask)
        if node.first == "high":
            return Fraction(1 + len(numbers) - bisect_right(numbers, own.number))
        return Fraction(1 + bisect_left(numbers, own.number))

    def _ranked(self, node: n.Rank, ask: Ask) -> list[int]:
        """The published figures of all peers in order; the same for each of them."""
        peers = self.source.peers(ask.unit, node.grouping)
        key = (id(node), replace(ask, unit=""), peers)
        kept = self._orders.get(key)
        if kept is None:
            found = [self.published(node.of, replace(ask, unit=unit)) for unit in peers]
            numbers = sorted(one.number for one in found if isinstance(one, Computed))
            kept = self._orders[key] = (node, numbers)
        return kept[1]

    def published(self, node: n.Node, ask: Ask) -> Outcome:
        """The figure of an inner node as it would stand alone."""
        formula = self.standing(node)
        assert isinstance(formula, Formula)  # checked when the whole was prepared
        return self.outcome(formula, ask)

    def standing(self, node: n.Node) -> Formula | Refusal:
        """An inner node as a formula of its own."""
        kept = self._inner.get(id(node))
        if kept is None:
            if isinstance(node, n.Reference):
                made = formula_of(node.key, self.book)
            else:
                made = prepare(node, self.book)
            kept = self._inner[id(node)] = (node, made)
        return kept[1]


def rounded(value: Value, unit: Unit, scale: int, ask: Ask) -> Outcome:
    """An exact value in base units as an integer at a scale of a unit; `overflow` beyond 2⁶³−1."""
    if isinstance(value, NotComputable):
        return value
    if isinstance(value, Root):
        number = root(value.of, value.degree, unit.factor, scale, less=1)
    else:
        number = ratio(value, unit.factor, scale)
    if isinstance(number, Refusal):
        return NotComputable("overflow", number.zh, number.en, unit=ask.unit, period=ask.period.key)
    return Computed(number, scale, unit)


def combine(node: n.Node, values: list[Value]) -> Value:
    """The value of a node from those of its inputs; the first reason in reading order travels."""
    if isinstance(node, n.IfPresent):
        first = values[0]
        replaced = isinstance(first, NotComputable) and first.code in ("missing", "base_missing")
        return values[1] if replaced else first
    exact: list[Fraction] = []
    for number, value in enumerate(values):
        if isinstance(value, NotComputable):
            return value.as_base() if number in _BASES.get(type(node), ()) else value
        assert isinstance(value, Fraction)  # a root stands alone
        exact.append(value)
    return _COMBINE[type(node)](node, exact)


_BASES: dict[type[n.Node], tuple[int, ...]] = {
    n.Growth: (1,), n.ChainGrowth: (1,), n.AnnualGrowth: (1,), n.ComparableGrowth: (1,),
    n.Contribution: (1, 3), n.Pull: (1, 3),
}  # fmt: skip


def _no_unit_above(ask: Ask) -> NotComputable:
    return NotComputable(
        "no_unit_above",
        "没有上级单位",
        "There is no unit above",
        unit=ask.unit,
        period=ask.period.key,
    )


def _first_key(node: n.Node) -> str:
    return next((one.key for one in node.walk() if isinstance(one, n.Reference)), "")


def _why(code: str, zh: str, en: str, node: n.Node) -> NotComputable:
    return NotComputable(code, zh, en, indicator=_first_key(node))


def _constant(node: n.Constant, values: list[Fraction]) -> Value:
    return node.value * node.unit.factor if node.unit else node.value


def _ratio(node: n.Ratio, values: list[Fraction]) -> Value:
    if values[1] == 0:
        return _why("zero_denominator", "分母为零，无法计算", "The denominator is zero", node.whole)
    return values[0] / values[1]


def _share(node: n.Share, values: list[Fraction]) -> Value:
    if values[1] > 0:
        return values[0] / values[1]
    if values[1] == 0:
        return _why("zero_denominator", "总量为零，无法计算占比", "The whole is zero", node.whole)
    return _why(
        "whole_not_positive",
        "总量为负，占比没有意义",
        "The whole is negative: no share",
        node.whole,
    )


def _based(node: Any, now: Fraction, base: Fraction) -> Value:
    """now ÷ base − 1, only over a base above zero."""
    if base == 0:
        return _why("base_zero", "对比基数为零，无法计算增速", "The base is zero", node.of)
    if base < 0:
        return _why(
            "base_negative", "对比基数为负，增速没有意义", "The base is negative: no rate", node.of
        )
    return now / base - 1


def _growth(node: Any, values: list[Fraction]) -> Value:
    return _based(node, *values)


def _annual(node: n.AnnualGrowth, values: list[Fraction]) -> Value:
    found = _based(node, *values)
    if not isinstance(found, Fraction):
        return found
    if found < -1:
        return _why(
            "not_larger", "期末数为负，没有年均增速", "The later figure is negative", node.of
        )
    return Root(found + 1, node.years)


def _contribution(node: n.Contribution, values: list[Fraction]) -> Value:
    part, whole = values[0] - values[1], values[2] - values[3]
    if whole > 0:
        return part / whole
    if whole == 0:
        return _why(
            "zero_denominator",
            "总量没有变化，贡献率无法计算",
            "The whole didn't change",
            node.whole,
        )
    return _why(
        "whole_fell", "总量下降，贡献率没有意义", "The whole fell: no contribution", node.whole
    )


def _pull(node: n.Pull, values: list[Fraction]) -> Value:
    base = _based(n.Growth(node.whole), values[2], values[3])
    return (values[0] - values[1]) / values[3] if isinstance(base, Fraction) else base


_SIGNS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


def _compare(node: n.Compare, values: list[Fraction]) -> Value:
    return Fraction(_SIGNS[node.sign](values[0], values[1]))


def _through(node: n.Node, values: list[Fraction]) -> Value:
    return values[0]


_COMBINE: dict[type[n.Node], Callable[[Any, list[Fraction]], Value]] = {
    n.Constant: _constant,
    n.Reference: _through,
    n.Above: _through,
    n.Prior: _through,
    n.YearAgo: _through,
    n.Negate: lambda node, v: -v[0],
    n.Absolute: lambda node, v: abs(v[0]),
    n.Add: lambda node, v: v[0] + v[1],
    n.Subtract: lambda node, v: v[0] - v[1],
    n.Points: lambda node, v: v[0] - v[1],
    n.Multiply: lambda node, v: v[0] * v[1],
    n.Least: lambda node, v: min(v),
    n.Most: lambda node, v: max(v),
    n.Single: lambda node, v: v[0] - v[1] if len(v) > 1 else v[0],
    n.Ratio: _ratio,
    n.Share: _share,
    n.Growth: _growth,
    n.ChainGrowth: _growth,
    n.ComparableGrowth: _growth,
    n.AnnualGrowth: _annual,
    n.Contribution: _contribution,
    n.Pull: _pull,
    n.Compare: _compare,
}
