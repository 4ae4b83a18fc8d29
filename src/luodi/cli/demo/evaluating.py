"""The mid-year evaluation of the demo's plan, up to its signed report; generated, and says so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from luodi.assessment.actions import (
    conclude_evaluation,
    freeze_evaluation_report,
    judge_evaluation,
    open_evaluation,
    open_evaluation_report,
    record_opinion,
    say_self_evaluation,
)
from luodi.assessment.models import Evaluation, EvaluationState
from luodi.assessment.queries import evaluation_page
from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.indicators.actions import set_trajectory, submit_values
from luodi.indicators.choices import Pace
from luodi.indicators.models import Definition, Target
from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState
from luodi.plans.models import Plan

from .calendar import Event, china
from .people import MAKER, Cast

MONTHS = tuple(f"2026-{n:02}" for n in range(1, 7))
BY_MONTH = {"招商签约总投资": ("16.2", "14.8", "19.5", "20.1", "17.6", "18.9")}
"""Generated figures for the plan's own targets, by indicator."""
BY_QUARTER = {"标准化厂房使用率": (("2026Q1", "79.10"), ("2026Q2", "79.60"))}
BASES = {"标准化厂房使用率": ("78.90", "2025Q4")}
CONCLUSION = "【演示】半年进度总体正常，签约总投资略慢于应达进度，需在下半年补上。"
PUBLIC = "【演示】上半年各项任务按计划推进，结果见下表。"


def evaluation_events(cast: Cast, plan: Plan) -> list[Event]:
    """What happens, with when."""
    return [
        Event(china(date(2026, 7, 8), 9), lambda at: _figures(cast, plan, at)),
        Event(china(date(2026, 7, 13), 9), lambda at: _open(cast, plan, at)),
        Event(china(date(2026, 7, 27), 9), lambda at: _judge(cast, plan, at)),
        Event(china(date(2026, 7, 29), 9), lambda at: _report(cast, plan, at)),
    ]


def _figures(cast: Cast, plan: Plan, at: datetime) -> None:
    """Half a year of figures for some of the plan's targets, and the base of one."""
    mine = Target.objects.filter(document=plan.document).values("indicator")
    rows = Definition.objects.open().filter(indicator__in=mine)
    known = {row.name: row for row in rows}
    unit = cast.units["开发区管委会"]
    cells = [(n, m, v) for n, by in BY_MONTH.items() for m, v in zip(MONTHS, by, strict=True)]
    cells += [(n, q, v) for n, by in BY_QUARTER.items() for q, v in by]
    with perform("write_demo_figures", by=MAKER, at=at, scope={"city": cast.city}) as deed:
        for name, period, value in cells:
            if name in known:
                submit_values(
                    deed=deed, city=cast.city, unit=unit, period=period,
                    figures={known[name].indicator_id: value}, origin="demo:evaluation",
                    purpose=known[name].purpose,
                )  # fmt: skip
    for target in Target.objects.filter(document=plan.document, indicator__in=mine):
        name = next(n for n, row in known.items() if row.indicator_id == target.indicator_id)
        if name in BASES:
            base, period = BASES[name]
            set_trajectory(
                target=target.key, unit=unit, baseline=base, baseline_period=period,
                pace=Pace.LINEAR, by=cast.people["stat"], at=at, why="【演示】按上年末数起算",
            )  # fmt: skip


def _open(cast: Cast, plan: Plan, at: datetime) -> None:
    """The office opens it; two units and an institution say theirs."""
    office = cast.people["office"]
    key = open_evaluation(plan=plan.key, kind="yearly", period="2026H1", by=office, at=at).key
    for username, unit, verdict, words in (
        ("gongxin", "市工信局", "on_track", "【演示】首批清单已提交，二批正在核对"),
        ("zone", "开发区管委会", "met", "【演示】本项已基本完成"),
    ):
        viewer = viewer_of_person(cast.people[username])
        rows = evaluation_page(viewer, key, Moment(at)).own_rows(viewer)
        for row in rows[:2]:
            say_self_evaluation(
                evaluation=key, subject=row.subject, unit=cast.units[unit], verdict=verdict,
                words=words, by=viewer.person, at=at + timedelta(hours=3),
            )  # fmt: skip
    record_opinion(
        evaluation=key, subject="", institution="【演示】省级研究机构", verdict="",
        words="【演示】总体推进有序，建议尽快补齐指标的报数单位。", name="演示第三方意见.txt",
        data="【演示】生成的第三方意见".encode(), by=office, at=at + timedelta(hours=4),
    )  # fmt: skip


def _judge(cast: Cast, plan: Plan, at: datetime) -> None:
    office, key = cast.people["office"], _key(plan)
    judge_evaluation(evaluation=key, by=office, at=at, seen=_seen(key))
    conclude_evaluation(
        evaluation=key, conclusion=CONCLUSION, public_words=PUBLIC, by=office,
        at=at + timedelta(hours=2), seen=_seen(key),
    )  # fmt: skip


def _report(cast: Cast, plan: Plan, at: datetime) -> None:
    """Drafted, checked by another person, signed by the leader."""
    office, key = viewer_of_person(cast.people["office"]), _key(plan)
    paper = open_evaluation_report(evaluation=key, viewer=office, by=office.person, at=at).key
    freeze_evaluation_report(evaluation=key, viewer=office, by=office.person, at=at)
    checker, leader = cast.people["office-check"], cast.people["office-leader"]
    check_paper(paper=paper, seen=_paper(paper), by=checker, at=at + timedelta(hours=1))
    sign_paper(
        paper=paper, seen=_paper(paper), render=render, by=leader, at=at + timedelta(hours=2)
    )


def _key(plan: Plan) -> str:
    """The evaluation that runs."""
    return Evaluation.objects.get(plan=plan, period="2026H1").key


def _seen(key: str) -> int:
    """The act that wrote the state as it stands."""
    return int(EvaluationState.objects.open().get(evaluation=key).since_id)


def _paper(paper: str) -> int:
    """The same of a paper."""
    return int(PaperState.objects.open().get(paper=paper).since_id)
