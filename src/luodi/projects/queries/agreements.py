"""Agreements as they stand: milestones, promises judged, the re-check; as known at any moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luodi.common.languages import language, titled
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.orgs.queries import names_of, owned, rulebook, rules_of_unit
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import MilestoneRule, PromiseRule

from ..choices import Series, Teller
from ..flows import AGREEMENT
from ..models import (
    AgreementState,
    MoneyFigure,
    Project,
    ProjectState,
    PromiseResult,
    StageMove,
)
from ..rules import Pipeline
from ..rules.agreements import (
    Milestone,
    Promised,
    Value,
    counted,
    judge_promise,
    milestone,
    milestones_of,
    promises_of,
    unit_of,
)
from ..rules.money import decimal_of, exact
from .heads import ProjectHead
from .merged import living
from .pipelines import pipeline_at
from .rows import Row, rows_of


@dataclass(frozen=True)
class AgreementRow:
    """An agreement as it stands on the day of a moment."""

    row: Row
    state: AgreementState
    land: Decimal | None
    milestones: tuple[Milestone, ...]
    promised: tuple[Promised, ...]
    overdue: int = 0
    """So many days the deadline of a rectification has passed."""

    @property
    def key(self) -> str:
        """The key of the project."""
        return self.row.key

    @property
    def stage_label(self) -> str:
        """The stage of the re-check in words."""
        return AGREEMENT.state(self.state.stage).label(language())

    @property
    def waiting(self) -> Milestone | None:
        """The first milestone still to come."""
        return next((one for one in self.milestones if one.waiting), None)

    @property
    def counts(self) -> dict[str, int]:
        """How many promises have each verdict."""
        return counted({one.rule.key: one for one in self.promised})

    @property
    def short(self) -> tuple[Promised, ...]:
        """The promises that are due and not kept."""
        return tuple(one for one in self.promised if one.verdict == "short")


@dataclass(frozen=True)
class ResultShown:
    """One version of what came of a promise in a year."""

    item: str
    label: str
    year: int
    amount: Decimal
    unit: str
    why: str
    who: str
    at: datetime
    since: int
    before: tuple[ResultShown, ...] = ()


@dataclass(frozen=True)
class AgreementPage:
    """The agreement of one project, if it has one; `moves` are what may be done."""

    agreement: AgreementRow | None
    results: tuple[ResultShown, ...]
    moves: tuple[tuple[str, str], ...]
    rules: tuple[PromiseRule, ...]
    days: tuple[MilestoneRule, ...]
    source: str
    seen: int


@dataclass(frozen=True)
class AgreementsPage:
    """All agreements the viewer may see."""

    rows: list[AgreementRow]
    near: list[AgreementRow]
    short: list[AgreementRow]
    breaches: list[AgreementRow]
    source: str


def promises_at(city: str, zone: str, moment: Moment) -> tuple[PromiseRule, ...]:
    """What agreements promise in a zone of a city, or elsewhere in it, at a moment."""
    return promises_of(rules_of_unit(city, zone, moment), moment.today)


def milestones_at(city: str, zone: str, moment: Moment) -> tuple[MilestoneRule, ...]:
    """The milestones of agreements in a zone of a city, or elsewhere in it, at a moment."""
    return milestones_of(rules_of_unit(city, zone, moment), moment.today)


def agreements(viewer: Viewer, moment: Moment) -> AgreementsPage:
    """Agreements with their milestones and promises, in a fixed number of queries."""
    rows = agreements_of(living(viewer, moment), viewer.city, moment)
    return AgreementsPage(
        rows=rows,
        near=[one for one in rows if one.waiting and one.waiting.light in ("red", "yellow")],
        short=[one for one in rows if one.short],
        breaches=[one for one in rows if one.state.stage not in ("running", "kept")],
        source=_source(milestones_at(viewer.city, viewer.unit, moment)),
    )


def agreement_page(head: ProjectHead, moment: Moment) -> AgreementPage:
    """The agreement of one project as known at the moment, results with their versions."""
    city = head.project.city
    mine = Project.objects.filter(key=head.project.key)
    found = next(iter(agreements_of(mine, city, moment)), None)
    rules = promises_at(city, head.state.zone, moment)
    stage = found.state.stage if found else ""
    moves = AGREEMENT.available(stage, head.roles) if found and head.roles else ()
    return AgreementPage(
        agreement=found,
        results=tuple(_results(found.state.agreement_id, rules, moment)) if found else (),
        moves=tuple((move.name, move.label(language())) for move in moves),
        rules=rules,
        days=milestones_at(city, head.state.zone, moment),
        source=_source(rules),
        seen=found.state.since_id if found else 0,
    )


def _source(rules: Iterable[PromiseRule | MilestoneRule]) -> str:
    """Whose rules they are and where they stand."""
    first = next(iter(rules), None)
    return owned(first) if first else ""


def agreements_of(mine: QuerySet[Project], city: str, moment: Moment) -> list[AgreementRow]:
    """The agreements of the given projects, which the caller has scoped."""
    states = agreement_states(mine, moment)
    with_one = Project.objects.filter(key__in=list(states))
    rows = rows_of(with_one, city, moment)
    agreements = [state.agreement_id for state in states.values()]
    record = _Record(with_one, agreements, city, moment)
    found = [record.row(row, states[row.key]) for row in rows]
    return sorted(found, key=lambda one: (_urgency(one), one.row.name))


def agreement_states(mine: QuerySet[Project], moment: Moment) -> dict[str, AgreementState]:
    """The agreements of projects by key, as they stood at a moment."""
    rows = AgreementState.objects.at(moment).filter(agreement__project__in=mine.values("key"))
    return {state.agreement.project_id: state for state in rows.select_related("agreement")}


def _urgency(one: AgreementRow) -> tuple[bool, date]:
    waiting = one.waiting
    return waiting is None, waiting.day if waiting and waiting.day else date.max


class _Record:
    """What the record holds about some projects: results, figures, outputs, the days of stages."""

    def __init__(
        self, mine: QuerySet[Project], agreements: Iterable[str], city: str, moment: Moment
    ) -> None:
        keys, self.moment = mine.values("key"), moment
        self.city, book = city, rulebook([city], moment)
        self.promises = book.each(lambda stack: promises_of(stack, moment.today))
        self.days = book.each(lambda stack: milestones_of(stack, moment.today))
        self.pipeline = pipeline_at(city, moment)
        self.results: dict[tuple[str, str], PromiseResult] = {}
        told = PromiseResult.objects.at(moment).filter(agreement__in=agreements)
        for result in told.order_by("year"):
            self.results[result.agreement_id, result.item] = result
        figures = MoneyFigure.objects.at(moment).filter(
            project__in=keys, series=Series.DISPATCH, told_by=Teller.UNIT
        )
        self.figures = {
            f.project_id: f for f in figures.exclude(since_start=None).order_by("period")
        }
        self.states = {
            s.project_id: s for s in ProjectState.objects.at(moment).filter(project__in=keys)
        }
        self.moves: dict[str, list[StageMove]] = defaultdict(list)
        for move in StageMove.objects.at(moment).filter(project__in=keys).order_by("act", "id"):
            self.moves[move.project_id].append(move)

    def row(self, row: Row, state: AgreementState) -> AgreementRow:
        """One agreement, judged on the day of the moment."""
        land, today = exact(state.land, state.land_scale), self.moment.today
        days = {key: date.fromisoformat(day) for key, day in state.days.items()}
        promised = tuple(
            judge_promise(
                rule,
                Fraction(state.promises[rule.key][0], 10 ** state.promises[rule.key][1]),
                land,
                self._value(row.key, state.agreement_id, rule),
                days.get(rule.due),
                today,
            )
            for rule in self.promises(self.city, row.zone_unit)
            if rule.key in state.promises
        )
        milestones = tuple(
            milestone(rule, days.get(rule.key), self._done(row, state, rule), today)
            for rule in self.days(self.city, row.zone_unit)
        )
        return AgreementRow(
            row=row,
            state=state,
            land=None if land is None else decimal_of(land),
            milestones=milestones,
            promised=promised,
            overdue=_overdue(state, today),
        )

    def _value(self, project: str, agreement: str, rule: PromiseRule) -> Value | None:
        """What was reported last; else what the record holds already."""
        result = self.results.get((agreement, rule.key))
        if result:
            said = _("%(year)s 年填报") % {"year": result.year}
            return Value(Fraction(result.amount, 10**result.amount_scale), result.year, said)
        figure = self.figures.get(project)
        if rule.from_record == "investment" and figure:
            amount = exact(figure.since_start, figure.since_start_scale)
            said = _("调度完成投资，%(month)s") % {"month": period_label(figure.period)}
            return Value(amount, 0, said) if amount is not None else None
        state = self.states[project]
        if rule.from_record == "output" and state.actual_output is not None:
            amount = Fraction(state.actual_output, 10**state.actual_output_scale)
            return Value(amount, 0, _("项目登记的实际年产值"))
        return None

    def _done(self, row: Row, state: AgreementState, rule: MilestoneRule) -> date | None:
        """When a milestone was met; None where it wasn't, or was gone back behind."""
        if rule.recheck:
            return state.rechecked_on
        target, here = self.pipeline.get(rule.reached), self.pipeline.get(row.stage)
        if target is None or here is None or here.final or here.order < target.order:
            return None
        return _entered(self.moves[row.key], target.order, self.pipeline) or row.moved_on


def _overdue(state: AgreementState, today: date) -> int:
    """How many days a rectification is late; 0 where none is."""
    if state.stage != "rectifying" or state.rectify_by is None:
        return 0
    return max(0, (today - state.rectify_by).days)


def _entered(moves: Iterable[StageMove], order: int, pipeline: Pipeline) -> date | None:
    """The day of the last step over a place in the order."""
    found = None
    for move in moves:
        before, after = (_order(stage, pipeline) for stage in (move.from_stage, move.to_stage))
        if before < order <= after:
            found = move.happened_on
    return found


def _order(stage: str, pipeline: Pipeline) -> int:
    rule = pipeline.get(stage)
    return rule.order if rule and not rule.final else 0


def _results(agreement: str, rules: Iterable[PromiseRule], moment: Moment) -> Iterable[ResultShown]:
    """What was reported, year by year, the latest version first."""
    by_key = {rule.key: rule for rule in rules}
    rows = list(
        PromiseResult.objects.ever(moment)
        .filter(agreement=agreement)
        .select_related("since")
        .order_by("-year", "item", "-since")
    )
    people = names_of({row.since.by for row in rows})
    versions: dict[tuple[str, int], list[ResultShown]] = defaultdict(list)
    for row in rows:
        rule = by_key.get(row.item)
        versions[row.item, row.year].append(_result(row, rule, people))
    for some in versions.values():
        first, *before = some
        yield ResultShown(**{**vars(first), "before": tuple(before)})


def _result(row: PromiseResult, rule: PromiseRule | None, people: Mapping[str, str]) -> ResultShown:
    unit = "" if rule is None else rule.measured_in if rule.per_land else unit_of(rule)
    return ResultShown(
        item=row.item,
        label=titled(rule) if rule else row.item,
        year=row.year,
        amount=decimal_of(Fraction(row.amount, 10**row.amount_scale)),
        unit=unit,
        why=row.why,
        who=people.get(row.since.by, "—"),
        at=row.since.at,
        since=row.since_id,
    )
