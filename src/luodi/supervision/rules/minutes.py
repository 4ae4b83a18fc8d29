"""The minutes of a meeting as a paper: from what was noted during it, in fixed words.

Papers are Chinese whatever the interface speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from luodi.papers.rules.notices import one_line
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
from luodi.papers.rules.wording import EMPTY_CELL, chinese_date
from luodi.reading.rules.corrections import chinese

PRESENT, STANDING_IN, ABSENT = "present", "standing_in", "absent"
DISCUSSED, CARRIED_OVER = "discussed", "carried_over"


@dataclass(frozen=True)
class Taken:
    """A topic: what was said of it, how often it had been carried here, what became of it."""

    key: str
    title: str
    said: str
    carried: int
    stage: str


@dataclass(frozen=True)
class Decided:
    """A decision; units by name."""

    key: str
    number: int
    text: str
    lead: str
    joint: str
    due_on: date | None


@dataclass(frozen=True)
class Instructed:
    """An instruction given at the meeting."""

    item: str
    text: str
    leader: str
    lead: str
    reply_by: date | None


@dataclass(frozen=True)
class Sat:
    """A meeting that was held. `units` are name, post of a stand-in, reason, and who came."""

    key: str
    title: str
    organ: str
    begins: datetime | None
    ends: datetime | None
    place: str
    chair: str
    units: tuple[tuple[str, str, str, str], ...]
    topics: tuple[Taken, ...]
    decisions: tuple[Decided, ...]
    instructions: tuple[Instructed, ...]


def compose_minutes(sat: Sat, office: str, own: Mapping[str, str]) -> Content:
    """The whole paper. `own` are the office's words: opening (instead of ours) and closing."""
    day = sat.begins.date() if sat.begins else date.min
    came = [name for name, _says, _why, how in sat.units if how in (PRESENT, STANDING_IN)]
    return Content(
        kind="minutes",
        head=Head(
            title=minutes_title(sat.title),
            masthead=f"{office}文件",
            office=office,
            year=max(day.year, 1949),
            copy_to="，".join(came)[:200],
        ),
        blocks=tuple(_blocks(sat, own)),
    )


def _blocks(sat: Sat, own: Mapping[str, str]) -> Iterator[Block]:
    opening = own.get("opening", "").strip()
    if opening:
        yield from _said(opening)
    else:
        yield Paragraph(runs=tuple(_opening(sat)), source=f"meeting:{sat.key}")
    parts = [
        ("会议讨论情况", list(_discussed(sat))),
        ("会议议定事项", list(_decided(sat))),
        ("领导批示要求", list(_instructed(sat))),
        ("结转下次会议的议题", list(_carried(sat))),
        ("出席情况", list(_attended(sat))),
    ]
    for number, (title, blocks) in enumerate((p for p in parts if p[1]), start=1):
        yield Heading(level=1, text=f"{chinese(number)}、{title}")
        yield from blocks
    yield from _said(own.get("closing", ""))


def _said(words: str) -> Iterator[Block]:
    for line in words.splitlines():
        if line.strip():
            yield Paragraph(runs=(text(line.strip()),))


def _opening(sat: Sat) -> Iterator[Run]:
    source = f"meeting:{sat.key}"
    if sat.begins and sat.ends:
        hours = f"{sat.begins:%H:%M}至{sat.ends:%H:%M}"
        yield text(f"{chinese_date(sat.begins.date())}{hours}，")
    led = f"，{sat.chair}主持" if sat.chair else ""
    yield text(f"{sat.organ}在{sat.place or EMPTY_CELL}召开会议{led}。会议研究议题")
    yield figure("研究议题", sum(t.stage == DISCUSSED for t in sat.topics), source, "项")
    yield text("，议定事项")
    yield figure("议定事项", len(sat.decisions), source, "项")
    yield text("，结转议题")
    yield figure("结转议题", sum(t.stage == CARRIED_OVER for t in sat.topics), source, "项")
    yield text("。现纪要如下。")


def _discussed(sat: Sat) -> Iterator[Block]:
    number = 0
    for topic in sat.topics:
        if topic.stage != DISCUSSED:
            continue
        number += 1
        before = f"（已结转{topic.carried}次）" if topic.carried else ""
        yield Paragraph(
            runs=(text(f"{number}. {one_line(topic.title)}{before}。{_stopped(topic.said)}"),),
            source=f"meeting:{sat.key}",
        )


def _stopped(said: str) -> str:
    """Words on one line with a full stop behind them; nothing where nothing was said."""
    line = one_line(said)
    return line if not line or line[-1] in "。！？；" else f"{line}。"


def _decided(sat: Sat) -> Iterator[Block]:
    if not sat.decisions:
        return
    rows = tuple(
        tuple(
            (text(cell or EMPTY_CELL),)
            for cell in (
                str(number),
                one_line(one.text),
                one.lead,
                one.joint,
                one.due_on.isoformat() if one.due_on else "",
            )
        )
        for number, one in enumerate(sat.decisions, start=1)
    )
    yield Table(head=("序号", "议定事项", "牵头单位", "配合单位", "完成时限"), rows=rows)


def _instructed(sat: Sat) -> Iterator[Block]:
    for one in sat.instructions:
        reply = f"，{chinese_date(one.reply_by)}前回复" if one.reply_by else ""
        said = f"{one.leader}批示：{one_line(one.text)}（承办：{one.lead}{reply}）"
        yield Paragraph(runs=(text(said),), source=f"item:{one.item}")


def _carried(sat: Sat) -> Iterator[Block]:
    for topic in sat.topics:
        if topic.stage == CARRIED_OVER:
            times = f"，连同本次共结转{topic.carried + 1}次" if topic.carried else ""
            said = f"{one_line(topic.title)}（{one_line(topic.said)}{times}）。"
            yield Paragraph(runs=(text(said),), source=f"meeting:{sat.key}")


def _attended(sat: Sat) -> Iterator[Block]:
    groups = [
        ("出席", [name for name, _says, _why, how in sat.units if how == PRESENT]),
        (
            "代会",
            [f"{name}（{says}）" for name, says, _why, how in sat.units if how == STANDING_IN],
        ),
        ("缺席", [f"{name}（{why}）" for name, _says, why, how in sat.units if how == ABSENT]),
    ]
    for label, said in groups:
        if said:
            yield Paragraph(runs=(text(f"{label}：{'、'.join(said)}。"),))


def minutes_title(title: str) -> str:
    """The title of a meeting's minutes."""
    return f"{title}纪要"[:200]


def notice_words(
    title: str, begins: datetime, place: str, chair: str, units: Iterable[str]
) -> dict[str, str]:
    """The words of a meeting's notice, by the fields of its form."""
    led = f"\n三、主持\n{chair}。" if chair else ""
    body = (
        f"一、时间\n{chinese_date(begins.date())}{begins:%H:%M}。\n"
        f"二、地点\n{place}。{led}\n"
        "请安排人员按时参加；不能参加的，请提前说明原因并安排人员代会。"
    )
    named = f"关于召开{title}的通知"[:200]
    return {"title": named, "addressees": "，".join(units)[:400], "body": body}
