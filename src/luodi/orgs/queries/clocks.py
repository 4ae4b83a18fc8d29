"""Instants counted by the clocks of a city's pack."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luodi.common.moments import LOCAL, Moment
from luodi.kit.calendars import due
from luodi.packs import clock_for, work_calendar

from .units import pack_of


def due_in_city(city: str, starts: str, at: datetime) -> tuple[datetime | None, dict[str, Any]]:
    """When what starts a clock at an instant is due, with its working; nothing without a clock."""
    stack = pack_of(city, Moment(at))
    found = clock_for(stack, starts, at.astimezone(LOCAL).date())
    if found is None:
        return None, {}
    rule, limit = found
    counted = due(at, limit, work_calendar(stack))
    notes = [{"zh": note.says("zh"), "en": note.says("en")} for note in counted.working]
    return counted.at, {"notes": notes, "owner": rule.owner.name, "source": rule.source}
