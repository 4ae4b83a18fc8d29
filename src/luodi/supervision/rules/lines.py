"""A decision written in one line: who leads and by when, read out of the words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from luodi.kit.calendars import read_deadline

LEADS = re.compile(r"(?:由|请)?(?P<name>[^，。；、\s]{2,20}?)(?:牵头|负责)")
BY = re.compile(r"((?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末)(?:前|之前|以前)?)")


def lead_in(said: str, units: Mapping[str, str]) -> str:
    """The key of the one unit that a line says leads, by the names in `units`; '' where the line
    marks none. A unit that is only named isn't taken for the lead."""
    named = {
        units[name]
        for found in LEADS.finditer(said)
        for name in units
        if found["name"].endswith(name)
    }
    return named.pop() if len(named) == 1 else ""


def due_in(said: str, held_on: date | None) -> date | None:
    """The day a line says it is to be done by; None where it names no one day."""
    days = {read_deadline(found[0], held_on).on for found in BY.finditer(said)} - {None}
    return days.pop() if len(days) == 1 else None
