"""What waits in the registers for whoever keeps them."""

from __future__ import annotations

from django.urls import reverse

from luodi.common.duties import Duty
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from ..rules import keeps_register
from .entries import entries_of, entry_rows, homes_of_entries, rules_at

PRESSING = frozenset({"red", "yellow"})


def register_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """Stages that have a time, and recognitions near or over their end, for their keepers."""
    if viewer.enterprise:
        return []
    states = {state.entry_id: state for state in entries_of(viewer, moment).filter(ended=False)}
    rules = rules_at(viewer.city, moment)
    homes = homes_of_entries((state.entry for state in states.values()), moment)
    found = []
    for row in entry_rows(states.values(), moment):
        rule = rules.get(row.register)
        mine = rule and keeps_register(viewer, rule, homes[row.key])
        if mine and (row.due_at or row.light in PRESSING):
            title = f"{row.name} · {row.register_title}"
            address = reverse("register_entry", args=[row.key])
            found.append(Duty(title, row.why, address, row.due_at, row.light))
    return found
