"""The series that have most to show this year, small, each leading to its course."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from luodi.common.moments import Moment
from luodi.indicators.models import Definition, Value
from luodi.indicators.queries import read
from luodi.kit.calendars import KINDS, Period
from luodi.kit.quantities import show
from luodi.orgs.queries import unit_names

from .figures import Figure, Wanted
from .scope import Reader, read_figures, readable_definitions

MOST = 8
FEWEST = 3
"""Periods of a year below which a line says nothing."""


@dataclass(frozen=True)
class Series:
    """One series of the year so far. `numbers` are at one scale, None where there is no figure."""

    definition: Definition
    unit: str
    periods: tuple[str, ...]
    numbers: tuple[int | None, ...]
    last: str
    text: str
    address: str


def latest(reader: Reader, moment: Moment) -> list[Series]:
    """At most `MOST` series of units, those with most figures this year first; one of each
    indicator before a second of any, a zone's before a county's."""
    year = Period("year", moment.today.year)
    definitions = {d.indicator_id: d for d in readable_definitions(reader.viewer, moment)}
    chosen = _chosen(reader, definitions, year, moment)
    names = unit_names({unit for _, unit, _ in chosen}, moment)
    found: dict[tuple[str, str, str], Figure] = {}
    for purpose in sorted({purpose for _, _, purpose in chosen}):
        mine = [(indicator, unit) for indicator, unit, one in chosen if one == purpose]
        keys = {p.key for key, _ in mine for p in _periods(definitions[key], year)}
        indicators, units = (frozenset(some) for some in zip(*mine, strict=True))
        wanted = Wanted(indicators, units, frozenset(keys), purpose)
        found |= dict(read_figures(reader, wanted, frozenset(), moment).figures)
    return [
        _series(definitions[indicator], unit, names.get(unit, ""), purpose, year, found)
        for indicator, unit, purpose in chosen
    ]


def _chosen(
    reader: Reader, definitions: dict[str, Definition], year: Period, moment: Moment
) -> list[tuple[str, str, str]]:
    """Indicator, unit and purpose of the series to show."""
    rows = Value.objects.at(moment).filter(city__in=reader.viewer.cities, enterprise="")
    rows = rows.filter(indicator__in=list(definitions), period__startswith=year.key)
    place = ("indicator", "unit", "purpose", "zone")
    counted = read(rows.order_by().values(*place).annotate(n=Count("pk")).values_list(*place, "n"))
    full = sorted(
        (-count, not zone, definitions[indicator].name, unit, indicator, purpose)
        for indicator, unit, purpose, zone, count in counted
        if count >= FEWEST and reader.reads(indicator, unit, purpose, "units")
    )
    turns: Counter[str] = Counter()
    ranked = []
    for order, (_, _, _, unit, indicator, purpose) in enumerate(full):
        ranked.append((turns[indicator], order, (indicator, unit, purpose)))
        turns[indicator] += 1
    return [series for _, _, series in sorted(ranked)[:MOST]]


def _periods(definition: Definition, year: Period) -> list[Period]:
    kind = definition.period_kind
    if KINDS.index(kind) >= KINDS.index("year"):  # type: ignore[arg-type]
        return [year]
    return year.children(kind)  # type: ignore[arg-type]


def _series(
    definition: Definition,
    unit: str,
    name: str,
    purpose: str,
    year: Period,
    found: dict[tuple[str, str, str], Figure],
) -> Series:
    key = definition.indicator_id
    periods = tuple(period.key for period in _periods(definition, year))
    known = [found.get((key, unit, period)) for period in periods]
    scale = max((one.scale for one in known if one), default=0)
    numbers = tuple(one and one.amount * 10 ** (scale - one.scale) for one in known)
    last = max((n for n, one in enumerate(numbers) if one is not None), default=-1)
    query = {"indicator": key, "unit": unit, "purpose": purpose, "year": year.key}
    return Series(
        definition,
        name,
        periods,
        numbers,
        periods[last] if last >= 0 else "",
        show(numbers[last] or 0, scale, grouping=True) if last >= 0 else "",
        f"{reverse('course')}?{urlencode(query)}",
    )
