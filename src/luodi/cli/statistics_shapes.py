"""The shapes of question that the statistics bench asks, through the functions pages use.

Each is asked right after an act that revised a figure it looks at. The list stands in
docs/guide/questions.md too, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from luodi.analysis.queries.pivots import pivot
from luodi.analysis.queries.scope import Reader, reader_for
from luodi.analysis.queries.workings import working
from luodi.analysis.rules.questions import Question
from luodi.common.moments import Moment
from luodi.indicators.choices import Purpose
from luodi.indicators.queries import (
    counts,
    figures_of,
    indicators_list,
    missing,
    readable,
    revised_cells,
    series,
    top,
    totals,
    value_of,
)
from luodi.indicators.queries.targets import goals_of_year
from luodi.kit.calendars import Period
from luodi.orgs.rules import Viewer

SERIES = Purpose.STATISTICS


@dataclass(frozen=True)
class Asked:
    """What the shapes are asked about: a city of made figures, its viewer, the moment."""

    viewer: Viewer
    moment: Moment
    before: Moment
    indicators: tuple[str, ...]
    units: tuple[str, ...]
    months: tuple[str, ...]
    enterprise_months: tuple[str, ...]

    @property
    def reader(self) -> Reader:
        """The viewer with what is granted to them."""
        return reader_for(self.viewer, self.moment.today)

    @property
    def rows(self) -> Any:
        """All readable figures."""
        return readable(self.viewer, self.moment, SERIES)

    @property
    def of_enterprises(self) -> Any:
        """Those of enterprises."""
        return self.rows.exclude(enterprise="")

    @property
    def of_units(self) -> Any:
        """Those of units."""
        return self.rows.filter(enterprise="")

    def question(self, *shows: str, indicators: int = 1, months: int = 1, **more: Any) -> Question:
        """A question of the pivot about the last months, over all units."""
        last = self.months[-1]
        return Question(
            indicators=self.indicators[:indicators],
            units=more.pop("units", self.units),
            kind="month",
            first=Period.parse(self.months[-months]),
            last=Period.parse(last),
            purpose=SERIES,
            shows=shows,
            **more,
        )


def one_cell(a: Asked) -> Any:
    """One figure of a unit"""
    return value_of(a.indicators[0], a.units[0], a.months[-1], a.moment, SERIES)


def all_units(a: Asked) -> Any:
    """One indicator, one month, all units"""
    return figures_of(a.indicators[:1], a.units, a.months[-1:], a.moment, SERIES)


def one_series(a: Asked) -> Any:
    """One indicator of one unit over all months"""
    return series(a.rows, a.indicators[0], a.units[0])


def block(a: Asked) -> Any:
    """Pivot: 20 units × 6 months × 3 indicators"""
    wanted = a.question("value", indicators=3, months=6, units=a.units[:20])
    return pivot(a.reader, wanted, a.moment)


def block_then(a: Asked) -> Any:
    """The same pivot as known before the last revisions"""
    wanted = a.question("value", indicators=3, months=6, units=a.units[:20])
    return pivot(a.reader, wanted, a.before)


def year_to_date(a: Asked) -> Any:
    """From January to the month, all units"""
    return pivot(a.reader, a.question("cumulative"), a.moment)


def growth(a: Asked) -> Any:
    """Year-on-year growth, all units"""
    return pivot(a.reader, a.question("growth"), a.moment)


def ranks(a: Asked) -> Any:
    """Ranks of all units, ties told"""
    return pivot(a.reader, a.question("rank"), a.moment)


def shares(a: Asked) -> Any:
    """Share of each unit in the whole"""
    return pivot(a.reader, a.question("share"), a.moment)


def contributions(a: Asked) -> Any:
    """Contribution of each unit to the growth of the whole"""
    return pivot(a.reader, a.question("contribution"), a.moment)


def cell_working(a: Asked) -> Any:
    """The working of a cell with all its revisions"""
    return working(a.reader, a.question("value", units=a.units[:1]), a.moment)


def revised(a: Asked) -> Any:
    """All revisions of an indicator in a year, side by side"""
    return revised_cells(a.viewer, a.moment, a.indicators[0], a.enterprise_months[-12:], SERIES)


def enterprise_pivot(a: Asked) -> Any:
    """Pivot of enterprises added up by unit, with growth; small totals hidden"""
    wanted = a.question("value", "growth", units=a.units[:6], basis="enterprises")
    return pivot(a.reader, wanted, a.moment)


def goals(a: Asked) -> Any:
    """The goals of a year, each against its pace"""
    return goals_of_year(a.viewer, a.months[-1][:4], a.moment)


def zone_totals(a: Asked) -> Any:
    """Enterprises of each zone added up, one indicator, one month"""
    month = a.enterprise_months[-1]
    return totals(a.of_enterprises.filter(indicator=a.indicators[0], period=month), "zone")


def everything(a: Asked) -> Any:
    """All enterprises: every indicator by zone and month"""
    return totals(
        a.of_enterprises.filter(period__in=a.enterprise_months[-12:]), "indicator", "zone"
    )


def largest(a: Asked) -> Any:
    """The 20 largest enterprises of a year"""
    year = a.of_enterprises.filter(period__in=a.enterprise_months[-12:])
    return top(year.filter(indicator=a.indicators[0]), "enterprise", 20)


def not_given(a: Asked) -> Any:
    """Which figures of a month are missing, all units and indicators"""
    return missing(a.of_units, a.indicators, a.units, a.months[-1])


def burden(a: Asked) -> Any:
    """How many facts each unit is asked for, by month"""
    return counts(a.rows, "unit", "period")


def small_cells(a: Asked) -> Any:
    """How many enterprises stand behind each total of a month"""
    month = a.of_enterprises.filter(period=a.enterprise_months[-1])
    return counts(month, "indicator", "zone", of="enterprise")


def dictionary(a: Asked) -> Any:
    """The list of indicators, each with its goal and latest figure"""
    return indicators_list(a.viewer, a.moment)


SHAPES: tuple[Callable[[Asked], Any], ...] = (
    one_cell, all_units, one_series, block, block_then, year_to_date, growth, ranks, shares,
    contributions, cell_working, revised, enterprise_pivot, zone_totals, everything, largest,
    not_given, burden, small_cells, goals, dictionary,
)  # fmt: skip
