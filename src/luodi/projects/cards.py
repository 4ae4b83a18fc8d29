"""Drawings on the pages of projects."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.safestring import SafeString

from luodi.common.charts import Area, area_map
from luodi.common.tables import DASH, shown

from .queries import MEASURES, MapPage, MapPlace, map_value

YI = Decimal(10_000)
"""So many 万元 are 亿元."""


def map_drawing(page: MapPage) -> SafeString:
    """The map of a page: each place with its name and figure; '' where the pack draws none."""
    areas = [
        Area(
            place.name,
            _short(place, page.measure),
            place.rings,
            place.shade if place.total.count else None,
        )
        for place in page.areas
    ]
    return area_map(str(MEASURES[page.measure]), areas)


def _short(place: MapPlace, measure: str) -> str:
    """A count as it is; an amount in 亿元 to one place, rounded half up; a dash where no project
    there has told one."""
    value = map_value(place.total, measure)
    if measure == "count":
        return shown(value)
    if place.total.count == place.total.without:
        return DASH
    return shown((Decimal(value) / YI).quantize(Decimal("0.1"), ROUND_HALF_UP))
