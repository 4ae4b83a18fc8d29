"""The demo's year of meetings: each body meets in its rounds, one is held later, one isn't held,
and a topic is carried over twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from luodi.common.moments import Moment
from luodi.kit.calendars import WorkCalendar
from luodi.orgs.queries import pack_of
from luodi.packs import resolve, work_calendar
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
    postpone_meeting,
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
ONE_DAY = timedelta(days=1)
GROUP, FORCE = "leading-group", "task-force-consultation"
DECIDED = {
    (f"{GROUP}-meeting", "2026-02"): ("市工信局", "【演示】汇总企业用电需求，提出增容方案"),
    (FORCE, "2026-02"): ("市能源局", "【演示】列出闲置标准厂房清单"),
    (f"{GROUP}-meeting", "2026-04"): ("市规划和自然资源局", "【演示】对接示例项目开工手续"),
    (f"{GROUP}-meeting", "2026-06"): ("市投资促进中心", "【演示】梳理招商线索答复情况"),
}
"""Rounds at which something was decided: the unit that leads it, and what."""

POSTPONED = (f"{GROUP}-dispatch", "2026-03")
CANCELLED = (FORCE, "2026-01")
"""The round that was held later than planned, and the one that wasn't held."""

TOPIC = "【演示】园区增容方案的资金来源"
"""A topic that is carried over from meeting to meeting: raised in February, settled in April."""

PUT_OFF = ("2026-02", "2026-03")

GROUP_DAY, FORCE_DAY = 16, 8
"""On which working day of a month each body meets; the task force about the month before."""

UNTIL = 12


@dataclass(frozen=True)
class Turn:
    """A round of a body: its rule and period, the day it is held, its number in the year."""

    number: int
    rule: str
    period: str
    day: date

    @property
    def key(self) -> str:
        """The meeting, once its round is open."""
        rounds = MeetingState.objects.open().filter(
            meeting__cadence=self.rule, meeting__period=self.period
        )
        return rounds.get().meeting_id

    @property
    def put_off(self) -> bool:
        """Whether the topic that goes from meeting to meeting is carried over here."""
        return self.rule != FORCE and self.period in PUT_OFF


def turns(calendar: WorkCalendar) -> list[Turn]:
    """Every round of the year: the leading group each month, the task force about each."""
    found = []
    for month in range(1, UNTIL + 1):
        eve = date(2026, month, 1) - ONE_DAY
        rule = f"{GROUP}-dispatch" if month % 2 else f"{GROUP}-meeting"
        found.append((FORCE, f"{eve:%Y-%m}", calendar.add(eve, FORCE_DAY)))
        found.append((rule, f"2026-{month:02}", calendar.add(eve, GROUP_DAY)))
    return [Turn(number, *one) for number, one in enumerate(found)]


def meeting_events(cast: Cast, now: datetime) -> list[Event]:
    """The clock twice a month, and what became of every round, with when."""
    events = [
        Event(china(day, 8, 30), lambda at: _open(at))
        for month in range(1, UNTIL + 1)
        for day in (date(2026, month, 5), date(2026, month, 12))
    ]
    calendar = work_calendar(resolve("jincheng"))
    for turn in turns(calendar):
        if (turn.rule, turn.period) == CANCELLED:
            events.append(Event(china(turn.day - 2 * ONE_DAY, 17), _cancel(cast, turn)))
            continue
        if (turn.rule, turn.period) == POSTPONED:
            events.append(Event(china(turn.day - 3 * ONE_DAY, 16), _postpone(cast, turn)))
            turn = replace(turn, day=calendar.add(turn.day, 6))
        events += _meeting(cast, turn, calendar)
    events += [Event(china(date(2026, 3, 16), 15), _instruct(cast))]
    return [*events, Event(now - timedelta(minutes=5), _next(cast))]


def _cancel(cast: Cast, turn: Turn) -> Callable[[datetime], None]:
    """A round that isn't held; its topics go on."""

    def cancel(at: datetime) -> None:
        _open(at)
        why = "【演示】临近春节，并入下一次会议"
        key = turn.key
        cancel_meeting(meeting=key, why=why, by=cast.people["office"], at=at, seen=_seen(key))

    return cancel


def _postpone(cast: Cast, turn: Turn) -> Callable[[datetime], None]:
    """A round that is held later than planned."""

    def postpone(at: datetime) -> None:
        _open(at)
        why, key = "【演示】组长参加省里会议", turn.key
        postpone_meeting(meeting=key, why=why, by=cast.people["office"], at=at, seen=_seen(key))

    return postpone


def _open(at: datetime) -> None:
    open_due_meetings(by=CLOCK, at=at)


def _meeting(cast: Cast, turn: Turn, calendar: WorkCalendar) -> list[Event]:
    office, day = cast.people["office"], turn.day
    lead, decided = DECIDED.get((turn.rule, turn.period), ("市工信局", ""))
    units = [cast.units[name] for name in ("开发区管委会", *ZONES, lead)]

    def call(at: datetime) -> None:
        _open(at)
        key = turn.key
        if (turn.rule, turn.period) == (f"{GROUP}-meeting", PUT_OFF[0]):
            add_topic(meeting=key, title=TOPIC, by=office, at=at, seen=_agenda(key))
        sitting = Sitting(day, time(9), time(11), "市政府第二会议室", "组长")
        call_meeting(meeting=key, sitting=sitting, units=units, by=office, at=at, seen=_seen(key))

    def sit(at: datetime) -> None:
        key = turn.key
        marks = {unit: Mark("present") for unit in units[:-1]}
        marks[units[-1]] = Mark("standing_in", says="副局长")
        if turn.number % 3 == 1:
            marks[units[1 + turn.number % 4]] = Mark("absent", why="【演示】参加省里会议")
        rows = Attendance.objects.open().filter(meeting=key)
        last = max(rows.values_list("since_id", flat=True))
        mark_attendance(meeting=key, marks=marks, by=office, at=at, seen=last)
        _settle(key, office, at, carry=turn.put_off)
        if decided:
            note_decision(
                meeting=key,
                text=decided,
                lead=cast.units[lead],
                due_on=day + timedelta(days=45),
                by=office,
                at=at,
            )
        hold_meeting(meeting=key, by=office, at=at, seen=_seen(key))
        if decided:
            open_items(meeting=key, by=office, at=at)

    def minute(at: datetime) -> None:
        key = turn.key
        paper = open_minutes(meeting=key, by=office, at=at).key
        freeze_minutes(meeting=key, by=office, at=at, seen=_seen(key))
        check_paper(paper=paper, seen=_paper(paper), by=cast.people["office-check"], at=at)
        leader = cast.people["office-leader"]
        sign_paper(paper=paper, seen=_paper(paper), render=render, by=leader, at=at)
        end_meeting(meeting=key, by=office, at=at, seen=_seen(key))

    return [
        Event(china(calendar.add(day, -2), 10), call),
        Event(china(day, 11, 30), sit),
        Event(china(calendar.add(day, 1), 16), minute),
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
