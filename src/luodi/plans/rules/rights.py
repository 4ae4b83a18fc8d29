"""Who may do what, and a refused move as a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import language
from luodi.common.refusals import Closed, Incomplete, NotAllowed
from luodi.kit.flows import Flow, Step
from luodi.orgs.choices import Role
from luodi.orgs.rules import Viewer

WRITERS = (Role.CLERK, Role.ZONE_STAFF, Role.SECTION_HEAD)
REFUSALS = {"flow.wrong_role": NotAllowed, "flow.missing": Incomplete}


def require_office(viewer: Viewer, city: str) -> None:
    """Refuse everybody but the office of the city."""
    if not viewer.has(Role.OFFICE) or city not in viewer.cities:
        raise NotAllowed(_("只有专班办公室可以办理这一步。"))


def require_writer(viewer: Viewer, unit: str) -> None:
    """Refuse everybody but the unit's own clerks and section heads."""
    if not viewer.acts_for(unit, *WRITERS):
        raise NotAllowed(_("只有本单位的经办人和科长可以编写本单位的年度计划。"))


def roles_in(viewer: Viewer, unit: str) -> frozenset[str]:
    """The roles a viewer holds in one unit, those stood in for among them."""
    return frozenset(role for held, role in viewer.unit_roles if held == unit)


def require_move(
    flow: Flow,
    state: str,
    name: str,
    present: Mapping[str, Any],
    roles: Collection[str],
) -> Step:
    """The step of a flow, or its refusal raised as a sentence."""
    step = flow.move(state, name, present, roles)
    if isinstance(step, Step):
        return step
    kind = REFUSALS.get(step.code, Closed)
    raise kind(step.says(language()), step.code)
