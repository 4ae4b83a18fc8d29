"""The demo's year of meetings: the rounds of each body, some held, one topic carried over twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from luodi.common.moments import Moment
from luodi.orgs.queries import pack_of
from luodi.packs import work_calendar
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState
from luodi.supervision.actions import (
    add_topic,
    call_meeting,
    cancel_meeting,
    end_meeting,
    freeze_minutes,
    hold_meeting,
    mark_attendance,
    note_decision,
    open_due_meetings,
    open_items,
    open_minutes,
    record_instruction,
    settle_topic,
)
from luodi.supervision.actions.attendance import Mark
from luodi.supervision.actions.meetings import Sitting
from luodi.supervision.models import (
    Agenda,
    AgendaItemState,
    Attendance,
    MeetingState,
)

from .calendar import Event, china
from .people import ZONES, Cast

CLOCK = "system:clock"
HELD = [
    (date(2026, 2, 26), "leading-group-meeting", "市工信局"),
    (date(2026, 3, 13), "task-force-consultation", "市能源局"),
    (date(2026, 4, 28), "leading-group-meeting", "市规划和自然资源局"),
    (date(2026, 6, 25), "leading-group-meeting", "市投资促进中心"),
]
"""Meetings that were held: the day, the rule, the unit that leads the decision."""

TOPIC = "【演示】园区增容方案的资金来源"
"""A topic that is carried over from meeting to meeting."""

DECIDED = (
    "【演示】汇总企业用电需求，提出增容方案",
    "【演示】列出闲置标准厂房清单",
    "【演示】对接示例项目开工手续",
    "【演示】梳理招商线索答复情况",
)


def meeting_events(cast: Cast, now: datetime) -> list[Event]:
    """The clock once a month, and the meetings that were held, with when."""
    events = [
        Event(china(day, 8, 30), lambda at: _open(at))
        for month in range(1, 13)
        for day in (date(2026, month, 5), date(2026, month, 12))
    ]
    for number, (day, rule, lead) in enumerate(HELD):
        events += _meeting(cast, number, day, rule, lead)
    events += [Event(china(date(2026, 3, 16), 15), _instruct(cast))]
    for month in range(1, now.month if now.year == 2026 else 13):
        events.append(Event(china(date(2026, month, 28), 17), _cancel(cast)))
    return [*events, Event(now - timedelta(minutes=5), _next(cast))]


def _cancel(cast: Cast) -> Callable[[datetime], None]:
    """What nobody called in its turn is cancelled with a reason; its topics go on."""

    def cancel(at: datetime) -> None:
        last = Moment(at).today + timedelta(days=3)
        for state in MeetingState.objects.open().filter(stage="planned", due_on__lte=last):
            why = "【演示】本期未单独召开，并入下一次会议"
            office = cast.people["office"]
            cancel_meeting(meeting=state.meeting_id, why=why, by=office, at=at, seen=state.since_id)

    return cancel


def _open(at: datetime) -> None:
    open_due_meetings(by=CLOCK, at=at)


def _key(rule: str, day: date) -> str:
    """The meeting of a rule whose turn is open on a day, the oldest one."""
    states = MeetingState.objects.open().filter(meeting__cadence=rule, stage="planned")
    return states.filter(due_on__gte=day).order_by("due_on")[0].meeting_id


def _meeting(cast: Cast, number: int, day: date, rule: str, lead: str) -> list[Event]:
    office, made = cast.people["office"], {}
    units = [cast.units[name] for name in ("开发区管委会", *ZONES, lead)]

    def call(at: datetime) -> None:
        _open(at)
        made["key"] = key = _key(rule, day)
        if number == 0:
            add_topic(meeting=key, title=TOPIC, by=office, at=at, seen=_agenda(key))
        sitting = Sitting(day, time(9), time(11), "市政府第二会议室", "组长")
        call_meeting(meeting=key, sitting=sitting, units=units, by=office, at=at, seen=_seen(key))

    def sit(at: datetime) -> None:
        key = made["key"]
        marks = {unit: Mark("present") for unit in units[:-1]}
        marks[units[-1]] = Mark("standing_in", says="副局长")
        if number:
            marks[units[1]] = Mark("absent", why="【演示】参加省里会议")
        rows = Attendance.objects.open().filter(meeting=key)
        last = max(rows.values_list("since_id", flat=True))
        mark_attendance(meeting=key, marks=marks, by=office, at=at, seen=last)
        _settle(key, office, at, carry=number in (0, 2))
        note_decision(
            meeting=key,
            text=DECIDED[number],
            lead=cast.units[lead],
            due_on=day + timedelta(days=45),
            by=office,
            at=at,
        )
        hold_meeting(meeting=key, by=office, at=at, seen=_seen(key))
        open_items(meeting=key, by=office, at=at)

    def minute(at: datetime) -> None:
        key = made["key"]
        paper = open_minutes(meeting=key, by=office, at=at).key
        freeze_minutes(meeting=key, by=office, at=at, seen=_seen(key))
        check_paper(paper=paper, seen=_paper(paper), by=cast.people["office-check"], at=at)
        leader = cast.people["office-leader"]
        sign_paper(paper=paper, seen=_paper(paper), render=render, by=leader, at=at)
        end_meeting(meeting=key, by=office, at=at, seen=_seen(key))

    return [
        Event(china(day - timedelta(days=3), 10), call),
        Event(china(day, 11, 30), sit),
        Event(china(day + timedelta(days=1), 16), minute),
    ]


def _settle(key: str, office: str, at: datetime, *, carry: bool) -> None:
    """Everything was discussed but the topic that is put off again and again."""
    rows = AgendaItemState.objects.open().filter(topic__meeting=key, stage="listed")
    for row in rows.order_by("pk"):
        put_off = carry and row.title == TOPIC
        settle_topic(
            meeting=key,
            topic=row.topic_id,
            how="carried_over" if put_off else "discussed",
            said="【演示】资金渠道还没有落实" if put_off else "【演示】听取汇报，按议定事项办理",
            by=office,
            at=at,
            seen=_agenda(key),
        )


def _instruct(cast: Cast) -> Callable[[datetime], None]:
    """An instruction given between two meetings."""

    def instruct(at: datetime) -> None:
        day = Moment(at).today
        record_instruction(
            city=cast.city,
            text="【演示】请投促中心把未答复的招商线索理一遍，两周内报我。",
            leader=cast.people["leader"],
            given_on=day,
            reply_by=day + timedelta(days=14),
            lead=cast.units["市投资促进中心"],
            by=cast.people["office"],
            at=at,
        )

    return instruct


def _next(cast: Cast) -> Callable[[datetime], None]:
    """The meeting that is coming: called for a working day of the next two weeks."""

    def call(at: datetime) -> None:
        _open(at)
        today = Moment(at).today
        states = MeetingState.objects.open().filter(stage="planned", due_on__gte=today)
        state = states.order_by("due_on", "pk").first()
        if state is None:
            return
        day = work_calendar(pack_of(cast.city, Moment(at))).add(today, 5)
        call_meeting(
            meeting=state.meeting_id,
            sitting=Sitting(day, time(15), time(17), "市政府第一会议室", "常务副组长"),
            units=[cast.units[name] for name in ("开发区管委会", *ZONES, "市工信局")],
            by=cast.people["office"],
            at=at,
            seen=_seen(state.meeting_id),
        )

    return call


def _seen(key: str) -> int:
    return MeetingState.objects.open().get(meeting=key).since_id


def _agenda(key: str) -> int:
    return Agenda.objects.open().get(meeting=key).since_id


def _paper(key: str) -> int:
    return PaperState.objects.open().get(paper=key).since_id
