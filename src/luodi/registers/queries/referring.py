"""To which unit an entry may be referred."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.orgs.choices import UnitKind
from luodi.orgs.queries import people_with, unit_names, units_of
from luodi.packs.schemas import RegisterMove, RegisterRule

from ..models import EntryState
from .entries import home_of

NO_UNITS = {UnitKind.CITY, UnitKind.COLLECTIVE, UnitKind.TASK_FORCE, UnitKind.LEADING_GROUP}


def units_to_refer_to(state: EntryState, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the units an entry may be handed to: not its home, nor who has it."""
    rows = units_of(state.entry.city, moment).exclude(kind__in=NO_UNITS)
    here = {home_of(state), state.referred_to}
    return [(row.of_id, row.short_name or row.name) for row in rows if row.of_id not in here]


def referred_columns(
    rule: RegisterRule, step: RegisterMove, state: EntryState, unit: str, moment: Moment
) -> dict[str, str]:
    """What a step says of the unit an entry is with; refuses a unit that can't go on with it."""
    if step.returns:
        return {"referred_to": ""}
    if not step.refers:
        return {}
    if not unit:
        raise Incomplete(_("请选择转办单位。"))
    if unit == home_of(state):
        raise Incomplete(_("不能转办给自己，请选择别的单位。"))
    if unit == state.referred_to:
        raise Incomplete(_("已经在这个单位办理，请选择别的单位。"))
    units = dict(units_to_refer_to(state, moment))
    if unit not in units:
        raise Incomplete(_("没有这个单位，或者它已经撤销；请从列表里选择。"))
    roles = {role for move in rule.moves if move.by == "referred" for role in move.roles}
    if roles and not people_with(unit, roles):
        said = {"unit": units[unit]}
        raise Incomplete(_("“%(unit)s”还没有能办理的人员，转过去没有人接。") % said)
    return {"referred_to": unit}


def unit_in_words(unit: str, moment: Moment) -> str:
    """What a unit is called at a moment; one that is gone by that."""
    return unit_names([unit], moment).get(unit) or _("已撤销的单位")
