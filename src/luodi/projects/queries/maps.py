"""Projects by county and zone, on the areas that the city's pack gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from luodi.analysis.queries.maps import Ring, areas_of, classes, rings_of
from luodi.common.moments import Moment
from luodi.orgs.queries import owned, unit_names
from luodi.orgs.rules import Viewer

from .pipelines import pipeline_at
from .rows import Row, projects
from .totals import Total, totals_by

MEASURES = {
    "count": _("项目数"),
    "investment": _("总投资"),
    "intended": _("框架意向"),
}
"""What a map may show of a place: a count, or amounts in 万元."""


@dataclass(frozen=True)
class MapPlace:
    """A county or zone: its roll-up, its rings (none where the pack gives none), and its class."""

    unit: str
    name: str
    total: Total
    rings: tuple[Ring, ...]
    shade: int | None

    @property
    def drawn(self) -> bool:
        """Whether it is on the map."""
        return bool(self.rings)


@dataclass(frozen=True)
class MapPage:
    """Projects by place. `nowhere` have no place, `ended` are left out; `source` is the areas'."""

    measure: str
    places: tuple[MapPlace, ...]
    all: Total
    nowhere: Total
    ended: int
    schematic: bool
    source: str

    @property
    def areas(self) -> list[MapPlace]:
        """The places that can be drawn."""
        return [place for place in self.places if place.drawn]

    @property
    def undrawn(self) -> list[MapPlace]:
        """The places with projects that have no area."""
        return [place for place in self.places if not place.drawn]


def map_page(viewer: Viewer, moment: Moment, measure: str = "count", library: str = "") -> MapPage:
    """The viewer's projects by where they land, those that have ended left out; of one library
    if asked. Every place the pack draws is there, with or without projects."""
    final = {rule.key for rule in pipeline_at(viewer.city, moment).stages if rule.final}
    every = [r for r in projects(viewer, moment) if not library or r.library == library]
    rows = [row for row in every if row.stage not in final]
    rules = areas_of(viewer.city, moment)
    names = unit_names(rules, moment)
    totals = {t.key: t for t in totals_by(rows, lambda r: r.zone_unit, lambda r: r.zone)}
    nowhere = totals.pop("", Total("", ""))
    for unit in rules:
        totals.setdefault(unit, Total(unit, names.get(unit, unit)))
    shades = classes({unit: _number(totals[unit], measure) for unit in rules})
    places = [
        MapPlace(unit, t.label, t, rings_of(rules[unit]) if unit in rules else (), shades.get(unit))
        for unit, t in totals.items()
    ]
    owners = {owned(r) for r in rules.values()}
    return MapPage(
        measure=measure,
        places=tuple(sorted(places, key=lambda p: (-_number(p.total, measure), p.name))),
        all=_all(rows),
        nowhere=nowhere,
        ended=len(every) - len(rows),
        schematic=any(rule.schematic for rule in rules.values()),
        source="；".join(sorted(owners)),
    )


def _all(rows: Iterable[Row]) -> Total:
    total = Total("", "")
    for row in rows:
        total.add(row)
    return total


def _number(total: Total, measure: str) -> Fraction:
    return Fraction(value_of(total, measure))


def value_of(total: Total, measure: str) -> Decimal | int:
    """What a map shows of a roll-up."""
    found: Decimal | int = getattr(total, measure)
    return found
