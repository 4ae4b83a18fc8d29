"""The figures behind a pivot: those of units, and totals of enterprises, one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import Abs

from luodi.indicators.models import Value
from luodi.indicators.queries import read

from ..choices import Basis
from ..rules.suppression import Behind, Line, suppress, together

Spot = tuple[str, str, str]
"""Indicator, unit and period."""

EVERYBODY = "all"
"""The key of the unit that stands for all enterprises of a city together."""


@dataclass(frozen=True)
class Figure:
    """An amount at a scale. `behind` is what stands behind a total of enterprises."""

    amount: int
    scale: int
    origin: str = ""
    behind: Behind | None = None


@dataclass(frozen=True)
class Wanted:
    """Which figures: of one purpose; of all units if none is named."""

    indicators: frozenset[str]
    units: frozenset[str]
    periods: frozenset[str]
    purpose: str
    basis: str = Basis.UNITS


def figures(rows: QuerySet[Value], wanted: Wanted) -> dict[Spot, Figure]:
    """The figures among `rows` by indicator, unit and period. A unit's own figures and totals of
    enterprises are two bases and never mix."""
    rows = rows.filter(
        indicator__in=wanted.indicators, period__in=wanted.periods, purpose=wanted.purpose
    )
    if wanted.basis == Basis.ENTERPRISES:
        return _totals(rows, wanted.units)
    rows = rows.filter(enterprise="")
    if wanted.units:
        rows = rows.filter(unit__in=wanted.units)
    fields = ("indicator", "unit", "period", "amount", "scale", "origin")
    cells = len(wanted.indicators) * len(wanted.units) * len(wanted.periods) or None
    return {
        (indicator, unit, period): Figure(amount, scale, origin)
        for indicator, unit, period, amount, scale, origin in read(rows.values_list(*fields), cells)
    }


def _totals(rows: QuerySet[Value], units: frozenset[str]) -> dict[Spot, Figure]:
    """Sums over the enterprises that report to each unit, and over all of them."""
    place = ("indicator", "unit", "period", "scale")
    grouped = (
        rows.exclude(enterprise="")
        .order_by()
        .values(*place)
        .annotate(
            added=Sum("amount"),
            count=Count("pk"),
            largest=Max(Abs("amount")),
            magnitude=Sum(Abs("amount")),
        )
        .values_list(*place, "added", "count", "largest", "magnitude")
    )
    parts: dict[Spot, list[Figure]] = defaultdict(list)
    for indicator, unit, period, scale, total, count, largest, magnitude in read(grouped):
        behind = Behind(count, int(largest), int(magnitude))
        figure = Figure(int(total), scale, behind=behind)
        parts[indicator, unit, period].append(figure)
        parts[indicator, EVERYBODY, period].append(figure)
    found = {spot: added(some) for spot, some in parts.items()}
    keep = units | {EVERYBODY} if units else None
    return {spot: figure for spot, figure in found.items() if keep is None or spot[1] in keep}


def added(some: list[Figure]) -> Figure:
    """The sum of figures, at the finest scale among them."""
    scale = max(figure.scale for figure in some)
    total, behind = 0, []
    for figure in some:
        times = 10 ** (scale - figure.scale)
        total += figure.amount * times
        if figure.behind:
            b = figure.behind
            behind.append(Behind(b.contributors, b.largest * times, b.magnitude * times))
    return Figure(total, scale, behind=together(behind))


def hidden_spots(
    found: dict[Spot, Figure], entitled: Iterable[str] = (), before: Iterable[Spot] = ()
) -> dict[Spot, str]:
    """The totals of enterprises that may not be shown, with why; `before` were hidden earlier.

    `found` holds every unit that has a total: one that is left out can be worked out as well.

    Whoever may read the single rows of a unit (`entitled`) sees its total too: that unit's cells
    count as known, and protect no other.
    """
    cells = {spot: figure.behind for spot, figure in found.items() if figure.behind is not None}
    known = set(entitled)
    hidden: dict[Spot, str] = {}
    for indicator, period in sorted({(spot[0], spot[2]) for spot in cells}):
        mine = {
            spot: cell
            for spot, cell in cells.items()
            if (spot[0], spot[2]) == (indicator, period) and spot[1] not in known
        }
        whole = (indicator, EVERYBODY, period)
        parts = tuple(spot for spot in mine if spot != whole)
        lines = [Line(whole, parts)] if whole in mine else []
        hidden |= suppress(mine, lines, before)  # type: ignore[arg-type]
    return hidden
