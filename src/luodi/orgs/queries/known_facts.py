"""The catalogue of facts of enterprises as a city's packs declare it at a moment."""

from __future__ import annotations

from luodi.common.moments import Moment
from luodi.packs.known_facts import Catalogue, catalogue_in

from ..choices import UnitKind
from .packs import pack_of
from .units import units_of

PLACES = (UnitKind.ZONE, UnitKind.COUNTY)


def catalogue(city: str, moment: Moment) -> Catalogue:
    """The facts that conditions may ask for, in two queries."""
    places = [
        (unit.of_id, unit.name, tuple(n for n in (unit.short_name, *unit.aliases) if n))
        for unit in units_of(city, moment).filter(kind__in=PLACES)
    ]
    return catalogue_in(pack_of(city, moment), moment.today, places)
