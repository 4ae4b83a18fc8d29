"""The part of a formula that engines do: which integers are added up, over which months.

A plan lists columns: sums of one indicator over one window, seen from the asked period. An
engine adds them up for every asked cell; what is left (units, division, rounding, reasons) is
done by the one evaluation, over `Rows` instead of a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from luodi.kit.calendars import KINDS, Kind, Period
from luodi.kit.formulas.book import Book, Declared
from luodi.kit.formulas.evaluating import Evaluation, Value
from luodi.kit.formulas.prepared import Formula
from luodi.kit.formulas.refusing import refused
from luodi.kit.formulas.results import Computed, NotComputable, Outcome
from luodi.kit.formulas.trees import Tree
from luodi.kit.formulas.windows import Ask, Part, window
from luodi.kit.refusals import Refusal

MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
Mode = Literal["last", "span", "to_date"]
_FAR = 9000
"""A year after every break of a definition: tracing looks at the shape of a formula only."""


@dataclass(frozen=True)
class Column:
    """One integer of an asked cell.

    `up`: read at the unit above. `years` and `back`: how far back from the asked period.
    `mode`: its last month, all its months, or January to its last month.
    """

    part: Part
    up: bool
    years: int
    back: int
    mode: Mode

    def ask(self, unit: str, period: Period) -> Ask:
        """Where the column is read, for an asked cell."""
        return Ask(unit, period, self.years, self.back)


@dataclass(frozen=True)
class Plan:
    """What an engine is asked for: formulas of one book, for periods of one kind.

    `reads`: name of a formula -> the numbers of its columns.
    """

    book: Book
    formulas: Mapping[str, Formula]
    kind: Kind
    columns: tuple[Column, ...]
    reads: Mapping[str, tuple[int, ...]]

    def outcomes(
        self,
        rows: Iterable[Sequence[Any]],
        parents: Mapping[str, str],
        split: bool = False,
        groupings: Mapping[str, Mapping[str, str]] | None = None,
    ) -> dict[tuple[str, str, Period], Outcome]:
        """Results by (name, unit, period) from the rows of a plan's statement.

        A row is (unit, month number, then a sum and a number of months for each column); with
        `split` the sum stands in two numbers, its upper part and its lower 32 bits. `parents`:
        unit -> the unit above.
        """
        names = list(self.formulas)
        return self._evaluated(((row, names) for row in rows), parents, split, groupings or {})

    def settled(
        self,
        rows: Iterable[Sequence[Any]],
        parents: Mapping[str, str],
        groupings: Mapping[str, Mapping[str, str]] | None = None,
    ) -> dict[tuple[str, str, Period], Outcome]:
        """Results by (name, unit, period) from the rows of a `finished` statement."""
        kept = list(rows)
        found = self.unsettled(kept, parents, groupings)
        first = 2 + 2 * len(self.columns)
        for row in kept:
            unit, period = str(row[0]), period_at(int(row[1]), self.kind)
            for (name, formula), number in zip(self.formulas.items(), row[first:], strict=True):
                if number is not None:
                    place = (name, unit, period)
                    found[place] = Computed(int(number), formula.scale, formula.unit)
        return found

    def unsettled(
        self,
        rows: Iterable[Sequence[Any]],
        parents: Mapping[str, str],
        groupings: Mapping[str, Mapping[str, str]] | None = None,
    ) -> dict[tuple[str, str, Period], Outcome]:
        """The results of those places only where a `finished` statement gave NULL."""
        first = 2 + 2 * len(self.columns)
        left = []
        for row in rows:
            numbers = zip(self.formulas, row[first:], strict=True)
            names = [name for name, number in numbers if number is None]
            if names:
                left.append((row, names))
        return self._evaluated(left, parents, False, groupings or {})

    def _evaluated(
        self,
        rows: Iterable[tuple[Sequence[Any], Sequence[str]]],
        parents: Mapping[str, str],
        split: bool,
        groupings: Mapping[str, Mapping[str, str]],
    ) -> dict[tuple[str, str, Period], Outcome]:
        asked: list[tuple[str, Period, Sequence[str]]] = []
        gathered = _Gathered(self, parents, split)
        for row, names in rows:
            unit, period = str(row[0]), period_at(int(row[1]), self.kind)
            asked.append((unit, period, names))
            gathered.take(row, unit, period, names)
        source = Rows(gathered.sums, parents, {unit for unit, _, _ in asked}, groupings)
        evaluation = Evaluation(self.book, source)
        return {
            (name, unit, period): evaluation.outcome(self.formulas[name], Ask(unit, period))
            for unit, period, names in asked
            for name in names
        }


class _Gathered:
    """Sums of an engine's rows, by what an evaluation asks for."""

    def __init__(self, plan: Plan, parents: Mapping[str, str], split: bool) -> None:
        self.plan = plan
        self.parents = parents
        self.split = split
        self.sums: dict[tuple[Part, str, Period, Period], tuple[int, int]] = {}
        self._ends: dict[tuple[int, Period], tuple[Period, Period] | None] = {}

    def take(self, row: Sequence[Any], unit: str, period: Period, names: Sequence[str]) -> None:
        """The sums of one cell that the named formulas read."""
        width = 3 if self.split else 2
        for number in dict.fromkeys(n for name in names for n in self.plan.reads[name]):
            column = self.plan.columns[number]
            at = 2 + number * width
            whole, months = row[at], row[at + width - 1]
            where = self.parents.get(unit) if column.up else unit
            ends = self._window(number, column, period)
            if whole is None or where is None or ends is None:
                continue
            if self.split:
                whole = int(whole) * 2**32 + int(row[at + 1])
            self.sums[column.part, where, *ends] = (int(whole), int(months))

    def _window(self, number: int, column: Column, period: Period) -> tuple[Period, Period] | None:
        """First and last period of a column's window; None where there is a reason instead."""
        if (number, period) not in self._ends:
            declared = self.plan.book[column.part.key]
            found = window(column.part, declared, column.ask("", period))
            none = isinstance(found, NotComputable)
            self._ends[number, period] = None if none else (found[0], found[-1])  # type: ignore[index]
        return self._ends[number, period]


@dataclass(frozen=True)
class Rows(Tree):
    """The sums an engine gave for the asked `units`, as a source for an evaluation."""

    sums: Mapping[tuple[Part, str, Period, Period], tuple[int, int]]
    parents: Mapping[str, str]
    units: Set[str]
    groupings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def members(self, unit: str) -> tuple[str, ...]:
        """The asked units directly below."""
        return tuple(one for one in super().members(unit) if one in self.units)

    def read(self, part: Part, unit: str, window: tuple[Period, ...]) -> int | None:
        """The sum where every period of the window was there; a count of none is 0."""
        found = self.sums.get((part, unit, window[0], window[-1]))
        if part.scope == "count":
            return found[0] if found else 0
        return found[0] if found and found[1] == len(window) else None


class _Trace(Evaluation):
    """Walks a formula as if it were computed and notes what is read."""

    def __init__(self, book: Book) -> None:
        super().__init__(book, Nowhere())
        self.parts: dict[tuple[Part, Ask], None] = {}

    def _read(self, part: Part, ask: Ask) -> Value:
        self.parts[part, ask] = None
        return Fraction(1)


class Nowhere:
    """A source without figures: every unit has one above, and one above that."""

    def read(self, part: Part, unit: str, window: tuple[Period, ...]) -> int | None:
        """Never asked."""
        raise AssertionError  # pragma: no cover - the trace itself answers

    def above(self, unit: str) -> str | None:
        """`own` has `above`; what lies higher is for the reference engine."""
        return {"own": "above"}.get(unit, "higher")

    def peers(self, unit: str, grouping: str) -> tuple[str, ...]:
        """Ranks are made of the asked units."""
        return (unit,)


def plan(formulas: Mapping[str, Formula], kind: Kind) -> Plan | Refusal:
    """What engines are asked for.

    Refusals: `formula.engine_weeks` (engines know months; weekly figures go through the reference
    engine), `formula.engine_levels` (`parent` within `parent`). ValueError without formulas or
    with formulas of several books.
    """
    books = {id(formula.book) for formula in formulas.values()}
    if len(books) != 1:
        raise ValueError("a plan is for formulas of one book")
    book = next(iter(formulas.values())).book
    far = Ask("own", Period(kind, _FAR, 12 // MONTHS.get(kind, 12)))
    numbers: dict[Column, int] = {}
    reads: dict[str, tuple[int, ...]] = {}
    for name, formula in formulas.items():
        trace = _Trace(book)
        trace.outcome(formula, far)
        if kind == "week" or any(book[part.key].kind == "week" for part, _ in trace.parts):
            return refused(
                "engine_weeks", "周度数不在引擎中计算", "Engines don't compute weekly figures"
            )
        if any(ask.unit == "higher" for _, ask in trace.parts):
            return refused(
                "engine_levels", "引擎中只能引用上一级", "Engines look one level up, not further"
            )
        found = (column_of(part, ask, book, kind) for part, ask in trace.parts)
        reads[name] = tuple(numbers.setdefault(c, len(numbers)) for c in found if c)
    return Plan(book, dict(formulas), kind, tuple(numbers), reads)


def column_of(part: Part, ask: Ask, book: Book, kind: Kind) -> Column | None:
    """The column of a part for periods of a kind; None where it can't be made from its parts."""
    declared = book[part.key]
    finer = KINDS.index(kind) < KINDS.index(declared.kind)
    if finer or (part.scope == "count" and kind != declared.kind):
        return None
    up = ask.unit == "above"
    return Column(part, up, ask.years, ask.back, _mode(part, declared))


def _mode(part: Part, declared: Declared) -> Mode:
    if declared.reported == "to_date" or declared.over_time == "last":
        return "last"
    return "to_date" if part.to_date else "span"


def month_of(period: Period) -> int:
    """The number of a period's last month, counted from year 0; engines reckon in these."""
    return period.year * 12 + period.number * MONTHS[period.kind] - 1


def period_at(month: int, kind: Kind) -> Period:
    """The period of a kind that ends with a numbered month."""
    year, number = divmod(month, 12)
    return Period(kind, year, number // MONTHS[kind] + 1)
