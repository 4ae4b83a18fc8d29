"""Units that may be called to meetings, and the people they may send."""

from __future__ import annotations

from collections.abc import Iterable

from luodi.common.moments import Moment
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import Posting
from luodi.orgs.queries import names_of, units_of

from .pages import MeetingPage

WORKING = (UnitKind.BUREAU, UnitKind.COUNTY, UnitKind.ZONE, UnitKind.VERTICAL)


def callable_units(city: str, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the units that can be called, zones first."""
    rows = units_of(city, moment).filter(kind__in=WORKING)
    ordered = sorted(rows, key=lambda row: (row.kind != UnitKind.ZONE, row.name))
    return [(row.of_id, row.short_name or row.name) for row in ordered]


def proposed_units(page: MeetingPage, city: str, moment: Moment) -> list[str]:
    """Whom a meeting would call: those called already, else the zones (or its own zone) and the
    units that present a topic."""
    if page.attendance:
        return [seat.unit for seat in page.attendance]
    zones = units_of(city, moment).filter(kind=UnitKind.ZONE).values_list("of", flat=True)
    presenters = [one.presenter_unit for one in page.shown_topics if one.presenter_unit]
    return list(dict.fromkeys([page.row.zone] if page.row.zone else [*zones, *presenters]))


def people_in(units: Iterable[str], moment: Moment) -> dict[str, list[tuple[str, str]]]:
    """Key and name of the people posted in each unit."""
    rows = list(
        Posting.objects.at(moment).filter(unit__in=list(units)).values_list("unit", "person")
    )
    names = names_of(person for _unit, person in rows)
    found: dict[str, dict[str, str]] = {}
    for unit, person in rows:
        found.setdefault(unit, {})[person] = names.get(person, "—")
    return {unit: sorted(some.items(), key=lambda one: one[1]) for unit, some in found.items()}
