"""A plan judged at a moment: each target and measure by the rules of the city's packs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Max
from django.utils import translation

from luodi.audit.models import Act
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.indicators.queries.pages import goal_text
from luodi.indicators.queries.planned import goals_of_document, units_of_goals
from luodi.indicators.queries.targets import courses_of
from luodi.orgs.rules import whole_city
from luodi.packs.schemas.evaluations import EvaluationRule
from luodi.plans.models import Plan
from luodi.plans.queries import measures_of

from ..rules.evaluations import Found, judge_measure, judge_target


@dataclass(frozen=True)
class Judged:
    """A target or measure as found; `units` answer for it, `sentence` asks for it."""

    subject: str
    order: int
    title: str
    units: tuple[str, ...]
    found: Found
    sentence: str


def settled(moment: Moment) -> Moment:
    """The moment pinned to the last act there is: reading it again later gives the same."""
    if moment.position is not None:
        return moment
    last = Act.objects.aggregate(last=Max("position"))["last"]
    return Moment(moment.at, last or 0)


def judged_at(plan: Plan, end: date, rule: EvaluationRule, moment: Moment) -> list[Judged]:
    """Every target and measure of a plan at the end of a period, by the record of a moment.

    Judged over the whole city and in the record's language, so that it is the same whoever looks;
    in a fixed number of queries.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _judged_at(plan, end, rule, moment)


def _judged_at(plan: Plan, end: date, rule: EvaluationRule, moment: Moment) -> list[Judged]:
    city = whole_city(plan.city)
    goals = goals_of_document(city, plan.document, moment)
    courses, answering = courses_of(city, goals, moment), units_of_goals(goals, moment)
    found = []
    for goal in goals:
        words = f"{goal_text(goal.state, goal.definition.measured_in)}"
        entity = goal.state.target.entity
        found.append(
            Judged(
                subject=subject_key("target", goal.key),
                order=len(found),
                title=f"{entity} {goal.definition.name}".strip()[:300],
                units=answering[goal.key],
                found=judge_target(goal, courses[goal.key], end, rule.tolerance, words),
                sentence=goal.state.target.sentence,
            )
        )
    for row in measures_of(plan, city, moment):
        found.append(
            Judged(
                subject=subject_key("measure", row.key),
                order=len(found),
                title=f"{row.label}{row.title}"[:300],
                units=tuple(unit.key for unit in row.units),
                found=judge_measure(row, end, rule.evidence_days),
                sentence=row.sentence,
            )
        )
    return found
