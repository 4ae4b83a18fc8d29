"""The plain reference engine: slow, obvious, and what the fast engines are measured against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from luodi.kit.calendars import Period
from luodi.kit.formulas.evaluating import Evaluation
from luodi.kit.formulas.prepared import Formula
from luodi.kit.formulas.results import Outcome
from luodi.kit.formulas.trees import Tree
from luodi.kit.formulas.windows import Ask, Part

Cell = tuple[str, str, str]
"""(indicator key, unit, period key), as in `Table.figures`."""


@dataclass(frozen=True)
class Table(Tree):
    """Figures and units. `figures` are integers at the scale of each indicator's definition."""

    figures: Mapping[Cell, int]
    parents: Mapping[str, str] = field(default_factory=dict)
    groupings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

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
