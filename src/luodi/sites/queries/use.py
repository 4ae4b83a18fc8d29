"""Roll-ups of sites: land by state, floors by use, and where the definition of a rate stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.orgs.queries import pack_of, source_in_words
from luodi.packs.schemas import IndicatorRule

from ..choices import Hold
from ..rules import FREE, Space, UseRate, use_rate
from .rows import PlantRow, PlotRow

RATE = "standard-plant-use"
"""The indicator of the city's pack that defines the use rate."""


@dataclass
class LandTotal:
    """Plots of a zone or use: how many, and their area in 亩 by state."""

    label: str
    count: int = 0
    areas: dict[str, Decimal] = field(
        default_factory=lambda: {
            FREE: Decimal(0),
            Hold.RESERVED.value: Decimal(0),
            Hold.TAKEN.value: Decimal(0),
        }
    )

    @property
    def area(self) -> Decimal:
        """All of it."""
        return sum(self.areas.values(), Decimal(0))


def land_by(rows: Iterable[PlotRow], label: Callable[[PlotRow], str]) -> list[LandTotal]:
    """One total for each label, in the order in which they come up."""
    found: dict[str, LandTotal] = {}
    for row in rows:
        total = found.setdefault(label(row), LandTotal(label(row)))
        total.count += 1
        total.areas[row.standing.state] += row.area or 0
    return list(found.values())


def rate_of(rows: Iterable[PlantRow]) -> UseRate:
    """The use rate of the floors given, by their standing."""
    return use_rate(
        Space(row.key, row.name, row.area, row.built, row.standing.state == Hold.TAKEN)
        for row in rows
    )


def rates_by(
    rows: Iterable[PlantRow], label: Callable[[PlantRow], str]
) -> list[tuple[str, UseRate]]:
    """The use rate for each label, in the order in which they come up."""
    found: dict[str, list[PlantRow]] = {}
    for row in rows:
        found.setdefault(label(row), []).append(row)
    return [(name, rate_of(some)) for name, some in found.items()]


def definition_at(city: str, moment: Moment) -> str:
    """What the use rate means and where that stands, by the city's pack of the moment."""
    rules = pack_of(city, moment).all("indicators", IndicatorRule, moment.today)
    rule = next((one for one in rules if one.key == RATE), None)
    if rule is None:
        return _("已用面积 ÷ 已建成面积（%(source)s）") % {"source": _("本地默认，待确认")}
    source = source_in_words(rule.source)
    inferred = getattr(rule, "inferred", "") or ""
    parts = [rule.definition or "", inferred, rule.owner.name, source]
    return " · ".join(part for part in parts if part)
