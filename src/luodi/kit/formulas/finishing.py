"""Division and rounding inside an engine that has wide integers, for results by the ten thousand.

DuckDB (128 bits) and PostgreSQL (numeric) can round as `kit.quantities.ratio` does: half up, once,
with integers only. The statement gives a number or NULL; NULL says that this place doesn't know:
a reason, a figure too large for the guard, or a node that isn't computed here. Those few cells
go through the one evaluation, the place that knows reasons. Generated tests prove both equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from luodi.kit.calendars import Period
from luodi.kit.formulas import nodes as n
from luodi.kit.formulas.evaluating import Evaluation, part_of
from luodi.kit.formulas.plans import MONTHS, Column, Nowhere, Plan, column_of, month_of
from luodi.kit.formulas.prepared import Formula
from luodi.kit.formulas.sql import Cells, Dialect, Long, Wide, months_needed, statement
from luodi.kit.formulas.windows import Ask
from luodi.kit.quantities import LIMIT

GUARD = "1e37"
"""What products and sums stay below; 128 bits hold 17 times as much."""


@dataclass(frozen=True)
class Term:
    """An integer of a row: the name of a column that layer `height` makes."""

    name: str
    height: int


Number = Term | int


@dataclass(frozen=True)
class Quotient:
    """above ÷ below, below above zero; NULL where there is no value."""

    above: Number
    below: Number


class Unfit(Exception):
    """A node that isn't computed inside engines."""


def finished(plan: Plan, dialect: Dialect, layout: Long | Wide, asked: Cells) -> str:
    """The text that gives what `statement` does, then one number or NULL for each formula.

    The sums are handed out only where a number is NULL: they are there for the reason.

    Numbers are integers at the scale of each formula; `Plan.settled` reads the rows. ValueError
    for a dialect without wide integers.
    """
    if not dialect.wide:
        raise ValueError(f"{dialect.name} has no wide integers")
    sheet = _Sheet(plan, dialect)
    names = [sheet.number(formula) for formula in plan.formulas.values()]
    width = range(len(plan.columns))
    given = ", ".join(["unit", "upto", *(f"s{i}, n{i}" for i in width)])
    text = f"WITH given({given}) AS ({statement(plan, dialect, layout, asked)}) SELECT * FROM given"
    for layer in sheet.layers:
        text = f"SELECT *, {', '.join(layer)} FROM ({text}) t"
    numbers = ", ".join(f"{name} AS f{i}" for i, name in enumerate(names))
    text = f"SELECT *, {numbers} FROM ({text}) t"
    left = " OR ".join(f"f{i} IS NULL" for i in range(len(names)))
    text = f"SELECT *, ({left}) AS left_open FROM ({text}) t"
    sums = [f"CASE WHEN left_open THEN {one}{i} END" for i in width for one in "sn"]
    told = ", ".join(["unit", "upto", *sums, *(f"f{i}" for i in range(len(names)))])
    return f"SELECT {told} FROM ({text}) t"


class _Sheet:
    """The columns of the statement, in layers: each uses those of the layers before it."""

    def __init__(self, plan: Plan, dialect: Dialect) -> None:
        self.plan = plan
        self.dialect = dialect
        self.layers: list[list[str]] = []
        self._made: dict[tuple[str, int], Term] = {}
        self._walk = Evaluation(plan.book, Nowhere())

    def number(self, formula: Formula) -> str:
        """The name of a formula's result, or NULL."""
        at = Ask("own", Period(self.plan.kind, 9000, 12 // MONTHS[self.plan.kind]))
        try:
            found = self._value(formula.node, at)
        except Unfit:
            return "CAST(NULL AS BIGINT)"
        times = Fraction(10**formula.scale) / formula.unit.factor
        above = self.times(self.times(found.above, times.numerator), 2)
        below = self.times(found.below, times.denominator)
        if isinstance(above, int) and isinstance(below, int):
            return "CAST(NULL AS BIGINT)"
        a, b = _text(above), _text(below)
        return self._rounded(a, b, max(_height(above), _height(below)))

    def _rounded(self, twice: str, below: str, height: int) -> str:
        """Half away from zero: ⌊(2|a| + b) ÷ 2b⌋ with the sign of a."""
        wide = self.dialect.wide
        whole = self.dialect.divided.format(
            f"(abs(CAST({twice} AS {wide})) + {below})", f"(2 * CAST({below} AS {wide}))"
        )
        guarded = f"CASE WHEN {self._double(below)} < {GUARD} THEN {whole} END"
        size = self.put(guarded, height).name
        return (
            f"CASE WHEN {size} <= {LIMIT} THEN"
            f" CAST(CASE WHEN {twice} < 0 THEN -{size} ELSE {size} END AS BIGINT) END"
        )

    def put(self, expression: str, height: int) -> Term:
        """A column above the layers it uses; the same text is made once."""
        kept = self._made.get((expression, height))
        if kept is None:
            while len(self.layers) <= height:
                self.layers.append([])
            kept = Term(f"t{len(self._made)}", height + 1)
            self._made[expression, height] = kept
            self.layers[height].append(f"{expression} AS {kept.name}")
        return kept

    def _double(self, name: str) -> str:
        return f"abs(CAST({name} AS {self.dialect.double}))"

    def times(self, one: Number, other: Number) -> Number:
        """The product; NULL beyond the guard."""
        if isinstance(one, int) and isinstance(other, int):
            return one * other
        if 1 in (one, other):
            return other if one == 1 else one
        return self._guarded("*", one, other)

    def plus(self, one: Number, other: Number, sign: str = "+") -> Number:
        """The sum or difference; NULL beyond the guard."""
        if isinstance(one, int) and isinstance(other, int):
            return one + other if sign == "+" else one - other
        return self._guarded(sign, one, other)

    def _guarded(self, sign: str, one: Number, other: Number) -> Term:
        a, b = _text(one), _text(other)
        size = f"{self._double(a)} {'*' if sign == '*' else '+'} {self._double(b)}"
        wide = self.dialect.wide
        exact = f"CAST({a} AS {wide}) {sign} CAST({b} AS {wide})"
        height = max(_height(one), _height(other))
        return self.put(f"CASE WHEN {size} < {GUARD} THEN {exact} END", height)

    def _value(self, node: n.Node, ask: Ask) -> Quotient:
        part = part_of(node)
        declared = self.plan.book[node.key] if isinstance(node, n.Reference) else None
        if declared is not None and declared.formula is not None:
            if declared.breaks or isinstance(declared.formula, n.AnnualGrowth | n.Rank):
                raise Unfit
            return self._value(declared.formula, ask)
        if part is not None:
            column = column_of(part, ask, self.plan.book, self.plan.kind)
            return self._column(column, self.plan.book) if column else _unfit()
        if isinstance(node, n.Constant):
            exact = node.value * (node.unit.factor if node.unit else 1)
            return Quotient(exact.numerator, exact.denominator)
        rule = _RULES.get(type(node))
        if rule is None:
            raise Unfit
        below = self._walk.inputs(node, ask)
        assert isinstance(below, tuple)  # nowhere is there a reason
        return rule(self, node, [self._value(*one) for one in below])

    def _column(self, column: Column, book: Any) -> Quotient:
        """A column of the plan where it is complete, in base units."""
        declared = book[column.part.key]
        if column.part.scope == "count":
            at = self.plan.columns.index(column)
            return Quotient(self.put(f"coalesce(s{at}, 0)", 0), 1)
        if declared.combined and column.back:
            raise Unfit
        at = self.plan.columns.index(column)
        first, needed = months_needed(column, self.plan)
        whole = [f"n{at} * {MONTHS[declared.kind]} = {needed}"]
        for one in declared.breaks:
            start = month_of(one) - MONTHS[one.kind] + 1
            whole.append(f"NOT ({first} < {start} AND {start} <= upto)")
        term = self.put(f"CASE WHEN {' AND '.join(whole)} THEN s{at} END", 0)
        unit = declared.unit.factor / 10**declared.scale
        return Quotient(self.times(term, unit.numerator), unit.denominator)

    def added(self, one: Quotient, other: Quotient, sign: str) -> Quotient:
        """The sum or difference over a common denominator."""
        if isinstance(one.below, int) and isinstance(other.below, int):
            common = lcm(one.below, other.below)
            a = self.times(one.above, common // one.below)
            b = self.times(other.above, common // other.below)
            return Quotient(self.plus(a, b, sign), common)
        a, b, common_below = self.crossed(one, other)
        return Quotient(self.plus(a, b, sign), common_below)

    def crossed(self, one: Quotient, other: Quotient) -> tuple[Number, Number, Number]:
        """Both numerators over the product of the denominators."""
        shared = 1
        if isinstance(one.below, int) and isinstance(other.below, int):
            shared = gcd(one.below, other.below)
        left, right = _over(one.below, shared), _over(other.below, shared)
        a, b = self.times(one.above, right), self.times(other.above, left)
        return a, b, self.times(self.times(left, right), shared)

    def divided(self, one: Quotient, other: Quotient, negative: bool) -> Quotient:
        """one ÷ other: NULL where other is zero, and where it is negative unless that is meant."""
        above, below, _ = self.crossed(one, other)
        if isinstance(below, int):
            if below <= 0:
                raise Unfit
            return Quotient(above, below)
        height = max(_height(above), below.height)
        if not negative:
            return Quotient(
                above, self.put(f"CASE WHEN {below.name} > 0 THEN {below.name} END", height)
            )
        size = f"CASE WHEN {below.name} <> 0 THEN abs({below.name}) END"
        a = _text(above)
        signed = f"CASE WHEN {below.name} < 0 THEN -{a} ELSE {a} END"
        return Quotient(self.put(signed, height), self.put(size, height))


def _unfit() -> Quotient:
    raise Unfit


def _text(number: Number) -> str:
    return number.name if isinstance(number, Term) else f"({number})"


def _height(number: Number) -> int:
    return number.height if isinstance(number, Term) else 0


def _over(number: Number, divisor: int) -> Number:
    return number // divisor if isinstance(number, int) else number


Values = list[Quotient]


def _sum(sheet: _Sheet, node: Any, values: Values) -> Quotient:
    return sheet.added(values[0], values[1], "+" if isinstance(node, n.Add) else "-")


def _sign(sheet: _Sheet, node: Any, values: Values) -> Quotient:
    above = values[0].above
    if isinstance(above, int):
        return Quotient(-above if isinstance(node, n.Negate) else abs(above), values[0].below)
    text = f"-{above.name}" if isinstance(node, n.Negate) else f"abs({above.name})"
    return Quotient(sheet.put(text, above.height), values[0].below)


def _product(sheet: _Sheet, node: Any, values: Values) -> Quotient:
    a, b = values
    return Quotient(sheet.times(a.above, b.above), sheet.times(a.below, b.below))


def _growth(sheet: _Sheet, node: Any, values: Values) -> Quotient:
    return sheet.divided(sheet.added(values[0], values[1], "-"), values[1], False)


def _contribution(sheet: _Sheet, node: Any, values: Values) -> Quotient:
    part = sheet.added(values[0], values[1], "-")
    return sheet.divided(part, sheet.added(values[2], values[3], "-"), False)


def _pull(sheet: _Sheet, node: Any, values: Values) -> Quotient:
    found = sheet.divided(sheet.added(values[0], values[1], "-"), values[3], False)
    # the whole's own figure has to be there too, as everywhere
    return _present(sheet, found, values[2])


def _present(sheet: _Sheet, found: Quotient, also: Quotient) -> Quotient:
    if isinstance(also.above, int) or isinstance(found.above, int):
        raise Unfit
    height = max(found.above.height, also.above.height)
    text = f"CASE WHEN {also.above.name} IS NOT NULL THEN {found.above.name} END"
    return Quotient(sheet.put(text, height), found.below)


def _compare(sheet: _Sheet, node: Any, values: Values) -> Quotient:
    a, b, _ = sheet.crossed(*values)
    if isinstance(a, int) and isinstance(b, int):
        raise Unfit
    sign = "<>" if node.sign == "!=" else node.sign
    one, other = _text(a), _text(b)
    text = (
        f"CASE WHEN {one} IS NULL OR {other} IS NULL THEN NULL"
        f" WHEN {one} {sign} {other} THEN 1 ELSE 0 END"
    )
    return Quotient(sheet.put(text, max(_height(a), _height(b))), 1)


_RULES: dict[type[n.Node], Callable[[_Sheet, Any, Values], Quotient]] = {
    n.Prior: lambda sheet, node, values: values[0],
    n.YearAgo: lambda sheet, node, values: values[0],
    n.Above: lambda sheet, node, values: values[0],
    n.Negate: _sign,
    n.Absolute: _sign,
    n.Add: _sum,
    n.Subtract: _sum,
    n.Points: _sum,
    n.Multiply: _product,
    n.Ratio: lambda sheet, node, values: sheet.divided(values[0], values[1], True),
    n.Share: lambda sheet, node, values: sheet.divided(values[0], values[1], False),
    n.Growth: _growth,
    n.ChainGrowth: _growth,
    n.ComparableGrowth: _growth,
    n.Contribution: _contribution,
    n.Pull: _pull,
    n.Compare: _compare,
}
