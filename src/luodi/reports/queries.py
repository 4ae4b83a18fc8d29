"""The rows a progress report is composed from, read at one position of the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max

from luodi.audit.models import Act
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.indicators.models import Definition, Value
from luodi.kit.calendars import Period
from luodi.kit.quantities import show
from luodi.ledger.queries import Row, items
from luodi.orgs.models import UnitState
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.papers.choices import PaperKind
from luodi.papers.models import Paper, PaperState
from luodi.papers.queries import draft_of, office_units, paper_about, policy_for
from luodi.papers.rules.snapshot import Content
from luodi.plans.choices import ReportStage
from luodi.plans.models import Plan, Round
from luodi.plans.queries import MeasureRow, measures_of, plans_of, round_for, round_overview
from luodi.plans.queries.overviews import RoundOverview
from luodi.plans.queries.reports import ReportRow
from luodi.plans.queries.rounds import RoundRow, rounds_of

from .rules import (
    MeasureLine,
    Month,
    OpenItem,
    ReportedFigure,
    UnitTally,
    UnitWords,
    compose,
)


@dataclass(frozen=True)
class Composition:
    """A report composed at `position`, the last act that was read."""

    month: Month
    content: Content
    own: Mapping[str, str]
    version: int
    position: int


@dataclass(frozen=True)
class RoundLine:
    """A month of a plan and the paper that is written about it."""

    key: str
    plan_title: str
    period: str
    stage: str
    paper: str
    paper_stage: str
    number: str


def settled(moment: Moment) -> Moment:
    """The moment pinned to the last act there is: reading it again later gives the same."""
    if moment.position is not None:
        return moment
    last = Act.objects.aggregate(last=Max("position"))["last"]
    return Moment(moment.at, last or 0)


def compose_progress_report(round: str, viewer: Viewer, moment: Moment) -> Composition:
    """The progress report of a round as it stands, with the office's own words in their places.

    Raises `NotFound` for a round outside the viewer's scope.
    """
    then = settled(moment)
    month = month_of(round_for(viewer, round, then), viewer, then)
    paper = paper_of(round)
    draft = draft_of(paper) if paper and paper.unit in office_units(viewer, moment) else None
    own = dict(draft.paragraphs) if draft else {}
    version = draft.version if draft else 0
    return Composition(month, compose(month, own), own, version, then.position or 0)


def paper_of(round: str) -> Paper | None:
    """The paper about a round, if one was begun."""
    row = Round.objects.filter(key=round).first()
    if row is None:
        return None
    return paper_about(row.city, PaperKind.PROGRESS_REPORT, subject_key("round", round))


def month_of(round: RoundRow, viewer: Viewer, moment: Moment) -> Month:
    """The rows of one month, in a fixed number of queries."""
    plan = Plan.objects.get(key=round.plan)
    overview = round_overview(round, viewer, moment)
    reports = [row for line in overview.units for row in line.reports]
    policy = policy_for(plan.city, PaperKind.PROGRESS_REPORT, moment)
    return Month(
        round=round.key,
        plan=plan.key,
        plan_title=plan.title,
        year=int(round.period[:4]),
        period=round.period,
        period_label=Period.parse(round.period).label("zh"),
        today=moment.today,
        office=office_name(plan, viewer, moment),
        masthead=policy.title or Month.masthead,
        report_to=policy.report_to,
        copy_to=policy.copy_to,
        measures=_measures(measures_of(plan, viewer, moment), reports, moment),
        units=_tallies(overview),
        items=tuple(_item(row) for row in items(viewer, moment, {"show": "open"})),
    )


def office_name(plan: Plan, viewer: Viewer, moment: Moment) -> str:
    """The office of the plan's task force, or the unit in which the office sits."""
    organ = UnitState.objects.at(moment).filter(of=plan.organ).first() if plan.organ else None
    if organ:
        return f"{organ.name}办公室"
    return unit_names({viewer.unit}, moment).get(viewer.unit, "") or plan.issuer or plan.title


def _measures(
    rows: Iterable[MeasureRow], reports: Iterable[ReportRow], moment: Moment
) -> tuple[MeasureLine, ...]:
    by_measure: dict[str, list[ReportRow]] = defaultdict(list)
    for report in reports:
        by_measure[report.measure].append(report)
    figures = _figures(reports, moment)
    return tuple(_measure(row, by_measure[row.key], figures) for row in rows)


def _measure(
    row: MeasureRow, reports: list[ReportRow], figures: Mapping[str, list[ReportedFigure]]
) -> MeasureLine:
    accepted = [r for r in reports if r.stage == ReportStage.ACCEPTED]
    return MeasureLine(
        key=row.key,
        title=row.title,
        label=row.label,
        path=row.path,
        light=row.light[0],
        due_on=row.due_on,
        words=tuple(_words(r) for r in accepted),
        figures=tuple(found for r in accepted for found in figures.get(r.key, ())),
        missing=tuple(r.unit_name for r in reports if r.stage != ReportStage.ACCEPTED),
    )


def _words(row: ReportRow) -> UnitWords:
    return UnitWords(
        report=row.key,
        unit=row.unit,
        unit_name=row.unit_name,
        said=row.text,
        nothing_new=row.nothing_new,
        problem=row.problem,
        consolidates=row.consolidates,
    )


def _figures(reports: Iterable[ReportRow], moment: Moment) -> dict[str, list[ReportedFigure]]:
    """Values by the report they came with; the newest where one was revised."""
    rows = {subject_key("report", r.key): r for r in reports if r.stage == ReportStage.ACCEPTED}
    values = Value.objects.at(moment).filter(origin__in=rows)
    newest = {(v.origin, v.indicator_id): v for v in values}
    names = {
        d.indicator_id: d
        for d in Definition.objects.at(moment).filter(indicator__in={k[1] for k in newest})
    }
    found: dict[str, list[ReportedFigure]] = defaultdict(list)
    for (origin, indicator), value in newest.items():
        report, definition = rows[origin], names.get(indicator)
        if definition:
            shown = show(value.amount, value.scale, grouping=True)
            found[report.key].append(
                ReportedFigure(
                    definition.name, shown, definition.measured_in, report.unit_name, report.key
                )
            )
    return found


def _tallies(overview: RoundOverview) -> tuple[UnitTally, ...]:
    return tuple(
        UnitTally(line.unit, line.name, line.total, line.handed, line.accepted, line.late)
        for line in overview.units
    )


def _item(row: Row) -> OpenItem:
    return OpenItem(row.key, row.number, row.title, row.lead, row.light, row.due_at)


def round_lines(viewer: Viewer, moment: Moment) -> list[RoundLine]:
    """Every month of the plans the viewer sees, newest first, with its paper."""
    rounds = [row for plan in plans_of(viewer, moment) for row in rounds_of(plan, viewer, moment)]
    abouts = {subject_key("round", row.key): row.key for row in rounds}
    papers = visible(Paper.objects.at(moment).filter(about__in=abouts), viewer)
    states = {
        abouts[state.paper.about]: state
        for state in PaperState.objects.at(moment).filter(paper__in=papers).select_related("paper")
    }
    rounds.sort(key=lambda row: (row.period, row.plan_title), reverse=True)
    return [_round_line(row, states.get(row.key)) for row in rounds]


def _round_line(row: RoundRow, state: PaperState | None) -> RoundLine:
    return RoundLine(
        key=row.key,
        plan_title=row.plan_title,
        period=row.period_label,
        stage=str(row.stage_label),
        paper=state.paper_id if state else "",
        paper_stage=state.get_stage_display() if state else "",
        number=state.number if state else "",
    )
