"""A project as an action finds it: its open state, and what the person may be in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, NotAllowed, NotFound
from luodi.orgs.choices import Role
from luodi.orgs.queries import rules_of_unit, viewer_of_person, visible
from luodi.orgs.rules import UNIT_ROLES, Viewer
from luodi.packs import Stack

from ..models import MergeState, PermitTrack, Project, ProjectState


@dataclass(frozen=True)
class Holding:
    """One project with its open state; `viewer` is the person in it."""

    project: Project
    state: ProjectState
    roles: frozenset[str]
    viewer: Viewer

    @property
    def subject(self) -> str:
        """The key under which acts name the project."""
        return subject_key("project", self.project.key)

    @property
    def scope(self) -> dict[str, str]:
        """The scope columns of what is written about it."""
        return {"city": self.project.city, "zone": self.state.zone, "unit": self.state.lead}

    def rules(self, moment: Moment) -> Stack:
        """The rules of where it is now: its zone's, where that runs its own."""
        return rules_of_unit(self.project.city, self.state.zone, moment)


def roles_in(viewer: Viewer, city: str, lead: str, zone: str) -> frozenset[str]:
    """What a viewer is to a project: lead, zone, office."""
    roles = set()
    if viewer.acts_for(lead, *UNIT_ROLES):
        roles.add("lead")
    if zone and viewer.acts_for(zone, *UNIT_ROLES):
        roles.add("zone")
    if viewer.has(Role.OFFICE) and city in viewer.cities:
        roles.add("office")
    return frozenset(roles)


def hold(project: str, by: str, seen: int | None = None) -> Holding:
    """The project as `by` finds it; `NotFound` outside of the person's scope, `Closed` where it has
    been merged into another, which is where things go on.

    `seen` is the position of the state a form was filled from: `Conflict` where it has changed.
    """
    viewer = viewer_of_person(by)
    found = visible(Project.objects.filter(key=project), viewer).select_related("act").first()
    if found is None:
        raise NotFound(_("没有这个项目，或者它不在您的范围内。"))
    state = ProjectState.objects.open().get(project=found)
    merge = MergeState.objects.open().filter(project=found).first()
    if merge:
        name = ProjectState.objects.open().get(project=merge.root_id).name
        raise Closed(_("这个项目已并入“%(name)s”，请到那个项目办理。") % {"name": name})
    if seen is not None and seen != state.since_id:
        raise Conflict(_("这个项目刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return Holding(found, state, roles_in(viewer, found.city, state.lead, state.zone), viewer)


def hold_survivor(project: str, by: str) -> Holding:
    """The project as `by` finds it, or the one it goes on as: for what hangs on a project and is
    dealt with where that one goes on."""
    root = MergeState.objects.open().filter(project=project).values_list("root_id", flat=True)
    return hold(root.first() or project, by)


def does_paperwork(viewer: Viewer, agent: str) -> bool:
    """Whether a viewer acts for the unit that does a project's paperwork (全代办)."""
    return bool(agent) and viewer.acts_for(agent, *UNIT_ROLES)


def hold_for_permits(project: str, by: str) -> tuple[Holding, str]:
    """The project for somebody who may record its permits, and the unit that does its paperwork.

    Beside whoever may change the project, that unit may: `NotAllowed` for others.
    """
    held = hold(project, by)
    tracks = PermitTrack.objects.open().filter(project=project)
    agent = tracks.values_list("agent", flat=True).first() or ""
    if not held.roles and not does_paperwork(held.viewer, agent):
        raise NotAllowed(_("只有牵头单位、落地区域、代办单位和专班办公室可以登记手续。"))
    return held, agent


def may_merge(one: Collection[str], other: Collection[str]) -> bool:
    """Whether somebody who is this to one project and that to the other may merge them."""
    return ("office" in one and "office" in other) or ("lead" in one and "lead" in other)
