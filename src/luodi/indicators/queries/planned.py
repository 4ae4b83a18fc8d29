"""The goals of one adopted document, and the units that answer for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from luodi.common.moments import Moment
from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..models import Asked, Definition, Target, TargetState, Trajectory
from .targets import Goal, goal_from


def goals_of_document(viewer: Viewer, document: str, moment: Moment) -> list[Goal]:
    """The goals a document set, in its order, as known at the moment."""
    mine = visible(Target.objects.at(moment).filter(document=document), viewer)
    states = list(
        TargetState.objects.at(moment)
        .filter(target__in=mine.values("key"))
        .select_related("target")
        .order_by("target__act", "pk")
    )
    indicators = {state.target.indicator_id for state in states}
    definitions = {
        row.indicator_id: row
        for row in Definition.objects.at(moment).filter(indicator__in=indicators)
    }
    trajectories = {
        row.target_id: row
        for row in Trajectory.objects.at(moment).filter(target__in=[s.target_id for s in states])
    }
    return [
        goal_from(state, definitions[state.target.indicator_id], trajectories.get(state.target_id))
        for state in states
        if state.target.indicator_id in definitions
    ]


def units_of_goals(goals: Iterable[Goal], moment: Moment) -> dict[str, tuple[str, ...]]:
    """The units that answer for goals, by key: whose goal it is, who answers for the figure, whom
    a measure asks for it."""
    goals = list(goals)
    asked: dict[str, list[str]] = defaultdict(list)
    rows = Asked.objects.at(moment).filter(indicator__in={g.definition.indicator_id for g in goals})
    for row in rows.order_by("pk"):
        asked[row.indicator_id].append(row.unit)
    found = {}
    for goal in goals:
        named = [goal.state.target.unit, goal.definition.answers]
        named += asked[goal.definition.indicator_id]
        found[goal.key] = tuple(dict.fromkeys(unit for unit in named if unit))
    return found


def later_goals(viewer: Viewer, goals: Iterable[Goal], moment: Moment) -> dict[str, list[Goal]]:
    """Goals adopted after each of `goals` for the same indicator and period, with a sentence: what
    an amended plan says in its place."""
    goals = list(goals)
    indicators = {goal.definition.indicator_id for goal in goals}
    mine = visible(Target.objects.at(moment).filter(indicator__in=indicators), viewer)
    states = TargetState.objects.at(moment).filter(target__in=mine.values("key"))
    found: dict[str, list[Goal]] = defaultdict(list)
    by_key = {goal.definition.indicator_id: goal.definition for goal in goals}
    for state in states.exclude(target__sentence="").select_related("target").order_by("pk"):
        other = goal_from(state, by_key[state.target.indicator_id], None)
        for goal in goals:
            same = goal.definition.indicator_id == state.target.indicator_id
            if same and state.target.act_id > goal.state.target.act_id:
                found[goal.key].append(other)
    return found
