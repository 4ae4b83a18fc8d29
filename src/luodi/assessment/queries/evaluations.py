"""Evaluations of plans: which are due, how each stands, one page of one; at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found as FoundSubject
from luodi.common.keys import subject_key
from luodi.common.languages import language, titled
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.models import Target, TargetState
from luodi.kit.calendars import Period
from luodi.orgs.choices import Role
from luodi.orgs.queries import pack_of, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas.evaluations import EvaluationRule
from luodi.papers.choices import ISSUED, PaperKind
from luodi.papers.models import Paper, PaperState
from luodi.plans.models import MeasureState, Plan
from luodi.plans.queries import plans_of

from ..choices import PlanVerdict
from ..flows.evaluations import EVALUATION, OFFICE, PUBLISHER
from ..models import (
    Evaluation,
    EvaluationState,
    Judgment,
)
from ..rules.evaluations import counts_of, due_on, evaluation_rules, last_year, rule_for

SHAPES = {"met": "✓", "on_track": "■", "behind": "▲", "missed": "●", "not_computable": "○"}
"""A verdict by its shape, beside its word."""


def verdict_words(verdict: str) -> str:
    """A verdict by shape and word; '' for none."""
    return f"{SHAPES[verdict]} {PlanVerdict(verdict).label}" if verdict else ""


def period_words(period: str) -> str:
    """A period in the reader's words."""
    return Period.parse(period).label(language())


@dataclass(frozen=True)
class EvaluationRow:
    """An evaluation as the list shows it; `counts` are verdicts by number, in their order."""

    key: str
    plan: str
    plan_title: str
    kind_label: str
    period: str
    stage: str
    stage_label: str
    counts: tuple[int, ...]

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("evaluation", args=[self.key])


def evaluations(viewer: Viewer, moment: Moment) -> list[EvaluationRow]:
    """The evaluations of the plans the viewer sees, the newest first.

    Before one is concluded, only those who see the whole city see its counts.
    """
    mine = visible(Evaluation.objects.at(moment), viewer)
    states = list(
        EvaluationState.objects.at(moment)
        .filter(evaluation__in=mine.values("key"))
        .select_related("evaluation__plan")
        .order_by("-evaluation__act")
    )
    verdicts: dict[str, list[str]] = defaultdict(list)
    judged = Judgment.objects.at(moment).filter(evaluation__in=mine.values("key"))
    for key, verdict in judged.values_list("evaluation", "verdict"):
        verdicts[key].append(verdict)
    return [shown_row(state, verdicts[state.evaluation_id], viewer) for state in states]


def shown_row(state: EvaluationState, verdicts: list[str], viewer: Viewer) -> EvaluationRow:
    """A line of the list: counts only for whoever may see every row."""
    one = state.evaluation
    shown = sees_all(viewer, state) and state.stage != EVALUATION.start
    return EvaluationRow(
        key=one.key,
        plan=one.plan_id,
        plan_title=one.plan.title,
        kind_label=str(one.get_kind_display()),
        period=one.period,
        stage=state.stage,
        stage_label=EVALUATION.state(state.stage).label(language()),
        counts=tuple(n for _verdict, n in counts_of(verdicts)) if shown else (),
    )


def sees_all(viewer: Viewer, state: EvaluationState) -> bool:
    """Whether every row is shown: before the conclusion, a unit sees what is its own."""
    return viewer.sees_whole_city or state.stage in ("concluded", "published", "withheld")


@dataclass(frozen=True)
class DueEvaluation:
    """An evaluation the city's rules ask for; `key` is the one there is, '' where none."""

    plan: str
    plan_title: str
    kind: str
    title: str
    period: str
    due_on: date
    late: bool
    key: str
    stage_label: str


def due_evaluations(viewer: Viewer, moment: Moment) -> list[DueEvaluation]:
    """What is to be evaluated of each plan over its term, by due day; done ones with their stage.

    A plan whose targets and measures name no year has no term: it isn't listed.
    """
    plans = list(plans_of(viewer, moment))
    terms = _terms(plans, moment)
    rules = {city: evaluation_rules(pack_of(city, moment), moment.today) for city in viewer.cities}
    states = EvaluationState.objects.at(moment).filter(evaluation__plan__in=plans)
    there = {
        (s.evaluation.plan_id, s.evaluation.kind, s.evaluation.period): s
        for s in states.select_related("evaluation")
    }
    found = []
    for plan in plans:
        for rule in rules.get(plan.city, ()) if plan.key in terms else ():
            for period, day in due_on(rule, *terms[plan.key]):
                state = there.get((plan.key, rule.scope, period))
                found.append(
                    DueEvaluation(
                        plan=plan.key,
                        plan_title=plan.title,
                        kind=rule.scope,
                        title=titled(rule),
                        period=period,
                        due_on=day,
                        late=state is None and day < moment.today,
                        key=state.evaluation_id if state else "",
                        stage_label=EVALUATION.state(state.stage).label(language())
                        if state
                        else "",
                    )
                )
    return sorted(found, key=lambda one: (one.due_on, one.plan_title))


def _terms(plans: Iterable[Plan], moment: Moment) -> dict[str, tuple[int, int]]:
    """First and last year of plans that name one."""
    plans = list(plans)
    periods: dict[str, list[str]] = defaultdict(list)
    states = TargetState.objects.at(moment).filter(target__document__in=[p.document for p in plans])
    for document, period in states.values_list("target__document", "period"):
        periods[document].append(period)
    days: dict[str, list[date]] = defaultdict(list)
    measures = MeasureState.objects.at(moment).filter(measure__plan__in=plans, due_on__isnull=False)
    for plan, day in measures.values_list("measure__plan", "due_on"):
        days[plan].append(day)
    found = {}
    for plan in plans:
        last = last_year(periods[plan.document], days[plan.key])
        if last and plan.issued_on and last >= plan.issued_on.year:
            found[plan.key] = (plan.issued_on.year, min(last, plan.issued_on.year + 30))
    return found


def evaluation_for(viewer: Viewer, key: str, moment: Moment) -> Evaluation:
    """An evaluation within the viewer's scope, or `NotFound`."""
    rows = visible(Evaluation.objects.at(moment).filter(key=key), viewer)
    one = rows.select_related("plan", "act").first()
    if one is None:
        raise NotFound(_("没有这次评估，或者它不在您的范围内。"))
    return one


def roles_in(viewer: Viewer, rule: EvaluationRule | None) -> frozenset[str]:
    """What the viewer is to the evaluations of their city."""
    found = {OFFICE} if viewer.has(Role.OFFICE) else set()
    if rule and viewer.has(*rule.publishers):
        found.add(PUBLISHER)
    return frozenset(found)


def rule_of(one: Evaluation, moment: Moment) -> EvaluationRule | None:
    """The rule an evaluation runs by: that of the day it was opened, so it keeps its yardstick."""
    then = Moment(one.act.at, one.act_id)
    return rule_for(pack_of(one.city, then), then.today, one.kind)


def paper_of(one: Evaluation, moment: Moment) -> PaperState | None:
    """The evaluation report, if it was begun."""
    paper = Paper.objects.filter(
        city=one.city, kind=PaperKind.EVALUATION_REPORT, about=subject_key("evaluation", one.key)
    )
    return PaperState.objects.at(moment).select_related("paper").filter(paper__in=paper).first()


def is_signed(one: Evaluation, moment: Moment) -> bool:
    """Whether the report of an evaluation has been signed."""
    paper = paper_of(one, moment)
    return paper is not None and paper.stage in ISSUED


def find_evaluation(key: str) -> FoundSubject | None:
    """An evaluation as a subject."""
    one = Evaluation.objects.filter(key=key).select_related("plan").first()
    if one is None:
        return None
    title = f"{one.plan.title} {one.get_kind_display()} {period_words(one.period)}"
    return FoundSubject(
        title, reverse("evaluation", args=[key]), _("规划评估"), "", {"city": one.city}
    )


def find_goal(key: str) -> FoundSubject | None:
    """A target as the source of a figure: its page leads to the sentence and to the values."""
    one = Target.objects.filter(key=key).select_related("indicator").first()
    if one is None:
        return None
    definition = one.indicator.definitions.filter(until=None).first()
    name = definition.name if definition else one.key
    scope = {"city": one.city, "unit": one.unit}
    return FoundSubject(name, reverse("goal", args=[key]), _("目标"), "", scope, searched=False)
