"""Meetings of the small city: opened, called, with decisions and who came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState
from luodi.supervision.actions import (
    add_topic,
    call_meeting,
    freeze_minutes,
    hold_meeting,
    mark_attendance,
    note_decision,
    open_minutes,
    open_special_meeting,
    settle_topic,
)
from luodi.supervision.actions.attendance import Mark
from luodi.supervision.actions.meetings import Sitting
from luodi.supervision.models import Agenda, Attendance, Meeting, MeetingState
from luodi.supervision.queries import MeetingPage, meeting_page

from .city import City

GROUP = "市开发区建设工作领导小组"
SITTING = Sitting(date(2026, 3, 12), time(9), time(11), "第二会议室", "组长")
THEN = datetime(2026, 3, 12, 4, 0, tzinfo=UTC)
"""Noon of the day on which the meetings of the tests are held."""


def seen(meeting: str) -> int:
    """The version of a meeting."""
    return MeetingState.objects.open().get(meeting=meeting).since_id


def agenda_seen(meeting: str) -> int:
    """The version of its agenda."""
    return Agenda.objects.open().get(meeting=meeting).since_id


def came_seen(meeting: str) -> int:
    """The version of its attendance."""
    rows = Attendance.objects.open().filter(meeting=meeting)
    return max(rows.values_list("since_id", flat=True), default=0)


def special(city: City, at: datetime, title: str = "示例专题会议", **given: Any) -> Meeting:
    """A meeting out of turn."""
    said = {"city": city.key, "organ": GROUP, "title": title} | given
    return open_special_meeting(by=city.people["office"], at=at, **said)


def called(
    city: City,
    at: datetime,
    title: str = "示例专题会议",
    sitting: Sitting = SITTING,
    units: tuple[str, ...] = ("开发区管委会", "市工信局"),
) -> str:
    """The key of a meeting with a topic, called for its day."""
    key = special(city, at, title).key
    topic = {"title": f"{title}的议题", "seen": agenda_seen(key)}
    add_topic(meeting=key, by=city.people["office"], at=at, **topic)
    call_meeting(
        meeting=key, sitting=sitting, units=[city.units[name] for name in units],
        by=city.people["office"], at=at, seen=seen(key),
    )  # fmt: skip
    return key


def page_of(
    city: City, key: str, at: datetime = THEN, who: str = "office", moment: Moment | None = None
) -> MeetingPage | None:
    """A meeting as somebody sees it."""
    return meeting_page(key, viewer_of_person(city.people[who]), moment or Moment(at))


def call(
    city: City,
    key: str,
    at: datetime,
    sitting: Sitting = SITTING,
    units: tuple[str, ...] = ("开发区管委会",),
    **given: Any,
) -> None:
    """Call units to a meeting."""
    call_meeting(
        meeting=key, sitting=sitting, units=[city.units[name] for name in units],
        by=given.get("by", city.people["office"]), at=at, seen=given.get("seen", seen(key)),
    )  # fmt: skip


def settle(
    city: City,
    key: str,
    number: int,
    how: str,
    said: str = "",
    at: datetime = THEN,
    **given: Any,
) -> None:
    """Say what became of the topic at a place."""
    page = page_of(city, key, at)
    assert page is not None
    settle_topic(
        meeting=key, topic=page.topics[number].key, how=how, said=said,
        by=city.people["office"], at=at, seen=given.get("seen", agenda_seen(key)),
    )  # fmt: skip


def attended(city: City, key: str, at: datetime = THEN) -> None:
    """Everybody came."""
    rows = Attendance.objects.open().filter(meeting=key)
    marks = {row.unit: Mark("present") for row in rows}
    mark_attendance(meeting=key, marks=marks, by=city.people["office"], at=at, seen=came_seen(key))


def held(
    city: City,
    at: datetime,
    title: str = "示例专题会议",
    sitting: Sitting = SITTING,
    then: datetime = THEN,
) -> str:
    """A meeting that was held, with one decision that is no item yet."""
    key = called(city, at, title, sitting)
    note_decision(
        meeting=key, text=f"{title}议定的事", lead=city.units["市工信局"],
        due_on=date(2026, 4, 30), by=city.people["office"], at=then,
    )  # fmt: skip
    attended(city, key, then)
    hold_meeting(meeting=key, by=city.people["office"], at=then, seen=seen(key))
    return key


def minuted(city: City, key: str, at: datetime = THEN) -> str:
    """The minutes of a held meeting, frozen; the key of the paper."""
    office = city.people["office"]
    paper = open_minutes(meeting=key, by=office, at=at)
    freeze_minutes(meeting=key, by=office, at=at, seen=seen(key))
    return paper.key


def signed(city: City, paper: str, signer: str, at: datetime = THEN) -> None:
    """Check a paper (by the office itself, where it has nobody else) and sign it."""
    here = lambda: PaperState.objects.open().get(paper=paper).since_id  # noqa: E731
    check_paper(paper=paper, seen=here(), by=city.people["office"], at=at)
    sign_paper(paper=paper, seen=here(), render=render, by=signer, at=at)


def gathered(city: City, at: datetime, mark: str) -> list[str]:
    """One meeting called, one held, one only registered, all on the day itself."""
    sitting = replace(SITTING, day=at.date())
    return [
        called(city, at, f"{mark}第一次会议", sitting),
        held(city, at, f"{mark}第二次会议", sitting, at),
        special(city, at, f"{mark}第三次会议").key,
    ]
