"""The plain reference engine: slow, obvious, and what the fast engines are measured against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from luodi.kit.calendars import Period
from luodi.kit.formulas.evaluating import Evaluation
from luodi.kit.formulas.prepared import Formula
from luodi.kit.formulas.results import Outcome
from luodi.kit.formulas.windows import Ask, Part

Cell = tuple[str, str, str]
"""(indicator key, unit, period key), as in `Table.figures`."""


@dataclass(frozen=True)
class Table:
    """Figures and units. `figures` are integers at the scale of each indicator's definition.

    `parents`: unit -> the unit above it (the cut that is added up: the enterprises of a zone, the
    zones of a city). `groupings`: name of a grouping -> unit -> group, for ranks.
    """

    figures: Mapping[Cell, int]
    parents: Mapping[str, str] = field(default_factory=dict)
    groupings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def members(self, unit: str) -> tuple[str, ...]:
        """The units directly below."""
        return self._members.get(unit, ())

    @cached_property
    def _members(self) -> Mapping[str, tuple[str, ...]]:
        below: defaultdict[str, list[str]] = defaultdict(list)
        for one, above in self.parents.items():
            below[above].append(one)
        return {above: tuple(ones) for above, ones in below.items()}

    def cells(self, part: Part, unit: str, period: Period) -> list[Cell]:
        """The cells a part adds up in one period: the unit's own, or those of its members."""
        units = (unit,) if part.scope == "own" else self.members(unit)
        return [(part.key, one, period.key) for one in units]

    def read(self, part: Part, unit: str, window: tuple[Period, ...]) -> int | None:
        """The sum over the window; None where a period has no figure at all."""
        total = 0
        for period in window:
            cells = self.cells(part, unit, period)
            found = [self.figures[cell] for cell in cells if cell in self.figures]
            if part.scope == "count":
                return len(found)
            if not found:
                return None
            total += sum(found)
        return total

    def above(self, unit: str) -> str | None:
        """The unit above; None at the top."""
        return self.parents.get(unit)

    def peers(self, unit: str, grouping: str) -> tuple[str, ...]:
        """Units under the same unit, in the same group of the grouping where one is named."""
        group = self.groupings.get(grouping, {})
        above = self.above(unit)
        together = self.members(above) if above is not None else (unit,)
        return tuple(one for one in together if group.get(one) == group.get(unit))


def compute(formula: Formula, unit: str, period: Period, table: Table) -> Outcome:
    """One formula for one unit and period: a number, or the reason why there is none."""
    return Evaluation(formula.book, table).outcome(formula, Ask(unit, period))


def compute_all(
    formulas: Mapping[str, Formula], units: Iterable[str], periods: Iterable[Period], table: Table
) -> dict[tuple[str, str, Period], Outcome]:
    """Many formulas of one book for many units and periods, by (name, unit, period)."""
    places = [(unit, period) for unit in units for period in periods]
    found: dict[tuple[str, str, Period], Outcome] = {}
    evaluation: Evaluation | None = None
    for name, formula in formulas.items():
        evaluation = evaluation or Evaluation(formula.book, table)
        for unit, period in places:
            found[name, unit, period] = evaluation.outcome(formula, Ask(unit, period))
    return found
