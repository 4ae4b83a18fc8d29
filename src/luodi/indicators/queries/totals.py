"""Sums, counts and series over many values: the questions behind tables, ranks and meters.

Each takes `rows`, values already narrowed to a viewer's scope, a moment and a purpose; figures
kept at different scales are added exactly. What goes over many rows is asked of the mirror.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from luodi.common.moments import Moment
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..models import Value
from .mirror import read

Rows = QuerySet[Value, Any]


@dataclass(frozen=True)
class Total:
    """The sum of `count` figures: `number` ÷ 10**`scale`."""

    number: int
    scale: int
    count: int = 1

    def plus(self, other: Total) -> Total:
        """Both together, at the finer scale."""
        scale = max(self.scale, other.scale)
        number = self.at(scale) + other.at(scale)
        return Total(number, scale, self.count + other.count)

    def at(self, scale: int) -> int:
        """The number at a scale no coarser than its own."""
        return self.number * 10 ** (scale - self.scale)


def readable(viewer: Viewer, moment: Moment, purpose: str) -> Rows:
    """The values of one purpose that a viewer may read at a moment, those of enterprises too."""
    return visible(Value.objects.at(moment).filter(purpose=purpose), viewer)


def totals(rows: Rows, *by: str, cells: int | None = None) -> dict[tuple[str, ...], Total]:
    """The sum and the number of figures by columns (indicator, unit, zone, enterprise, period).

    `cells`: see `mirror.read`.
    """
    grouped = rows.order_by().values_list(*by, "scale").annotate(Sum("amount"), Count("pk"))
    found: dict[tuple[str, ...], Total] = {}
    for *place, scale, amount, count in read(grouped, cells):
        one, key = Total(int(amount), scale, count), tuple(place)
        found[key] = found[key].plus(one) if key in found else one
    return found


def top(rows: Rows, by: str, most: int) -> list[tuple[str, Total]]:
    """The `most` largest sums by one column, the largest first."""
    grouped = rows.order_by().values_list(by, "scale")
    scales = read(rows.order_by().values_list("scale").distinct())
    if len(scales) < 2:  # the database can put them in order, and hand over these alone
        sums = grouped.annotate(total=Sum("amount"), count=Count("pk"))
        found = read(sums.order_by("-total", by)[:most])
        return [(key, Total(int(amount), scale, count)) for key, scale, amount, count in found]
    every = totals(rows, by)
    finest = max(scale for (scale,) in scales)
    ordered = sorted(every.items(), key=lambda pair: (-pair[1].at(finest), pair[0]))
    return [(key, total) for (key,), total in ordered[:most]]


def counts(rows: Rows, *by: str, of: str = "pk") -> dict[tuple[str, ...], int]:
    """How many figures there are by columns, or how many different ones of a column `of`."""
    grouped = rows.order_by().values_list(*by).annotate(Count(of, distinct=of != "pk"))
    return {tuple(place): count for *place, count in read(grouped)}


def missing(
    rows: Rows, indicators: Iterable[str], units: Iterable[str], period: str
) -> list[tuple[str, str]]:
    """The pairs of indicator and unit for which there is no figure about a period."""
    wanted, asked = tuple(indicators), tuple(units)
    given = rows.filter(period=period, indicator__in=wanted, enterprise="")
    pairs = given.order_by().values_list("indicator", "unit")
    found = set(read(pairs.filter(unit__in=asked), len(wanted) * len(asked)))
    return [(one, unit) for one in wanted for unit in asked if (one, unit) not in found]


def series(rows: Rows, indicator: str, unit: str, enterprise: str = "") -> dict[str, Total]:
    """One indicator of one unit (or enterprise of it) by period, by its index."""
    line = rows.filter(indicator=indicator, unit=unit, enterprise=enterprise)
    return {
        period: Total(amount, scale)
        for period, amount, scale in line.values_list("period", "amount", "scale")
    }


@dataclass(frozen=True)
class Version:
    """A figure of a cell from one act until another (None: still)."""

    amount: int
    scale: int
    since: int
    until: int | None
    origin: str


def revised_cells(
    viewer: Viewer, moment: Moment, indicator: str, periods: Iterable[str], purpose: str
) -> dict[tuple[str, str, str], list[Version]]:
    """The cells of an indicator that were revised, by (unit, enterprise, period), each with all
    the figures it ever had, the oldest first."""
    rows = visible(Value.objects.ever(moment), viewer).filter(
        indicator=indicator, period__in=set(periods), purpose=purpose
    )
    places = ("unit", "enterprise", "period")
    several = rows.order_by().values_list(*places).annotate(n=Count("pk")).filter(n__gt=1)
    found: dict[tuple[str, str, str], list[Version]] = {
        (unit, enterprise, period): [] for unit, enterprise, period, _n in read(several)
    }
    near = rows.filter(unit__in={u for u, _, _ in found}, enterprise__in={e for _, e, _ in found})
    fields = (*places, "amount", "scale", "since", "until", "origin")
    for unit, enterprise, period, *version in read(
        near.order_by("since", "pk").values_list(*fields)
    ):
        if (unit, enterprise, period) in found:
            found[unit, enterprise, period].append(Version(*version))
    return found
