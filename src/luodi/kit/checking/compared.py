"""Checks written as formulas: `[total] = [a] + [b]`, `[x] <= 1.5 * prior([x])`.

What is a sum of figures runs on integers (`Linear`); everything else on the reference engine of
the formulas, which says what both mean. A generated test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from luodi.kit.calendars import Kind, Period
from luodi.kit.checking.known import Known, Place
from luodi.kit.checking.linear import FURTHER, Linear, Shift, Side, Sign, Term, words
from luodi.kit.checking.results import Fault, Skipped
from luodi.kit.checking.rules import Rule
from luodi.kit.checking.stored import Compare
from luodi.kit.formulas import TRUTH, Ask, Book, Evaluation, Formula, NotComputable, Part, prepare
from luodi.kit.formulas import nodes as n
from luodi.kit.quantities import Unit
from luodi.kit.refusals import Refusal

BARE = Unit("", "number")
SHIFTS: dict[type[n.Node], Shift] = {n.Prior: "prior", n.YearAgo: "year_ago"}


def comparing(book: Book) -> Compare:
    """What `rules_of` needs to read checks that are formulas over the indicators of a book.

    Refusals: those of `prepare`; `check.no_comparison` for a formula that compares nothing.
    """

    def compare(key: str, text: str, hard: bool, zh: str, en: str) -> Rule | Refusal:
        formula = prepare(text, book)
        if isinstance(formula, Refusal):
            return formula
        if formula.unit != TRUTH or not isinstance(formula.node, n.Compare):
            return Refusal(
                "check.no_comparison",
                "审核公式里要有比较，例如 [合计] = [甲] + [乙]",
                "A check has to compare: [total] = [a] + [b]",
                {"key": key},
            )
        return Compared(key, formula, _linear(key, formula.node, book, hard, zh, en), hard, zh, en)

    return compare


@dataclass(frozen=True)
class Compared:
    """A formula that has to hold. `linear`: the same on integers, where it is that plain."""

    key: str
    formula: Formula
    linear: tuple[Linear, Kind] | None = None
    hard: bool = True
    zh: str = ""
    en: str = ""

    def run(
        self, subjects: Iterable[str], period: Period, known: Known
    ) -> Iterator[Fault | Skipped]:
        """The subjects for which it doesn't hold, or can't be computed."""
        if self.linear and self.linear[1] == period.kind:
            yield from self.linear[0].run(subjects, period, known)
            return
        source = _Source(known)
        evaluation = Evaluation(self.formula.book, source)
        for subject in subjects:
            source.read_places.clear()
            outcome = evaluation.outcome(self.formula, Ask(subject, period))
            places = tuple(source.read_places)
            if isinstance(outcome, NotComputable):
                missing = tuple(place for place in places if place not in known.figures)
                yield Skipped(self.key, subject, missing, outcome.zh, outcome.en)
            elif not outcome.holds:
                yield self._fault(subject, period, places, evaluation)

    def _fault(
        self, subject: str, period: Period, places: tuple[Place, ...], evaluation: Evaluation
    ) -> Fault:
        node, book = self.formula.node, self.formula.book
        assert isinstance(node, n.Compare)
        zh, en = words(said(node.left, book), node.sign, said(node.right, book))
        ask, both = Ask(subject, period), (node.left, node.right)
        sides = [self._side(side, ask, 0, evaluation) for side in both]
        if sides[0] == sides[1]:
            sides = [self._side(side, ask, FURTHER, evaluation) for side in both]
        zh, en = self.zh or zh, self.en or en
        zh = f"{zh}：左边是 {sides[0]}，右边是 {sides[1]}"
        en = f"{en}: the left is {sides[0]}, the right {sides[1]}"
        return Fault(places, "formula", self.hard, zh, en, self.key)

    def _side(self, node: n.Node, ask: Ask, further: int, evaluation: Evaluation) -> str:
        side = prepare(node, self.formula.book)
        if isinstance(side, Refusal):  # a bare number has no unit
            return said(node, self.formula.book)
        outcome = evaluation.outcome(replace(side, scale=side.scale + further), ask)
        return outcome.zh if isinstance(outcome, NotComputable) else outcome.text(grouping=True)


class _Source:
    """The table of what the checks know, noting which places were read."""

    def __init__(self, known: Known) -> None:
        self._table = known.table
        self.read_places: dict[Place, None] = {}

    def read(self, part: Part, unit: str, window: tuple[Period, ...]) -> int | None:
        """The exact sum over the window; None where a period has no figure: there it stops."""
        total = 0
        for period in window:
            cells = self._table.cells(part, unit, period)
            self.read_places.update((Place(*cell), None) for cell in cells)
            found = self._table.read(part, unit, (period,))
            if found is None or part.scope == "count":
                return found
            total += found
        return total

    def above(self, unit: str) -> str | None:
        """The subject above; None at the top."""
        return self._table.above(unit)

    def peers(self, unit: str, grouping: str) -> tuple[str, ...]:
        """The subjects under the same one; groupings are no business of a form's check."""
        return self._table.peers(unit, grouping)


def said(node: n.Node, book: Book) -> str:
    """A side of a check as a person reads it: names of indicators for their keys."""
    from_keys = {f"[{one.key}]": one.said for one in book}
    text = Formula(node, TRUTH, 0, book).text
    for key, name in from_keys.items():
        text = text.replace(key, name)
    return text


Weights = dict[tuple[str, Shift] | None, Fraction]
"""What each figure counts in base units; None is the constant."""


def _linear(
    key: str, node: n.Compare, book: Book, hard: bool, zh: str, en: str
) -> tuple[Linear, Kind] | None:
    """The comparison on integers; None where it is more than sums of figures of one period kind."""
    left, right, within = node.left, node.right, Fraction(0)
    if isinstance(left, n.Absolute):
        bound = _weights(right, book)
        if node.sign != "<=" or bound is None or set(bound) != {None} or bound[None] < 0:
            return None
        left, within, right = left.of, bound[None], n.Constant(Fraction(0))
    sides = [_weights(side, book) for side in (left, right)]
    one, other = sides
    if one is None or other is None:
        return None
    kinds = {book[at[0]].kind for side in (one, other) for at in side if at}
    if len(kinds) != 1:
        return None
    multiple = lcm(
        *(w.denominator for side in (one, other) for w in side.values()), within.denominator
    )
    shown = next(
        (f for side in (left, right) if isinstance(f := prepare(side, book), Formula)), None
    )
    unit, scale = (shown.unit, shown.scale) if shown else (BARE, 0)
    sign: Sign = "=" if isinstance(node.left, n.Absolute) else node.sign
    rule_zh, rule_en = words(said(node.left, book), node.sign, said(node.right, book))
    linear = Linear(
        key,
        _side(one, multiple, said(node.left, book)),
        sign,
        _side(other, multiple, said(node.right, book)),
        unit,
        multiple * unit.factor,
        scale,
        int(within * multiple),
        hard,
        zh or rule_zh,
        en or rule_en,
    )
    return linear, kinds.pop()


def _side(weights: Weights, multiple: int, text: str) -> Side:
    terms = tuple(Term(int(w * multiple), *at) for at, w in weights.items() if at is not None)
    return Side(terms, int(weights.get(None, Fraction(0)) * multiple), text)


def _weights(node: n.Node, book: Book) -> Weights | None:
    """A sum as weights of its figures; None where it isn't one."""
    match node:
        case n.Constant(value, unit):
            return {None: value * unit.factor if unit else value}
        case n.Reference(key):
            return _figure(key, "own", book)
        case n.Prior(n.Reference(key)) | n.YearAgo(n.Reference(key)):
            return _figure(key, SHIFTS[type(node)], book)
        case n.Negate(of):
            return _times(_weights(of, book), Fraction(-1))
        case n.Add(left, right) | n.Subtract(left, right):
            sign = Fraction(1 if isinstance(node, n.Add) else -1)
            return _plus(_weights(left, book), _times(_weights(right, book), sign))
        case n.Multiply(n.Constant(value, None), of) | n.Multiply(of, n.Constant(value, None)):
            return _times(_weights(of, book), value)
    return None


def _figure(key: str, shift: Shift, book: Book) -> Weights | None:
    declared = book[key]
    if declared.formula is not None or declared.breaks or declared.combined:
        return None
    return {(key, shift): Fraction(1, 10**declared.scale) * declared.unit.factor}


def _times(weights: Weights | None, factor: Fraction) -> Weights | None:
    return None if weights is None else {at: w * factor for at, w in weights.items()}


def _plus(one: Weights | None, other: Weights | None) -> Weights | None:
    if one is None or other is None:
        return None
    keys = dict.fromkeys([*one, *other])
    return {at: one.get(at, Fraction(0)) + other.get(at, Fraction(0)) for at in keys}
