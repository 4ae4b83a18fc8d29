"""City benchmarking: what documents state of cities and zones, contradictions side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from luodi.common.moments import Moment
from luodi.indicators.choices import Comparator, Purpose
from luodi.indicators.models import Value
from luodi.indicators.rules import unit_of
from luodi.kit.quantities import show
from luodi.orgs.queries import units_by_name, visible
from luodi.orgs.rules import Viewer

from ..models import Benchmark
from ..rules.questions import read_period
from .scope import readable_definitions

About = tuple[str, str, str]
"""Name, place and period: what two figures have to share to contradict each other."""


@dataclass(frozen=True)
class Stated:
    """One figure as a document states it, and what else is known about the same thing.

    `others` are the figures that other places give, `own` is what the city's units reported;
    neither is ever averaged with the stated one. `apart` says that some of them differ.
    """

    name: str
    place: str
    period: str
    figure: str
    measured_in: str
    meaning: str
    title: str
    sentence: str
    others: str
    own: str
    apart: bool


def benchmarks(viewer: Viewer, moment: Moment) -> list[Stated]:
    """The figures of adopted documents a viewer may see, by name, period and place."""
    rows = list(visible(Benchmark.objects.at(moment), viewer).order_by("name", "period", "pk"))
    groups: dict[About, list[Benchmark]] = defaultdict(list)
    for row in rows:
        groups[row.name, row.place, row.period].append(row)
    own = _own(viewer, rows, moment)
    return [_stated(row, groups[row.name, row.place, row.period], own) for row in rows]


def _stated(row: Benchmark, group: Iterable[Benchmark], own: Mapping[About, list[Own]]) -> Stated:
    others = [one for one in group if one.pk != row.pk]
    mine = own.get((row.name, row.place, row.period), [])
    exact = _exact(row)
    differ = [one for one in others if _exact(one) != exact]
    apart = bool(differ) or any(one.exact != exact for one in mine)
    period = read_period(row.period)
    return Stated(
        row.name,
        row.place,
        period.key if period else row.period,
        _said(row),
        row.measured_in,
        row.meaning,
        row.title,
        row.sentence,
        "；".join(dict.fromkeys(f"{_said(one)}{one.measured_in}（{one.title}）" for one in differ)),
        "；".join(one.said for one in mine),
        apart,
    )


def _said(row: Benchmark) -> str:
    sign = "" if row.comparator == Comparator.EQUAL else f"{Comparator(row.comparator).label} "
    return f"{sign}{show(row.amount, row.scale, grouping=True)}"


def _exact(row: Benchmark) -> tuple[str, Fraction]:
    """Dimension and exact amount: 万元 and 亿元 compare, 元 and 亩 don't."""
    unit = unit_of(row.measured_in)
    return unit.dimension, Fraction(row.amount, 10**row.scale) * unit.factor


@dataclass(frozen=True)
class Own:
    """A figure that a unit of the city reported about the same thing."""

    said: str
    exact: tuple[str, Fraction]


def _own(viewer: Viewer, rows: Iterable[Benchmark], moment: Moment) -> dict[About, list[Own]]:
    """The reported figures behind names of our own indicators and units, both purposes apart."""
    some = list(rows)
    named = {d.indicator_id: d for d in readable_definitions(viewer, moment)}
    indicators = {key for key, d in named.items() if d.name in {row.name for row in some}}
    known = units_by_name(viewer.city, moment)
    places = {row.place: known[row.place][0].of_id for row in some if known.get(row.place)}
    values = visible(Value.objects.at(moment), viewer).filter(
        indicator__in=indicators,
        unit__in=set(places.values()),
        enterprise="",
        period__in={row.period for row in some},
    )
    found: dict[About, list[Own]] = defaultdict(list)
    by_unit: dict[str, list[str]] = defaultdict(list)
    for place, unit in places.items():
        by_unit[unit].append(place)
    for value in values:
        definition = named[value.indicator_id]
        unit = unit_of(definition.measured_in)
        said = f"{show(value.amount, value.scale, grouping=True)}{definition.measured_in}"
        purpose = str(Purpose(value.purpose).label)
        exact = unit.dimension, Fraction(value.amount, 10**value.scale) * unit.factor
        for place in by_unit[value.unit]:
            found[definition.name, place, value.period].append(Own(f"{said}（{purpose}）", exact))
    return found
