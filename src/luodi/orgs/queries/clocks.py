"""Instants counted by the clocks of a city's or a zone's pack."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luodi.common.moments import LOCAL, Moment
from luodi.kit.calendars import due
from luodi.packs import Stack, clock_for, work_calendar

from .packs import Placed, pack_of, rules_for

Due = tuple[datetime | None, dict[str, Any]]


def due_in_city(city: str, starts: str, at: datetime) -> Due:
    """When what starts a clock of the city itself is due, with its working; nothing without one."""
    return _due(pack_of(city, Moment(at)), starts, at)


def due_for(row: Placed, starts: str, at: datetime) -> Due:
    """The same by the rules that hold for a row: its zone's, where it runs its own."""
    return _due(rules_for(row, Moment(at)), starts, at)


def _due(stack: Stack, starts: str, at: datetime) -> Due:
    found = clock_for(stack, starts, at.astimezone(LOCAL).date())
    if found is None:
        return None, {}
    rule, limit = found
    counted = due(at, limit, work_calendar(stack))
    notes = [{"zh": note.says("zh"), "en": note.says("en")} for note in counted.working]
    return counted.at, {"notes": notes, "owner": rule.owner.name, "source": rule.source}
