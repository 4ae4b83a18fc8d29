"""A check written as a comparison, from the formula's text to a rule that runs over a batch.

What only adds and subtracts whole figures becomes a `Linear` rule, which stays with integers;
anything else is asked of the reference engine, one respondent after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm

from luodi.kit.calendars import Period
from luodi.kit.checking import Fault, Field, Known, Linear, Place, Rule, Side, Skipped, Term
from luodi.kit.checking.stored import Compare
from luodi.kit.formulas import (
    Book,
    Computed,
    Declared,
    Formula,
    Table,
    compute,
    nodes,
    prepare,
    written,
)
from luodi.kit.quantities import Unit
from luodi.kit.refusals import Refusal

Parts = dict[tuple[str, str], Fraction]
"""Multiples of figures by (indicator, shift); the constant stands under ('', '')."""


def book_of(fields: Iterable[Field], kind: str) -> Book | Refusal:
    """The fields of a form as formulas see them, all of one kind of period."""
    return Book.of(
        Declared(field.key, field.unit, field.scale, field.name, kind=kind)  # type: ignore[arg-type]
        for field in fields
    )


def comparing(book: Book) -> Compare:
    """How the formulas of a form's checks become rules."""

    def compare(key: str, text: str, hard: bool, zh: str, en: str) -> Rule | Refusal:
        formula = prepare(text, book)
        if isinstance(formula, Refusal):
            return formula
        node = formula.node
        if not isinstance(node, nodes.Compare):
            return Refusal(
                "check.no_comparison",
                "审核公式要写成比较，例如 [合计] = [甲] + [乙]",
                "A check compares two sides, for example [total] = [a] + [b]",
            )
        return _linear(key, node, book, hard, zh, en) or Asked(key, formula, hard, zh, en)

    return compare


def _linear(
    key: str, node: nodes.Compare, book: Book, hard: bool, zh: str, en: str
) -> Linear | None:
    left, right = _parts(node.left, book), _parts(node.right, book)
    if left is None or right is None:
        return None
    references = [one for one in node.walk() if isinstance(one, nodes.Reference)]
    if not references:
        return None
    first = book[references[0].key]
    every = [book[one.key] for one in references]
    small = reduce(lcm, [_scaled(one, first.unit).denominator for one in every], 1)
    small = reduce(lcm, [p.get(("", ""), Fraction(0)).denominator for p in (left, right)], small)
    sides = [_side(p, book, first.unit, small) for p in (left, right)]
    if sides[0] is None or sides[1] is None:
        return None
    names = [_said(one, book) for one in (node.left, node.right)]
    return Linear(
        key,
        Side(*sides[0], names[0]),
        node.sign,
        Side(*sides[1], names[1]),
        first.unit,
        small,
        max(one.scale for one in every),
        hard=hard,
        zh=zh,
        en=en,
    )


def _scaled(declared: Declared, unit: Unit) -> Fraction:
    """One step of an indicator's integers, in `unit`."""
    return declared.unit.factor / unit.factor / 10**declared.scale


def _side(parts: Parts, book: Book, unit: Unit, small: int) -> tuple[tuple[Term, ...], int] | None:
    """Whole multiples of figures and a constant, in parts of the unit; None where not whole."""
    terms = []
    for (key, shift), times in parts.items():
        whole = times * small * (_scaled(book[key], unit) if key else 1)
        if whole.denominator != 1:
            return None
        if key:
            terms.append(Term(whole.numerator, key, shift))  # type: ignore[arg-type]
    constant = parts.get(("", ""), Fraction(0)) * small
    return tuple(terms), constant.numerator


def _parts(node: nodes.Node, book: Book) -> Parts | None:
    """A side as a sum of multiples; None where it is anything else."""
    match node:
        case nodes.Reference(key=key):
            return None if book[key].formula is not None else {(key, "own"): Fraction(1)}
        case nodes.Prior(of=nodes.Reference(key=key)):
            return {(key, "prior"): Fraction(1)}
        case nodes.YearAgo(of=nodes.Reference(key=key)):
            return {(key, "year_ago"): Fraction(1)}
        case nodes.Constant(value=value, unit=None):
            return {("", ""): value}
        case nodes.Negate(of=of):
            return _times(_parts(of, book), Fraction(-1))
        case nodes.Add(left=one, right=other):
            return _sum(_parts(one, book), _parts(other, book), 1)
        case nodes.Subtract(left=one, right=other):
            return _sum(_parts(one, book), _parts(other, book), -1)
        case nodes.Multiply(left=nodes.Constant(value=value, unit=None), right=of):
            return _times(_parts(of, book), value)
        case nodes.Multiply(left=of, right=nodes.Constant(value=value, unit=None)):
            return _times(_parts(of, book), value)
    return None


def _times(parts: Parts | None, by: Fraction) -> Parts | None:
    return None if parts is None else {place: by * times for place, times in parts.items()}


def _sum(one: Parts | None, other: Parts | None, sign: int) -> Parts | None:
    if one is None or other is None:
        return None
    found = dict(one)
    for place, times in other.items():
        found[place] = found.get(place, Fraction(0)) + sign * times
    return found


def _said(node: nodes.Node, book: Book) -> str:
    """A side with the names of its indicators."""
    text = written(node)
    for one in node.walk():
        if isinstance(one, nodes.Reference):
            text = text.replace(f"[{one.key}]", book[one.key].said)
    return text


@dataclass(frozen=True)
class Asked:
    """A comparison that the reference engine decides."""

    key: str
    formula: Formula
    hard: bool = True
    zh: str = ""
    en: str = ""

    def run(
        self, subjects: Iterable[str], period: Period, known: Known
    ) -> Iterator[Fault | Skipped]:
        """The subjects for which it doesn't hold, or can't be asked."""
        table = Table(known.figures, known.parents)
        for subject in subjects:
            outcome = compute(self.formula, subject, period, table)
            places = tuple(Place(key, subject, period.key) for key in self.formula.needs)
            if not isinstance(outcome, Computed):
                yield Skipped(self.key, subject, places, outcome.zh, outcome.en)
            elif not outcome.holds:
                zh = self.zh or f"不符合：{_said(self.formula.node, self.formula.book)}"
                en = self.en or f"Doesn't hold: {_said(self.formula.node, self.formula.book)}"
                yield Fault(places, "formula", self.hard, zh, en, self.key)


def named_in(checks: Iterable[Mapping[str, object]]) -> frozenset[str]:
    """Every indicator code that stored checks name."""
    found: set[str] = set()
    for check in checks:
        for part in str(check.get("formula") or "").split("[")[1:]:
            found.add(part.partition("]")[0].strip())
        several = check.get("indicators")
        found.update(str(one) for one in (several if isinstance(several, list | tuple) else ()))
        found.add(str(check.get("indicator") or ""))
    return frozenset(found - {""})
