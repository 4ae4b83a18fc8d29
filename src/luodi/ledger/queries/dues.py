"""Due instants from a day, a clock of the city's pack, or a date of reply."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.orgs.queries import rules_in_sight, rules_of_unit
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import ClockRule

from ..rules import due_by_clock, end_of_day, working_of, working_on_day

NAMED = {"zh": "指定时限", "en": "Named due date"}
REPLY = {"zh": "批示要求的回复日期", "en": "Date of reply the instruction asks for"}
STEPS = ("item.in_hand", "instruction.received")
"""What a clock of an item starts with."""


def due_of(
    city: str, lead: str, due_on: date | None, clock: str, reply_by: date | None, at: datetime
) -> tuple[datetime | None, dict[str, Any]]:
    """The due instant with its working: the day, else the clock from `at`, else the reply day.

    The clock is that of the lead unit's place.
    """
    if due_on:
        return end_of_day(due_on), working_on_day(due_on, NAMED)
    if clock:
        found = due_by_clock(at, rules_of_unit(city, lead, Moment(at)), clock)
        if found is None:
            raise NotFound(_("规则包里没有这个时限，请重新选择。"))
        return found[0].at, working_of(*found)
    if reply_by:
        return end_of_day(reply_by), working_on_day(reply_by, REPLY)
    return None, {}


def clocks_of(viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """Key and title of the clocks that count an item's time, by the rules of the moment's day."""
    found: dict[str, str] = {}
    for stack in rules_in_sight(viewer, moment):
        for rule in stack.all("clocks", ClockRule, moment.today):
            if rule.applies_to in STEPS:
                found.setdefault(rule.key, titled(rule))
    return list(found.items())
