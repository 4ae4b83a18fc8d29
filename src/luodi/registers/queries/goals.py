"""The goals of a register, the pack's and those entered, each with how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import homes_of, owned, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import RegisterRule

from ..models import EntryState, RegisterGoal, RegisterGoalState
from ..rules import Aim, Progress, expected, keeps_register, rule_for
from .entries import homes_of_entries, rules_seen

YEARS = range(1990, 2101)
MOST = 1_000_000


@dataclass(frozen=True)
class GoalRow:
    """A goal in words; `progress` is None where the viewer doesn't see all that it counts.

    `key` is '' for a goal of the pack, `seen` the position of the state shown.
    """

    key: str
    place: str
    aim: Aim
    source: str
    progress: Progress | None
    seen: int = 0
    may_revise: bool = False


def places_of_goals(rule: RegisterRule, viewer: Viewer, moment: Moment) -> list[tuple[str, str]]:
    """Key and name of the places whose goals a viewer enters: '' is the whole city."""
    if viewer.enterprise:
        return []
    city = [("", _("全市"))] if viewer.has("office") and "office" in rule.keepers else []
    homes = homes_of(viewer, moment)
    return city + [(key, name) for key, name in homes if keeps_register(viewer, rule, key)]


def goals_of(
    rule: RegisterRule, viewer: Viewer, moment: Moment, states: Sequence[EntryState]
) -> list[GoalRow]:
    """The goals of a register in the viewer's scope, by year; `states` are its entries in sight."""
    counted = _counted(states, viewer, moment)
    year = moment.today.year
    rows = []
    if rule.goal:
        given = rule.goal
        aim = Aim(given.base_year, given.base, given.year, given.target)
        progress = _progress(aim, "", counted, year, viewer)
        rows.append(GoalRow("", _("全市"), aim, owned(rule), progress))
    mine = visible(RegisterGoal.objects.at(moment).filter(register=rule.key), viewer)
    found = RegisterGoalState.objects.at(moment).filter(goal__in=mine, withdrawn=False)
    goals = list(found.select_related("goal").order_by("goal__year", "goal__unit", "goal"))
    names = unit_names({one.goal.unit for one in goals if one.goal.unit}, moment)
    places = {} if moment.is_past else dict(places_of_goals(rule, viewer, moment))
    for one in goals:
        aim = Aim(one.base_year, one.base, one.goal.year, one.target)
        unit = one.goal.unit
        rows.append(
            GoalRow(
                one.goal_id,
                names.get(unit, "—") if unit else _("全市"),
                aim,
                one.source,
                _progress(aim, unit, counted, year, viewer),
                one.since_id,
                unit in places,
            )
        )
    return rows


Counts = dict[str, tuple[int, int]]
"""By unit ('' for all): how many count, and how many have run out."""


def _counted(states: Sequence[EntryState], viewer: Viewer, moment: Moment) -> Counts:
    rules = rules_seen(viewer, moment)
    homes = homes_of_entries(states, moment)
    counts: Counts = {}
    for state in states:
        stage = rule_for(state.entry.rule, state.stage, rules).stage(state.stage)
        if state.ended or stage is None or not stage.counts:
            continue
        lapsed = state.until_on is not None and state.until_on < moment.today
        for unit in ("", homes[state.entry_id]):
            count, over = counts.get(unit, (0, 0))
            counts[unit] = (count, over + 1) if lapsed else (count + 1, over)
    return counts


def _progress(aim: Aim, unit: str, counts: Counts, year: int, viewer: Viewer) -> Progress | None:
    whole = viewer.sees_whole_city or (unit and unit in viewer.units)
    count, lapsed = counts.get(unit, (0, 0))
    return Progress(aim, count, lapsed, year) if whole else None


def expected_in(viewer: Viewer, rules: Iterable[RegisterRule], moment: Moment) -> dict[str, int]:
    """How many each register should hold by the end of this year where the viewer looks: by the
    goal of the city for who sees it whole, else by that of the viewer's own unit."""
    unit, year = ("" if viewer.sees_whole_city else viewer.unit), moment.today.year
    found = {}
    if not unit:
        found = {rule.key: expected(rule, year) for rule in rules}
    rows = RegisterGoalState.objects.at(moment).filter(
        goal__city=viewer.city, goal__unit=unit, goal__year__gte=year, withdrawn=False
    )
    for one in rows.select_related("goal").order_by("-goal__year", "goal"):
        aim = Aim(one.base_year, one.base, one.goal.year, one.target)
        line = aim.expected(year)
        found[one.goal.register] = found.get(one.goal.register) if line is None else line
    return {key: line for key, line in found.items() if line is not None}


def goal_for(key: str, viewer: Viewer, moment: Moment) -> RegisterGoalState:
    """A goal within the viewer's scope, or `NotFound`."""
    mine = visible(RegisterGoal.objects.at(moment).filter(key=key), viewer)
    found = RegisterGoalState.objects.at(moment).filter(goal__in=mine, withdrawn=False)
    state = found.select_related("goal").first()
    if state is None or viewer.enterprise:
        raise NotFound(_("没有这个目标，或者它不在您的范围内。"))
    return state


def check_place(rule: RegisterRule, viewer: Viewer, unit: str, moment: Moment) -> None:
    """Refuse a place whose goals aren't the viewer's to enter."""
    if unit not in dict(places_of_goals(rule, viewer, moment)):
        raise NotAllowed(_("全市目标由专班办公室登记，各开发区、县区登记自己的。"))


def checked_goal(year: int, details: dict[str, Any]) -> dict[str, Any]:
    """The columns of a goal from what was given."""
    said = {name: details.get(name) for name in ("base_year", "base", "target")}
    if any(not isinstance(value, int) for value in said.values()):
        raise Incomplete(_("请填写基期年份、基数和目标数。"))
    if said["base_year"] not in YEARS or said["base_year"] >= year:
        raise Incomplete(_("基期年份应早于目标年份。"))
    if not 0 <= said["base"] <= MOST or not 1 <= said["target"] <= MOST:
        raise Incomplete(_("基数应不小于 0，目标应不小于 1，都不超过 100 万。"))
    source = str(details.get("source") or "").strip()
    if not source:
        raise Incomplete(_("请写明目标的出处，例如文件名称和文号。"))
    return said | {"source": source[:300]}
