"""What a unit may ask an exemption for, for whom; and an application as an action finds it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict
from luodi.indicators.queries import indicators_list
from luodi.ledger.queries import items
from luodi.orgs.queries import names_of, people_with, viewer_of_person
from luodi.orgs.rules import UNIT_ROLES, Viewer
from luodi.plans.queries import plans_of
from luodi.plans.queries.measures import measures_by_plan
from luodi.projects.queries import projects

from ..models import Exemption, ExemptionState
from ..rules import OVER
from .exemptions import body_roles, exemption_for, roles_for
from .letters import letter_subject, letters


def coverable(unit: str, viewer: Viewer, moment: Moment) -> dict[str, str]:
    """The things a unit may ask to be covered for, as subject key to title.

    Items and projects it leads, measures it answers for, letters to it that run, and the
    indicators of the city.
    """
    found = {}
    for item in items(viewer, moment):
        if item.lead_unit == unit:
            found[subject_key("item", item.key)] = f"{item.number} {item.title}"[:200]
    plans = list(plans_of(viewer, moment))
    for rows in measures_by_plan(plans, viewer, moment).values():
        for row in rows:
            if unit in {part.key for part in row.units}:
                found[subject_key("measure", row.key)] = f"{row.label} {row.title}".strip()[:200]
    for project in projects(viewer, moment):
        if unit in (project.lead_unit, project.zone_unit):
            found[subject_key("project", project.key)] = project.name[:200]
    for letter in letters(viewer, moment, {"unit": unit}):
        if letter.issued_on and letter.stage not in OVER:
            said = f"{letter.kind_label} {letter.number} {letter.title}"
            found[letter_subject(letter.key)] = said[:200]
    for row in indicators_list(viewer, moment):
        found[subject_key("indicator", row.key)] = row.name[:200]
    return found


def people_of_unit(unit: str) -> dict[str, str]:
    """Names of those with a post in a unit now, by key."""
    return names_of(people_with(unit, UNIT_ROLES))


@dataclass(frozen=True)
class Held:
    """An application as somebody finds it, with what they are to it."""

    exemption: Exemption
    state: ExemptionState
    roles: frozenset[str]

    @property
    def subject(self) -> str:
        """The application as acts name it."""
        return subject_key("exemption", self.exemption.key)

    @property
    def scope(self) -> dict[str, str]:
        """The scope of what is written about it."""
        return {"city": self.exemption.city, "unit": self.exemption.unit}

    @property
    def address(self) -> str:
        """The page of the application."""
        return f"/supervision/exemptions/{self.exemption.key}/"


def hold_exemption(exemption: str, by: str, moment: Moment, seen: int | None = None) -> Held:
    """The application as `by` finds it now: `NotFound` where they may not open it, `Conflict`
    where `seen` is no longer the position of its state."""
    viewer = viewer_of_person(by)
    one = exemption_for(viewer, exemption, moment)
    state = ExemptionState.objects.open().get(exemption=one)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这份申请刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return Held(one, state, roles_for(viewer, one, body_roles(viewer, one.city, moment)))
