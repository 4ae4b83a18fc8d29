"""The leader's page: how a plan stands by unit and by section, and why."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.common.moments import Moment
from luodi.ledger.queries import Row as ItemRow
from luodi.ledger.queries import UnitCounts, counts_by_unit, items
from luodi.orgs.rules import Viewer
from luodi.plans.models import Plan
from luodi.plans.queries import (
    MeasureRow,
    by_section,
    by_unit,
    measures_of,
    round_overview,
    rounds_of,
)
from luodi.plans.queries.overviews import RoundOverview, Tally

LIGHTS = ("red", "yellow", "green", "done", "none")


@dataclass(frozen=True)
class Overview:
    """One plan at a moment: its measures, tallies, newest round, and the ledger."""

    plan: Plan
    measures: tuple[MeasureRow, ...]
    sections: tuple[Tally, ...]
    units: tuple[Tally, ...]
    items: tuple[UnitCounts, ...]
    red_items: tuple[ItemRow, ...]
    open_items: int
    round: RoundOverview | None

    @property
    def lights(self) -> list[tuple[str, int]]:
        """How many measures show each light, the gravest first."""
        lit = [row.verdict.light for row in self.measures]
        return [(light, lit.count(light)) for light in LIGHTS]

    @property
    def red_measures(self) -> list[MeasureRow]:
        return [row for row in self.measures if row.verdict.light == "red"]

    @property
    def undated(self) -> list[MeasureRow]:
        return [row for row in self.measures if row.verdict.light == "none"]


def overview_of(plan: Plan, viewer: Viewer, moment: Moment) -> Overview:
    """Everything the leader's page shows of a plan, in a fixed number of queries."""
    rows = measures_of(plan, viewer, moment)
    rounds = rounds_of(plan, viewer, moment)
    open_rows = items(viewer, moment, {"show": "open"})
    return Overview(
        plan=plan,
        measures=tuple(rows),
        sections=tuple(by_section(plan, viewer, moment, rows)),
        units=tuple(by_unit(plan, viewer, moment, rows)),
        items=tuple(counts_by_unit(viewer, moment)),
        red_items=tuple(row for row in open_rows if row.light == "red"),
        open_items=len(open_rows),
        round=round_overview(rounds[0], viewer, moment) if rounds else None,
    )
