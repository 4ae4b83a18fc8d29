"""Which figures a viewer may read in the analysis. No other file here decides that."""

from __future__ import annotations

from django.db.models import QuerySet

from luodi.common.moments import Moment
from luodi.indicators.models import Definition, Indicator, Value
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer


def readable_values(viewer: Viewer, moment: Moment) -> QuerySet[Value]:
    """The figures of units a viewer may read at a moment; rows of enterprises never."""
    return visible(Value.objects.at(moment).filter(enterprise=""), viewer)


def readable_unit(viewer: Viewer, unit: str) -> bool:
    """True where the viewer reads every series of a unit."""
    return viewer.sees_whole_city or unit in viewer.units


def readable_indicators(viewer: Viewer) -> QuerySet[Indicator]:
    """The indicators a viewer may ask about."""
    return visible(Indicator.objects.all(), viewer)


def readable_definitions(viewer: Viewer, moment: Moment) -> QuerySet[Definition]:
    """Their definitions in force, by name."""
    rows = Definition.objects.at(moment).filter(indicator__in=readable_indicators(viewer))
    return rows.order_by("name", "measured_in")
