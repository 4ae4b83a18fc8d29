"""A grading of the demo's generated firms: figures taken in, on notice now, one objection.

Every figure is generated from a firm's number; names and tables say so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from luodi.assessment.actions import (
    begin_grading_notice,
    bring_grading_file,
    draft_grading_notice,
    object_to_grade,
    open_grading,
    run_grading,
    take_grading_file,
)
from luodi.assessment.queries import grading_head
from luodi.assessment.queries.grading_files import dry_run, file_for
from luodi.common.moments import Moment
from luodi.common.sheets import workbook
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState

from .calendar import Event
from .people import Cast

YEAR = 2025
RULE = "huangyan"
HEAD = [
    "企业名称",
    "统一社会信用代码",
    "用地面积（亩）",
    "工业增加值（万元）",
    "综合能耗（吨标准煤）",
    "主要污染物排放当量（吨）",
    "用电量（万千瓦时）",
    "投产日期",
]
NO_LAND, NO_EMISSION, NEW = 17, 4, 5


def grading_events(cast: Cast, now: datetime) -> list[Event]:
    """Opened a week ago, on notice since yesterday, an objection this morning."""
    made: dict[str, str] = {}
    return [
        Event(now - timedelta(days=8), _gather(cast, made)),
        Event(now - timedelta(days=1, hours=2), _show(cast, made)),
        Event(now - timedelta(hours=3), _object(cast, made)),
    ]


def _gather(cast: Cast, made: dict[str, str]) -> Callable[[datetime], None]:
    def gather(at: datetime) -> None:
        office = cast.people["office"]
        grading = open_grading(city=cast.city, year=YEAR, rule=RULE, by=office, at=at)
        made["grading"] = grading.key
        brought = bring_grading_file(
            grading=grading.key,
            name="部门共享数据（生成的演示数据）.xlsx",
            data=workbook("演示数据", HEAD, _rows(cast)),
            by=office,
            at=at,
        )
        viewer, moment = viewer_of_person(office), Moment(at)
        head = grading_head(grading.key, viewer, moment)
        dry = dry_run(file_for(brought.key, viewer, moment), head.rule, moment)
        take_grading_file(brought=brought.key, token=dry.token, by=office, at=at)

    return gather


def _rows(cast: Cast) -> list[list[object]]:
    """A line for each generated firm; one has no land, some no emission, one began last year."""
    rows = EnterpriseState.objects.open().filter(city=cast.city, generated=True).order_by("name")
    return [_row(n, firm.name, firm.credit_code) for n, firm in enumerate(rows, start=1)]


def _row(n: int, name: str, code: str) -> list[object]:
    land = "" if n == NO_LAND else str(12 + n * 37 % 140)
    added = 1400 + n * 811 % 9000
    emission = "" if n % NO_EMISSION == 0 else f"{0.2 + n * 7 % 31 / 10:.2f}"
    started = date(YEAR, 3, 18).isoformat() if n == NEW else ""
    return [name, code, land, str(added), str(520 + n * 97 % 2900), emission,
            str(1800 + n * 530 % 14_000), started]  # fmt: skip


def _show(cast: Cast, made: dict[str, str]) -> Callable[[datetime], None]:
    def show(at: datetime) -> None:
        office = cast.people["office"]
        run_grading(grading=made["grading"], by=office, at=at)
        paper = draft_grading_notice(grading=made["grading"], by=office, at=at)
        check_paper(
            paper=paper.key, seen=_seen(paper.key), by=cast.people["office-check"],
            at=at + timedelta(minutes=20),
        )  # fmt: skip
        sign_paper(
            paper=paper.key, seen=_seen(paper.key), render=render,
            by=cast.people["office-leader"], at=at + timedelta(minutes=40),
        )  # fmt: skip
        begin_grading_notice(grading=made["grading"], by=office, at=at + timedelta(hours=1))

    return show


def _seen(paper: str) -> int:
    """The position of the state that the next hand looks at."""
    return int(PaperState.objects.open().get(paper=paper).since_id)


def _object(cast: Cast, made: dict[str, str]) -> Callable[[datetime], None]:
    """The first firm's own account objects."""

    def object_(at: datetime) -> None:
        firm = EnterpriseState.objects.open().get(city=cast.city, name="演示企业01号")
        object_to_grade(
            grading=made["grading"],
            enterprise=firm.of_id,
            words="【演示】用地面积含代征道路绿地，应予扣除。",
            about="land",
            claimed="40",
            by=cast.people["firm"],
            at=at,
        )

    return object_
