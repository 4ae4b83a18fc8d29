"""The papers of a meeting in one document: agenda, what is lit, items, what was decided before.

Papers are Chinese whatever the interface speaks. Each figure names where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import override

from luodi.common.moments import LOCAL, Moment
from luodi.common.tables import DASH, light_words, shown
from luodi.orgs.queries import unit_names
from luodi.orgs.rules import Viewer
from luodi.papers.rules.snapshot import (
    Block,
    Content,
    Head,
    Heading,
    Paragraph,
    Run,
    Table,
    figure,
    text,
)

from ..choices import DecisionStage
from .decisions import DecisionRow, decisions
from .pages import MeetingPage, TopicRow, meeting_page
from .standings import Lit, lit

MOST_LIT = 60
"""So many lit things are listed; how many there are is said."""
LONGEST = 60


def meeting_pack(key: str, viewer: Viewer, moment: Moment) -> Content | None:
    """The papers of a meeting within the viewer's scope; None where there is no such meeting."""
    with override(settings.LANGUAGE_CODE):
        page = meeting_page(key, viewer, moment)
        if page is None:
            return None
        before = [
            row
            for row in decisions(viewer, moment)
            if row.meeting != key and row.stage != DecisionStage.TAKEN_BACK and row.open
        ]
        day = moment.today
        return Content(
            kind="brief",
            head=Head(
                title=f"{page.row.title}材料"[:200],
                masthead=f"截至{day.year}年{day.month}月{day.day}日",
                office=unit_names([viewer.unit], moment).get(viewer.unit, DASH),
                year=day.year,
            ),
            blocks=(
                *_agenda(page),
                *_decided(before),
                *_lit(lit(viewer, moment), viewer, moment),
                *_called(page),
            ),
        )


def _agenda(page: MeetingPage) -> Iterator[Block]:
    row = page.row
    when = row.starts_at.astimezone(LOCAL) if row.starts_at else None
    yield Heading(level=1, text="一、议程")
    said = f"{when:%Y-%m-%d %H:%M}，{row.place}" if when else "时间地点待定"
    led = f"，{row.chair}主持" if row.chair else ""
    yield Paragraph(runs=(text(f"{said}{led}。"),), source=f"meeting:{row.key}")
    yield _table(
        ("序号", "议题", "类别", "汇报单位", "列入时的灯", "结转次数"),
        [_topic(one, f"meeting:{row.key}") for one in page.shown_topics],
    )


def _topic(one: TopicRow, source: str) -> tuple[Run, ...]:
    times: Run = text(DASH)
    if one.carried:
        times = figure("结转次数", one.carried, source, "次")
    words = light_words().get(one.light, DASH) if one.light else DASH
    return (
        text(str(one.number)),
        text(_cut(one.title)),
        text(one.kind_label),
        text(one.presenter or DASH),
        text(words),
        times,
    )


def _decided(rows: list[DecisionRow]) -> Iterator[Block]:
    yield Heading(level=1, text="二、以往议定事项未办结的")
    if not rows:
        yield Paragraph(runs=(text("没有未办结的议定事项。"),))
        return
    yield _table(
        ("编号", "议定事项", "牵头单位", "时限", "办理情况", "灯"),
        [
            (
                text(row.item_number or DASH),
                text(_cut(row.text)),
                text(row.lead or DASH),
                text(shown(row.due_on)),
                text(row.stage_label),
                text(light_words().get(row.light[0], DASH)),
            )
            for row in rows
        ],
    )


def _lit(rows: list[Lit], viewer: Viewer, moment: Moment) -> Iterator[Block]:
    yield Heading(level=1, text="三、亮灯事项")
    reds = sum(one.light == "red" for one in rows)
    yield Paragraph(
        runs=(
            text("红灯"),
            figure("红灯", reds, "/supervision/", "项"),
            text("，黄灯"),
            figure("黄灯", len(rows) - reds, "/supervision/", "项"),
            text(f"，列出前{MOST_LIT}项。" if len(rows) > MOST_LIT else "。"),
        )
    )
    first = rows[:MOST_LIT]
    names = unit_names({unit for one in first for unit in one.units}, moment)
    if first:
        yield _table(
            ("灯", "类别", "事项", "责任单位", "为什么"),
            [
                (
                    text(light_words()[one.light]),
                    text(one.kind_label),
                    text(_cut(one.title)),
                    text("、".join(names.get(unit, DASH) for unit in one.units) or DASH),
                    text(_cut(one.why)),
                )
                for one in first
            ],
        )


def _called(page: MeetingPage) -> Iterator[Block]:
    yield Heading(level=1, text="四、参会单位")
    names = "、".join(seat.name for seat in page.attendance)
    yield Paragraph(runs=(text(f"{names}。" if names else "还没有通知。"),))


def _table(head: tuple[str, ...], rows: Iterable[tuple[Run, ...]]) -> Table:
    return Table(head=head, rows=tuple(tuple((cell,) for cell in row) for row in rows))


def _cut(said: str) -> str:
    plain = " ".join(said.split()) or DASH
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"
