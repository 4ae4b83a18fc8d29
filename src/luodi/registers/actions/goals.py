"""How many shall stand on a register by a year: entered, corrected, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.changes import changed
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.orgs.queries import viewer_of_person, visible

from ..models import RegisterGoal, RegisterGoalState
from ..queries import rules_at
from ..queries.goals import YEARS, check_place, checked_goal


def set_goal(
    *,
    city: str,
    register: str,
    unit: str,
    year: int,
    details: dict[str, Any],
    by: str,
    at: datetime,
) -> RegisterGoal:
    """Enter a goal of the whole city (`unit` '') or of a zone or county for a year.

    `details`: base_year, base, target, source. One goal for each place, register and year.
    """
    viewer, moment = viewer_of_person(by), Moment(at)
    rule = rules_at(city, moment, unit).get(register)
    if rule is None or city not in viewer.cities:
        raise NotFound(_("现在没有这个名录。"))
    check_place(rule, viewer, unit, moment)
    if year not in YEARS:
        raise Incomplete(_("目标年份应在 1990 至 2100 之间。"))
    said = checked_goal(year, details)
    key = new_key()
    scope = {"city": city, "zone": unit, "unit": unit}
    with perform(
        "set_goal", by=by, at=at, scope=scope, subjects=[subject_key("register_goal", key)],
        payload={"register": register, "year": year, "target": said["target"]},
    ) as deed:  # fmt: skip
        deed.lock()
        same = RegisterGoalState.objects.open().filter(
            goal__city=city, goal__unit=unit, goal__register=register, goal__year=year,
            withdrawn=False,
        )  # fmt: skip
        if same.exists():
            raise Conflict(_("这个名录当年已有目标，请在原来的目标上更正。"))
        goal = deed.write(RegisterGoal(key=key, register=register, year=year, **scope))
        deed.write(RegisterGoalState(goal_id=key, **said))
    return goal


def revise_goal(
    *, goal: str, details: dict[str, Any], why: str, seen: int | None, by: str, at: datetime
) -> None:
    """Correct a goal, with a reason; what stood before can be seen by date."""
    state = _held(goal, seen, by, at)
    said = checked_goal(state.goal.year, details)
    differs = changed(state, said)
    if not differs:
        raise Incomplete(_("没有改动任何内容。"))
    _replace(state, "revise_goal", why, by, at, {"changed": differs}, said)


def withdraw_goal(*, goal: str, why: str, seen: int | None, by: str, at: datetime) -> None:
    """Say that a goal holds no longer, with a reason."""
    state = _held(goal, seen, by, at)
    _replace(state, "withdraw_goal", why, by, at, {}, {"withdrawn": True})


def _replace(
    state: RegisterGoalState,
    verb: str,
    why: str,
    by: str,
    at: datetime,
    payload: dict[str, Any],
    changes: dict[str, Any],
) -> None:
    if not why.strip():
        raise Incomplete(_("请写明原因。"))
    scope = {name: getattr(state.goal, name) for name in ("city", "zone", "unit")}
    subjects = [subject_key("register_goal", state.goal_id)]
    with perform(
        verb, by=by, at=at, subjects=subjects, scope=scope, payload=payload, why=why.strip()
    ) as deed:
        deed.replace(state, **changes)


def _held(goal: str, seen: int | None, by: str, at: datetime) -> RegisterGoalState:
    """An open goal that the person keeps; `Conflict` where it isn't the one seen."""
    viewer = viewer_of_person(by)
    found = visible(RegisterGoal.objects.filter(key=goal), viewer).first()
    if found is None or viewer.enterprise:
        raise NotFound(_("没有这个目标，或者它不在您的范围内。"))
    state = RegisterGoalState.objects.open().select_related("goal").get(goal=found)
    rule = rules_at(found.city, Moment(at), found.unit).get(found.register)
    if rule is None:
        raise NotFound(_("现在没有这个名录。"))
    check_place(rule, viewer, found.unit, Moment(at))
    if state.withdrawn or (seen is not None and state.since_id != seen):
        raise Conflict(_("别人刚刚办过这一条，请刷新后再看；您填的内容没有写入。"))
    return state
