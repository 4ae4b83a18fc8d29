"""What waits in the registers for whoever keeps them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.duties import Duty
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RegisterRule

from ..models import EntryState
from ..rules import keeps_register, roles_for, rule_for
from .entries import EntryRow, entries_of, entry_rows, homes_of_entries, rules_seen

PRESSING = frozenset({"red", "yellow"})


def register_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """Stages that have a time, and recognitions near or over their end, for their keepers.

    What was referred stands with the unit that has it, and with its home once it presses.
    """
    states = {state.entry_id: state for state in entries_of(viewer, moment).filter(ended=False)}
    if viewer.enterprise:
        return _of_firm(states.values(), moment)
    rules = rules_seen(viewer, moment)
    homes = homes_of_entries(states.values(), moment)
    found = []
    for row in entry_rows(states.values(), moment):
        state = states[row.key]
        rule = rules.get(row.register)
        mine = rule and keeps_register(viewer, rule, homes[row.key])
        pressing = row.light in PRESSING
        if (mine and (pressing or (row.due_at and not row.waits))) or (
            row.waits and _may_step(viewer, state, homes[row.key], rules)
        ):
            title = f"{row.title} · {row.register_title}"
            address = reverse("register_entry", args=[row.key])
            found.append(Duty(title, _why(row), address, row.due_at, row.light))
    return found


def _of_firm(states: Iterable[EntryState], moment: Moment) -> list[Duty]:
    """A firm's own recognitions that are about to end."""
    return [
        Duty(
            row.register_title, row.why, reverse("register_entry", args=[row.key]), None, row.light
        )
        for row in entry_rows(states, moment)
        if row.light in PRESSING and row.until_on
    ]


def _may_step(viewer: Viewer, state: EntryState, home: str, rules: dict[str, RegisterRule]) -> bool:
    """Whether the viewer has a step to take in the unit an entry was referred to."""
    if state.referred_to not in viewer.units:
        return False
    rule = rule_for(state.entry.rule, state.stage, rules)
    roles = roles_for(viewer, home, state.referred_to)
    steps = rule.flow().available(state.stage, roles)
    found = (rule.move(step.name) for step in steps)
    return any(step and step.by == "referred" for step in found)


def _why(row: EntryRow) -> str:
    if not row.waits:
        return row.why
    return _("%(why)s；现由%(unit)s办理") % {"why": row.why, "unit": row.referred_to}
