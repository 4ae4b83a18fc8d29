"""The calendar of each body: turns that were opened, and those still to come."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luodi.common.languages import language, titled
from luodi.common.moments import Moment
from luodi.common.periods import period_label
from luodi.kit.calendars import Schedule
from luodi.orgs.queries import pack_of, rulebook
from luodi.orgs.rules import Viewer
from luodi.packs import Stack, work_calendar
from luodi.packs.schemas import UNCONFIRMED, CadenceRule

from ..rules.calendars import HELD, Body, rhythm_of, turns_between
from .bodies import bodies_of
from .bulletins import bulletins
from .meetings import MeetingRow, meetings

WHAT = {
    "dispatch": gettext_lazy("调度"),
    "meeting": gettext_lazy("例会"),
    "consultation": gettext_lazy("会商"),
    "bulletin": gettext_lazy("通报"),
    "report": gettext_lazy("报送"),
    "special": gettext_lazy("专题会议"),
}
FIRST, LAST = 2000, 2099
"""The years a calendar is shown for."""

AROUND = 62
"""A meeting may be held so many days off the last day of its turn and still stand on its own."""


@dataclass(frozen=True)
class Turn:
    """One turn of a rule. `state` is opened, now, past or coming.

    `meeting` is what it became; `address` and `stage_label` lead there, or to its bulletin.
    """

    rule: str
    what: str
    what_label: str
    title: str
    organ: str
    period: str
    opens_on: date
    due_on: date
    provisional: bool
    state: str
    meeting: MeetingRow | None = None
    address: str = ""
    stage_label: str = ""
    zone: str = ""

    @property
    def period_label(self) -> str:
        """The period in words."""
        return period_label(self.period)

    @property
    def on(self) -> date:
        """The day it stands on: when its meeting is held, else the last day of its turn."""
        return (self.meeting and self.meeting.day) or self.due_on


@dataclass(frozen=True)
class RuleShown:
    """A rule in words: whose, where it stands, what is inferred; its turns by month 1 to 12."""

    key: str
    title: str
    what: str
    what_label: str
    source: str
    inferred: str
    note: str
    confirmed: bool
    months: tuple[tuple[Turn, ...], ...]


@dataclass(frozen=True)
class BodyShown:
    """A body, since when it is there, and its rules."""

    name: str
    kind: str
    since: date | None
    until: date | None
    rules: tuple[RuleShown, ...]


@dataclass(frozen=True)
class YearPage:
    """A year of every body, and the meetings out of turn in it."""

    year: int
    bodies: tuple[BodyShown, ...]
    special: tuple[MeetingRow, ...]


@dataclass(frozen=True)
class DayShown:
    """A day of a month's grid; `off` names a day off."""

    on: date
    inside: bool
    today: bool
    off: str
    turns: tuple[Turn, ...]
    special: tuple[MeetingRow, ...]


@dataclass(frozen=True)
class MonthPage:
    """A month in weeks from Monday, with the months beside it."""

    year: int
    month: int
    weeks: tuple[tuple[DayShown, ...], ...]
    before: tuple[int, int]
    after: tuple[int, int]
    total: int


def year_page(viewer: Viewer, moment: Moment, year: int) -> YearPage:
    """The calendars of the viewer's city in a year, with the meetings the viewer may see."""
    found = meetings(viewer, moment)
    first, last = date(year, 1, 1), date(year, 12, 31)
    book, known = rulebook([viewer.city], moment), _known(found, viewer, moment)
    bodies = [
        BodyShown(
            name=body.name,
            kind=body.kind,
            since=body.since,
            until=body.until,
            rules=tuple(
                _rule(stack, body, rule, known, moment, first, last)
                for stack in [book.of_unit(viewer.city, body.zone)]
                for rule in body.rules
            ),
        )
        for body in bodies_of(viewer.city, moment)
    ]
    special = [row for row in found if not row.cadence and _in(row, first, last)]
    return YearPage(year, tuple(bodies), tuple(reversed(special)))


def month_page(viewer: Viewer, moment: Moment, year: int, month: int) -> MonthPage:
    """A month of all bodies, day by day."""
    weeks = Calendar().monthdatescalendar(year, month)
    first, last = weeks[0][0], weeks[-1][-1]
    found = meetings(viewer, moment)
    turns: dict[date, list[Turn]] = {}
    for one in turns_of(viewer, moment, first, last, found):
        turns.setdefault(one.on, []).append(one)
    special: dict[date, list[MeetingRow]] = {}
    for row in found:
        day = row.day or row.due_on
        if not row.cadence and day:
            special.setdefault(day, []).append(row)
    calendar = work_calendar(pack_of(viewer.city, moment))

    def shown(day: date) -> DayShown:
        known = calendar.day(day)
        off = known.says(language()) if not known.working and known.name else ""
        return DayShown(
            day,
            day.month == month,
            day == moment.today,
            off,
            tuple(turns.get(day, ())),
            tuple(special.get(day, ())),
        )

    grid = tuple(tuple(shown(day) for day in week) for week in weeks)
    inside = [day for week in grid for day in week if day.inside]
    return MonthPage(
        year,
        month,
        grid,
        (year - 1, 12) if month == 1 else (year, month - 1),
        (year + 1, 1) if month == 12 else (year, month + 1),
        sum(len(day.turns) + len(day.special) for day in inside),
    )


def turns_of(
    viewer: Viewer, moment: Moment, first: date, last: date, found: Iterable[MeetingRow]
) -> list[Turn]:
    """The turns of every body that stand between two days, by day."""
    book = rulebook([viewer.city], moment)
    known = _known(found, viewer, moment)
    rows = [
        turn
        for body in bodies_of(viewer.city, moment)
        for rule in body.rules
        for turn in _turns(
            book.of_unit(viewer.city, body.zone), body, rule, known, moment, first, last
        )
    ]
    return sorted(rows, key=lambda turn: (turn.on, turn.organ, turn.title))


@dataclass(frozen=True)
class Known:
    """What was opened: meetings by zone, rule and period, bulletins by period (with stage)."""

    meetings: Mapping[tuple[str, str, str], MeetingRow]
    bulletins: Mapping[str, tuple[str, str]]


def _known(found: Iterable[MeetingRow], viewer: Viewer, moment: Moment) -> Known:
    """The meetings that were found, and the bulletins the viewer may see."""
    issues = bulletins(viewer, moment)
    return Known(
        {(row.zone, row.cadence, row.period): row for row in found if row.cadence},
        {row.period: (reverse("bulletin", args=[row.key]), row.stage_label) for row in issues},
    )


def _turns(
    stack: Stack,
    body: Body,
    rule: CadenceRule,
    known: Known,
    moment: Moment,
    first: date,
    last: date,
) -> list[Turn]:
    """The turns of one rule that stand between two days; none before its body was there."""
    begins, ends = body.lasts(rule)
    early, late = first - timedelta(days=AROUND), last + timedelta(days=AROUND)
    turns = turns_between(rhythm_of(stack, rule), max(early, begins), late)
    shown = [_turn(body, rule, turn, known, moment) for turn in turns if turn.opens_on <= ends]
    return [turn for turn in shown if first <= turn.on <= last]


def _turn(body: Body, rule: CadenceRule, turn: Schedule, known: Known, moment: Moment) -> Turn:
    key = (body.zone, rule.key, turn.period.key)
    meeting = known.meetings.get(key) if rule.what in HELD else None
    address, label = ("", "")
    if meeting is not None:
        address, label = meeting.address, meeting.stage_label
    elif rule.what == "bulletin":
        address, label = known.bulletins.get(turn.period.key, ("", ""))
    if address:
        state = "opened"
    elif turn.due_on < moment.today:
        state = "past"
    else:
        state = "now" if turn.opens_on <= moment.today else "coming"
    return Turn(
        rule=rule.key,
        what=rule.what,
        what_label=str(WHAT[rule.what]),
        title=titled(rule),
        organ=body.name,
        zone=body.zone,
        period=turn.period.key,
        opens_on=turn.opens_on,
        due_on=turn.due_on,
        provisional=turn.provisional,
        state=state,
        meeting=meeting,
        address=address,
        stage_label=label,
    )


def _rule(
    stack: Stack,
    body: Body,
    rule: CadenceRule,
    known: Known,
    moment: Moment,
    first: date,
    last: date,
) -> RuleShown:
    months: list[list[Turn]] = [[] for _month in range(12)]
    for turn in _turns(stack, body, rule, known, moment, first, last):
        months[turn.on.month - 1].append(turn)
    source = _("本地默认，未经文件确认") if rule.source == UNCONFIRMED else rule.source
    return RuleShown(
        key=rule.key,
        title=titled(rule),
        what=rule.what,
        what_label=str(WHAT[rule.what]),
        source=source,
        inferred=rule.inferred,
        note=rule.note,
        confirmed=rule.confirmed,
        months=tuple(tuple(some) for some in months),
    )


def _in(row: MeetingRow, first: date, last: date) -> bool:
    day = row.day or row.due_on
    return day is not None and first <= day <= last
