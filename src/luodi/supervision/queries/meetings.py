"""Meetings within a viewer's scope: the list, and a meeting as an action finds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.periods import period_label
from luodi.common.refusals import Conflict, NotAllowed, NotFound
from luodi.kit.calendars import Period
from luodi.orgs.choices import Role
from luodi.orgs.queries import viewer_of_person, visible
from luodi.orgs.rules import Viewer

from ..choices import AgendaStage, DecisionStage, MeetingStage
from ..flows import OFFICE
from ..models import AgendaItemState, Attendance, DecisionState, Meeting, MeetingState

TO_COME = (MeetingStage.PLANNED, MeetingStage.CALLED, MeetingStage.POSTPONED)
OVER = (MeetingStage.ENDED, MeetingStage.CANCELLED)


@dataclass(frozen=True)
class Held:
    """A meeting as somebody finds it, with what they are to it."""

    meeting: Meeting
    state: MeetingState
    roles: frozenset[str]

    @property
    def subject(self) -> str:
        """The subject of its acts."""
        return subject_key("meeting", self.meeting.key)

    @property
    def scope(self) -> dict[str, str]:
        """The scope columns of what is written about it."""
        return {"city": self.meeting.city, "zone": self.meeting.zone, "unit": self.meeting.unit}

    @property
    def day(self) -> date | None:
        """The day it is held on, where that is settled."""
        return day_of(self.state)

    def must_run(self) -> None:
        """Refuse whoever doesn't run meetings."""
        if OFFICE not in self.roles:
            raise NotAllowed(_("会议由专班办公室组织；您可以查看，不能改。"))


def day_of(state: MeetingState) -> date | None:
    """The civil day a meeting begins on."""
    return state.starts_at.astimezone(LOCAL).date() if state.starts_at else None


def roles_in(viewer: Viewer, city: str) -> frozenset[str]:
    """What a viewer is to the meetings of a city: the office, or nothing."""
    office = viewer.has(Role.OFFICE) and city in viewer.cities
    return frozenset({OFFICE} if office else ())


def hold(meeting: str, by: str, seen: int | None = None) -> Held:
    """A meeting within `by`'s scope with its open state; `NotFound` outside of it.

    `seen` is the state a form was filled from: `Conflict` where it has changed meanwhile.
    """
    viewer = viewer_of_person(by)
    row = visible(Meeting.objects.filter(key=meeting), viewer).first()
    if row is None:
        raise NotFound(_("没有这次会议，或者它不在您的范围内。"))
    state = MeetingState.objects.open().get(meeting=row)
    if seen is not None and seen != state.since_id:
        raise Conflict(_("会议刚刚有了变化，请刷新后再看；您填的内容没有写入。"))
    return Held(row, state, roles_in(viewer, row.city))


def title_of(organ: str, period: str, what: str) -> str:
    """The title of a round, in Chinese: it becomes part of the record."""
    with override("zh-hans"):
        return f"{organ}{Period.parse(period).label('zh')}{what}"[:200]


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as lists show it. `light` is a light and its reason."""

    key: str
    title: str
    kind: str
    kind_label: str
    organ: str
    body: str
    zone: str
    cadence: str
    period: str
    stage: str
    stage_label: str
    starts_at: datetime | None
    ends_at: datetime | None
    due_on: date | None
    place: str
    chair: str
    why: str
    changes: int
    changed_at: datetime
    topics: int
    carried: int
    decisions: int
    light: tuple[str, str]

    @property
    def day(self) -> date | None:
        """The day it is held on."""
        return self.starts_at.astimezone(LOCAL).date() if self.starts_at else None

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("meeting", args=[self.key])

    @property
    def period_label(self) -> str:
        """Its turn in words."""
        return period_label(self.period) if self.period else ""


def meetings(viewer: Viewer, moment: Moment) -> list[MeetingRow]:
    """The meetings in the viewer's scope as known at the moment, the newest turn first."""
    mine = visible(Meeting.objects.at(moment), viewer)
    rows = meeting_rows(mine, moment)
    return sorted(rows, key=lambda row: row.day or row.due_on or date.min, reverse=True)


def meeting_rows(mine: Any, moment: Moment) -> list[MeetingRow]:
    """Rows of the given meetings, which the caller has scoped, in three queries."""
    states = list(
        MeetingState.objects.at(moment)
        .filter(meeting__in=mine.values("key"))
        .select_related("meeting", "since")
    )
    keys = [state.meeting_id for state in states]
    topics = AgendaItemState.objects.at(moment).filter(topic__meeting__in=keys)
    listed = topics.exclude(stage=AgendaStage.DROPPED)
    counted: dict[str, list[int]] = {}
    for meeting, carried in listed.values_list("topic__meeting", "topic__carried"):
        counted.setdefault(meeting, []).append(carried)
    decided: dict[str, int] = {}
    noted = DecisionState.objects.at(moment).filter(decision__meeting__in=keys)
    for meeting in noted.exclude(stage=DecisionStage.TAKEN_BACK).values_list(
        "decision__meeting", flat=True
    ):
        decided[meeting] = decided.get(meeting, 0) + 1
    return [
        _row(state, counted.get(state.meeting_id, []), decided.get(state.meeting_id, 0), moment)
        for state in states
    ]


def _row(state: MeetingState, topics: list[int], decisions: int, moment: Moment) -> MeetingRow:
    meeting = state.meeting
    return MeetingRow(
        key=meeting.key,
        title=state.title,
        kind=meeting.kind,
        kind_label=meeting.get_kind_display(),
        organ=meeting.organ,
        body=meeting.body,
        zone=meeting.zone,
        cadence=meeting.cadence,
        period=meeting.period,
        stage=state.stage,
        stage_label=state.get_stage_display(),
        starts_at=state.starts_at,
        ends_at=state.ends_at,
        due_on=state.due_on,
        place=state.place,
        chair=state.chair,
        why=state.why,
        changes=state.changes,
        changed_at=state.since.at,
        topics=len(topics),
        carried=sum(1 for times in topics if times),
        decisions=decisions,
        light=light_of(state, moment),
    )


def light_of(state: MeetingState, moment: Moment) -> tuple[str, str]:
    """How a meeting keeps to its turn: red after its last day, yellow in the last week."""
    if state.stage == MeetingStage.CANCELLED:
        return "done", _("已取消")
    if state.stage not in TO_COME:
        return "done", _("已召开")
    day, due = day_of(state), state.due_on
    if day and day < moment.today and state.stage == MeetingStage.CALLED:
        return "red", _("会议日期已过，还没有登记召开")
    if due is None:
        return ("green", _("已通知")) if day else ("none", _("未定时间"))
    if moment.today > due:
        return "red", _("应于 %(due)s 前召开") % {"due": due}
    if state.stage == MeetingStage.CALLED:
        return "green", _("已通知")
    left = (due - moment.today).days
    words = _("应于 %(due)s 前召开，还没有通知") % {"due": due}
    return ("yellow" if left <= 7 else "green"), words


def called_units(meeting: str, moment: Moment) -> list[Attendance]:
    """The units called to a meeting, in the order they were put down."""
    return list(Attendance.objects.at(moment).filter(meeting=meeting).order_by("pk"))


def find_meeting(key: str) -> Found | None:
    """The finder of the subject kind `meeting`."""
    state = MeetingState.objects.open().select_related("meeting").filter(meeting=key).first()
    if state is None:
        return None
    meeting = state.meeting
    units = Attendance.objects.open().filter(meeting=meeting).values_list("unit", flat=True)
    return Found(
        state.title,
        reverse("meeting", args=[key]),
        _("会议"),
        f"{meeting.organ} {state.place}",
        {"city": meeting.city, "units": " ".join(units) or "-", "zone": meeting.zone},
    )


def find_call(key: str) -> Found | None:
    """The finder of the subject kind `meeting_call`: the meeting that was called again."""
    return find_meeting(key.rpartition("-")[0])
