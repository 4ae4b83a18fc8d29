"""The bodies of a city with their calendars, and from when until when each is there."""

from __future__ import annotations

from dataclasses import replace

from luodi.common.moments import LOCAL, Moment
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import Unit
from luodi.orgs.queries import rulebook, units_by_name

from ..rules.calendars import ORDER, Body, bodies_in, read_term


def bodies_of(city: str, moment: Moment) -> list[Body]:
    """The bodies that the city's and its zones' rules give a rhythm, as known at the moment.

    A zone with rules of its own has its rhythm from them, the others from the city's. A body is
    there from the latest of: the city's own record, its first rule, the beginning of its term as
    entered; until its term ends. A rhythm before that opens nothing.
    """
    founded = Unit.objects.select_related("act").get(key=city).act.at.astimezone(LOCAL).date()
    known, book = units_by_name(city, moment), rulebook([city], moment)
    found = []
    for place in book.places(city) or [(city, "")]:
        for body in bodies_in(book.at(*place), moment.today):
            state = next(iter(known.get(body.name, [])), None)
            zone = state.of_id if state and state.kind == UnitKind.ZONE else ""
            if (body.kind == "zone" and state is None) or book.place_of(city, zone) != place:
                continue
            begins = read_term(state.term_from) if state else None
            found.append(
                replace(
                    body,
                    unit=state.of_id if state else "",
                    zone=zone,
                    since=max(day for day in (founded, begins) if day),
                    until=read_term(state.term_to, last=True) if state else None,
                )
            )
    return sorted(found, key=lambda body: (ORDER.index(body.kind), body.name))
