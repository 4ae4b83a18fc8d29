"""The demo's year, told through the product's own actions in the order it would happen.

Everything said by a unit begins with 【演示】: it is generated, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.indicators.actions import ask, define_indicator
from luodi.indicators.models import Asked, Definition
from luodi.orgs.choices import Role
from luodi.orgs.queries import people_with, viewer_of_person
from luodi.orgs.rules import Viewer
from luodi.plans.actions import (
    accept_reports,
    confirm_lead,
    finish_measure,
    finish_steps,
    open_due_rounds,
    pass_on_reports,
    return_reports,
    save_steps,
    submit_reports,
)
from luodi.plans.actions.drafts import Words
from luodi.plans.actions.reporting import Entry
from luodi.plans.actions.steps import StepEntry
from luodi.plans.choices import ReportStage, WorkStage
from luodi.plans.models import Measure, Plan, Report, ReportState, Round, StepState
from luodi.reading.actions import accept_certain, adopt_document, decide_card, import_document
from luodi.reading.choices import Verdict
from luodi.reading.models import ReviewCard

from . import figures
from .appraisals import appraisal_events
from .assessed import assessed_events
from .bulletins import bulletin_events
from .calendar import Event, china, play
from .chains import chain_events
from .evaluating import evaluation_events
from .exempting import exemption_events
from .gates import gate_events
from .gradings import grading_events
from .items import item_events
from .letters import letter_events
from .meetings import meeting_events
from .months import PROBLEMS, PROGRESS, QUIET
from .people import MAKER, Cast, found
from .pipeline import project_events
from .policies import policy_events
from .registers import register_events
from .reporting import sign_a_report
from .requests import request_events
from .sites import site_events

FOUNDED = date(2026, 1, 5)
ABSENT = ("市人社局", "市外事办", "阳城县")
"""Who is missing in the newest month."""

LEADS = {"1.": "市工信局", "2.": "市工信局", "4.": "市统计局", "12.": "市投资促进中心"}
STEPS = [
    ("1.", "逐链访谈企业，汇总缺失环节", date(2026, 2, 28)),
    ("1.", "首批清单提交研究", date(2026, 3, 25)),
    ("2.", "举办第一场配套对接", date(2026, 4, 20)),
    ("3.", "完成首轮培育走访", date(2026, 6, 25)),
    ("4.", "园区报表试填", date(2026, 4, 25)),
    ("5.", "两家运营公司绩效合同送审", date(2026, 10, 31)),
    ("7.", "节能诊断首批企业", date(2026, 8, 31)),
    ("8.", "屋顶面积摸底", date(2026, 7, 15)),
    ("12.", "签约项目开工情况月度通报", None),
    ("15.", "可供地块台账更新", date(2026, 12, 10)),
    ("17.", "企业诉求受理窗口运行", None),
]
DONE = [("4.", date(2026, 4, 28)), ("11.", date(2026, 5, 29)), ("3.", date(2026, 6, 26))]
"""Measures that the office found done."""

FIGURES = [
    ("12.", "招商签约额", "亿元", 2),
    ("15.", "标准化厂房新建面积", "万平方米", 1),
]
RISE = {"招商签约额": 18.36, "标准化厂房新建面积": 2.4}
"""How much a figure grows a month."""


@dataclass
class Stage:
    """Who is there, and the plan once it is adopted."""

    cast: Cast
    plan: Plan
    measures: dict[str, Measure]

    def viewer(self, username: str) -> Viewer:
        return viewer_of_person(self.cast.people[username])


def tell(now: datetime, progress: Callable[[int], None]) -> None:
    """Tell the whole story up to `now`."""
    cast = found(china(FOUNDED))
    figures.begin(cast)
    stage = adopt(cast)
    plan_the_year(stage)
    ask_figures(stage)
    measures = {label: measure.key for label, measure in stage.measures.items()}
    events = item_events(cast, measures, now)
    events += project_events(cast)
    events += gate_events(cast)
    events += letter_events(cast)
    events += grading_events(cast, now)
    events += appraisal_events(cast)
    events += site_events(cast, now)
    events += chain_events(cast, now)
    events += register_events(cast)
    events += request_events(cast, now)
    events += policy_events(cast, now)
    events += meeting_events(cast, now)
    events += bulletin_events(cast, now)
    events += exemption_events(cast)
    events += evaluation_events(cast, stage.plan)
    events += assessed_events(cast)
    events += [Event(china(day, 16), done_event(stage, label)) for label, day in DONE]
    months = months_until(now)
    for day in months:
        events += month_events(stage, day, last=day == months[-1])
    events += figures.month_events(cast, months)
    play(events, now, progress)


def adopt(cast: Cast) -> Stage:
    """The office imports the plan, accepts what was read, adopts it, confirms four leads."""
    office = cast.people["office"]
    text = (files("luodi.cli.demo") / "plan.txt").read_bytes()
    document = import_document(
        name="攻坚行动方案（演示文本）.txt",
        data=text,
        city=cast.city,
        progress=lambda done, total, message: None,
        by=office,
        at=china(date(2026, 1, 13)),
    )
    at = china(date(2026, 1, 13), 15)
    accept_certain(document=document.key, by=office, at=at)
    for card in ReviewCard.objects.filter(document=document, verdict=Verdict.UNDECIDED):
        decide_card(
            document=document.key,
            card=card.pk,
            version=card.version,
            verdict=Verdict.ACCEPTED,
            by=office,
            at=at,
        )
    adopt_document(document=document.key, by=office, at=china(date(2026, 1, 14)))
    plan = Plan.objects.get(document=document.key)
    stage = Stage(cast, plan, {m.label: m for m in Measure.objects.filter(plan=plan)})
    for label, unit in LEADS.items():
        confirm_lead(
            measure=stage.measures[label],
            unit=cast.units[unit],
            viewer=stage.viewer("office"),
            by=office,
            at=china(date(2026, 1, 15)),
        )
    return stage


def plan_the_year(stage: Stage) -> None:
    """The zone writes its annual plan; two lines stay without a date."""
    zone, person = stage.cast.units["开发区管委会"], stage.cast.people["zone"]
    save_steps(
        plan=stage.plan,
        unit=zone,
        year=2026,
        entries=[
            StepEntry(measure=stage.measures[label].key, title=title, due_on=due, person=person)
            for label, title, due in STEPS
        ],
        viewer=stage.viewer("zone"),
        by=person,
        at=china(date(2026, 1, 20)),
    )


def ask_figures(stage: Stage) -> None:
    """The office asks the zone for two figures a month."""
    at, city = china(date(2026, 1, 21)), stage.cast.city
    for label, name, measured_in, scale in FIGURES:
        subject = f"measure:{stage.measures[label].key}"
        with perform(
            "ask_figures", by=MAKER, at=at, subjects=[subject], scope={"city": city}
        ) as deed:
            definition = define_indicator(
                deed=deed,
                city=city,
                name=name,
                measured_in=measured_in,
                scale=scale,
                meaning="演示指标：当年累计",
            )
            ask(
                deed=deed,
                city=city,
                indicator=definition.indicator_id,
                unit=stage.cast.units["开发区管委会"],
                subject=subject,
            )


def done_event(stage: Stage, label: str) -> Callable[[datetime], None]:
    """The office marks a measure done, with what proved it."""

    def do(at: datetime) -> None:
        office = stage.viewer("office")
        finish_measure(
            measure=stage.measures[label],
            done_on=Moment(at).today,
            why="【演示】现场核实，材料齐全",
            viewer=office,
            by=office.person,
            at=at,
        )

    return do


def months_until(now: datetime) -> list[date]:
    """The 26th of each month of 2026 that has passed: the day after a round opens."""
    days = [date(2026, month, 26) for month in range(1, 13)]
    return [day for day in days if china(day) <= now]


def month_events(stage: Stage, day: date, *, last: bool) -> list[Event]:
    """One month: the round opens, units report and sign, the office accepts or returns."""
    due = (day + timedelta(days=10)).replace(day=3)
    period = f"{day:%Y-%m}"

    def everybody_reports(at: datetime) -> None:
        waiting = reports_at(stage, period, ReportStage.ASKED)
        absent = {stage.cast.units[name] for name in ABSENT} if last else set()
        for number, (unit, reports) in enumerate(waiting.items()):
            if unit not in absent:
                hand_in(unit, reports, at + timedelta(minutes=number))

    return [
        Event(china(day), lambda at: _open(at)),
        Event(china(day, 10), everybody_reports),
        Event(china(due), lambda at: sign(stage, period, at)),
        Event(china(due, 15), lambda at: review(stage, period, at, last=last)),
    ]


def _open(at: datetime) -> None:
    open_due_rounds(by="system:clock", at=at)


def reports_at(stage: Stage, period: str, where: ReportStage) -> dict[str, list[Report]]:
    """The reports of a month in a stage, by unit."""
    rows = ReportState.objects.open().filter(
        report__round__plan=stage.plan, report__round__period=period, stage=where
    )
    found: dict[str, list[Report]] = defaultdict(list)
    for row in rows.select_related("report__measure", "report__round").order_by(
        "report__measure__order"
    ):
        found[row.report.unit].append(row.report)
    return found


def holder(unit: str, *roles: Role) -> Viewer | None:
    """Somebody of a unit with one of the roles."""
    people = people_with(unit, roles)
    return viewer_of_person(people[0]) if people else None


def hand_in(unit: str, reports: list[Report], at: datetime) -> None:
    """A clerk hands in all of a unit's reports."""
    clerk = holder(unit, Role.CLERK, Role.ZONE_STAFF)
    if clerk is None:
        return
    entries = [Entry(r.key, words_for(r, int(r.round.period[5:7]))) for r in reports]
    submit_reports(entries=entries, viewer=clerk, by=clerk.person, at=at)


def words_for(report: Report, month: int) -> Words:
    """What a unit says: progress, sometimes a problem, sometimes nothing new with its reason."""
    turn = report.measure.order * 7 + month * 3 + len(report.unit)
    if turn % 11 == 0:
        return Words(nothing_new=QUIET[turn % len(QUIET)])
    progress = PROGRESS[turn % len(PROGRESS)].format(month=month, n=turn % 9 + 1)
    problem = PROBLEMS[turn % len(PROBLEMS)] if turn % 8 == 0 else ""
    return Words(text=f"【演示】{progress}", problem=problem, figures=figures_for(report, month))


def figures_for(report: Report, month: int) -> dict[str, str]:
    """The figures a report is asked for: a plausible cumulative line."""
    asked = Asked.objects.open().filter(unit=report.unit, subject=f"measure:{report.measure_id}")
    definitions = Definition.objects.open().filter(indicator__in=asked.values("indicator"))
    return {d.indicator_id: f"{month * RISE[d.name]:.{d.scale}f}" for d in definitions}


def sign(stage: Stage, period: str, at: datetime) -> None:
    """Section heads check, leaders in charge sign."""
    for where, role in (
        (ReportStage.AT_SECTION_HEAD, Role.SECTION_HEAD),
        (ReportStage.AT_LEADER, Role.LEADER_IN_CHARGE),
    ):
        for unit, reports in reports_at(stage, period, where).items():
            signer = holder(unit, role)
            if signer:
                keys = [report.key for report in reports]
                pass_on_reports(reports=keys, viewer=signer, by=signer.person, at=at)


def review(stage: Stage, period: str, at: datetime, *, last: bool) -> None:
    """The office accepts; in the newest month it returns one and leaves some."""
    office = stage.viewer("office")
    waiting = reports_at(stage, period, ReportStage.AT_OFFICE)
    reports = [report for rows in waiting.values() for report in rows]
    keys = [report.key for report in reports]
    if last:
        why = "【演示】请补充本月数字和下月安排"
        zone = stage.cast.units["开发区管委会"]
        back = next(r.key for r in reports if r.unit == zone and r.measure.label not in LEADS)
        return_reports(reports=[back], why=why, viewer=office, by=office.person, at=at)
        keys = [key for key in keys if key != back][: len(keys) * 2 // 3]
    if keys:
        accept_reports(reports=keys, viewer=office, by=office.person, at=at)
    if not last:
        finish_due(stage, at)
        month = Round.objects.get(plan=stage.plan, period=period)
        sign_a_report(stage.cast, month, at)


def finish_due(stage: Stage, at: datetime) -> None:
    """The zone marks done what fell due, but for one line."""
    zone, today = stage.viewer("zone"), Moment(at).today
    states = StepState.objects.open().filter(
        step__measure__plan=stage.plan, stage=WorkStage.OPEN, due_on__lt=today
    )
    steps = [state.step_id for state in states.exclude(title__startswith="屋顶")]
    if steps:
        finish_steps(
            plan=stage.plan,
            unit=stage.cast.units["开发区管委会"],
            year=2026,
            steps=steps,
            done_on=today,
            viewer=zone,
            by=zone.person,
            at=at,
        )
