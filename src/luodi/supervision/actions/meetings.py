"""Meetings: opened out of turn, called, postponed, cancelled, held, ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.flows import moved
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import Spoken, language
from luodi.common.moments import LOCAL, Moment, as_utc
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.actions import tell
from luodi.orgs.queries import handlers_of, rules_for, units_of, viewer_of_person
from luodi.packs import work_calendar
from luodi.papers.queries import is_issued

from ..choices import AgendaStage, Attended, DecisionStage, MeetingKind, MeetingStage
from ..flows import MEETING, OFFICE
from ..models import (
    AgendaItemState,
    Attendance,
    DecisionState,
    Meeting,
    MeetingState,
)
from ..queries.agenda import waiting_topics
from ..queries.bodies import bodies_of
from ..queries.meetings import Held, day_of, hold, roles_in
from ..queries.minutes import minutes_of
from ..rules import check_year
from .agendas import bring_on, write_agenda

LONGEST = timedelta(hours=12)
AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Sitting:
    """When and where: civil day, hours of that day, place, who chairs (a post, no name).

    `despite` is the reason for a day that is no working day, or lies in the past.
    """

    day: date
    begins: time
    ends: time
    place: str
    chair: str = ""
    despite: str = ""


def open_special_meeting(
    *, city: str, organ: str, title: str, by: str, at: datetime, due_on: date | None = None
) -> Meeting:
    """Open a meeting of a body out of turn; what was carried over comes to it."""
    if OFFICE not in roles_in(viewer_of_person(by), city):
        raise NotAllowed(_("会议由专班办公室组织；您可以查看，不能改。"))
    if not title.strip():
        raise Incomplete(_("请写明会议名称。"))
    check_year(due_on, Moment(at).today)
    if due_on and due_on < Moment(at).today:
        raise Incomplete(_("最迟召开日期不能早于今天；补登已开的会议，不用填这一项。"))
    body = next((one for one in bodies_of(city, Moment(at)) if one.name == organ), None)
    if body is None:
        raise NotFound(_("规则包里没有这个机构，请从列表里选择。"))
    same = MeetingState.objects.open().filter(
        meeting__city=city, meeting__organ=organ, title=title.strip(), stage=MeetingStage.PLANNED
    )
    if same.exists():
        raise Conflict(_("同名的会议已经登记，还没有召集；没有重复写入。"))
    meeting = Meeting(
        key=new_key(),
        city=city,
        zone=body.zone,
        unit=body.zone,
        kind=MeetingKind.SPECIAL,
        body=body.kind,
        organ=body.name,
    )
    with perform(
        "open_meeting",
        by=by,
        at=at,
        subjects=[subject_key("meeting", meeting.key)],
        scope={"city": city, "zone": body.zone, "unit": body.zone},
        payload={"kind": meeting.kind, "organ": organ, "title": title.strip()},
    ) as deed:
        deed.write(meeting)
        deed.write(
            MeetingState(
                meeting_id=meeting.key,
                stage=MEETING.start,
                title=title.strip(),
                due_on=due_on,
            )
        )
        write_agenda(deed=deed, meeting=meeting, topics=waiting_topics(city, organ))
    return meeting


def call_meeting(
    *,
    meeting: str,
    sitting: Sitting,
    units: Iterable[str],
    by: str,
    at: datetime,
    seen: int,
) -> None:
    """Set day, hours and place, and call the units; again to change what was said.

    A day off and a day gone by need a reason. Units that were called and no longer are, are
    taken off the list; whoever is on it is told.
    """
    held = hold(meeting, by, seen)
    wanted = list(dict.fromkeys(unit for unit in units if unit))
    present = {"day": sitting.day, "units": wanted}
    stage = moved(MEETING, "call", held.state.stage, held.roles, present)
    check_year(min(sitting.day, Moment(at).today), Moment(at).today)
    begins, ends = _hours(sitting)
    _check_day(held, sitting, at)
    known = set(units_of(held.meeting.city, Moment(at)).values_list("of", flat=True))
    if set(wanted) - known:
        raise NotFound(_("没有这个单位，请从列表里选择。"))
    if not sitting.place.strip():
        raise Incomplete(_("请写明会议地点。"))
    with perform(
        "call_meeting",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"starts_at": begins.isoformat(), "place": sitting.place, "units": len(wanted)},
        why=sitting.despite.strip(),
    ) as deed:
        deed.replace(
            held.state,
            stage=stage,
            starts_at=begins,
            ends_at=ends,
            place=sitting.place.strip(),
            chair=sitting.chair.strip(),
            why=sitting.despite.strip(),
            changes=held.state.changes + 1,
        )
        _seat(deed, held, wanted)
    _tell(held, wanted, partial(_called, held, begins, sitting.place), by, at)


def _called(held: Held, begins: datetime, place: str) -> str:
    return _("请参加会议：%(title)s，%(when)s，%(place)s") % {
        "title": held.state.title,
        "when": begins.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M"),
        "place": place.strip(),
    }


def _hours(sitting: Sitting) -> tuple[datetime, datetime]:
    begins = datetime.combine(sitting.day, sitting.begins, LOCAL)
    ends = datetime.combine(sitting.day, sitting.ends, LOCAL)
    if not timedelta(0) < ends - begins <= LONGEST:
        raise Incomplete(_("结束时间应晚于开始时间，并在同一天。"))
    return as_utc(begins), as_utc(ends)


def _check_day(held: Held, sitting: Sitting, at: datetime) -> None:
    """A day off or gone by needs a reason; one over a year ahead is a slip of the pen."""
    today, said = Moment(at).today, sitting.despite.strip()
    if sitting.day > today + AHEAD:
        raise Incomplete(_("会议日期在一年以后，请核对年份。"))
    day = work_calendar(rules_for(held.meeting, Moment(at))).day(sitting.day)
    if not day.working and not said:
        words = {"day": sitting.day, "why": day.says(language())}
        raise Incomplete(_("%(day)s 是%(why)s，不是工作日。确需在这天开会，请写明理由。") % words)
    if sitting.day < today and not said:
        raise Incomplete(_("会议日期已经过去。补登已开的会议，请写明理由。"))


def _seat(deed: Deed, held: Held, wanted: list[str]) -> None:
    """Call the units that aren't on the list yet, take off those no longer called."""
    rows = {row.unit: row for row in Attendance.objects.open().filter(meeting=held.meeting)}
    for unit in wanted:
        if unit not in rows:
            deed.write(Attendance(meeting_id=held.meeting.key, unit=unit))
    for unit, row in rows.items():
        if unit not in wanted:
            deed.close(row)


def postpone_meeting(*, meeting: str, why: str, by: str, at: datetime, seen: int) -> None:
    """Put a meeting off, with the reason; it is called again with a new day."""
    held = hold(meeting, by, seen)
    _change(held, "postpone", why, by, at, starts_at=None, ends_at=None)
    _tell_all(held, lambda: _("会议推迟：%(title)s。%(why)s") % _said(held, why), by, at)


def cancel_meeting(*, meeting: str, why: str, by: str, at: datetime, seen: int) -> None:
    """Cancel a meeting, with the reason; topics that came to it from before are carried on."""
    held = hold(meeting, by, seen)
    _change(held, "cancel", why, by, at)
    _tell_all(held, lambda: _("会议取消：%(title)s。%(why)s") % _said(held, why), by, at)


def _said(held: Held, why: str) -> dict[str, str]:
    return {"title": held.state.title, "why": why.strip()}


def _change(held: Held, move: str, why: str, by: str, at: datetime, **changes: Any) -> None:
    present = {"reason"} if why.strip() else set()
    stage = moved(MEETING, move, held.state.stage, held.roles, present)
    with perform(
        f"{move}_meeting",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"title": held.state.title},
        why=why.strip(),
    ) as deed:
        deed.replace(
            held.state,
            stage=stage,
            why=why.strip(),
            changes=held.state.changes + 1,
            **changes,
        )
        if move == "cancel":
            _carry_all(deed, held, why)


def _carry_all(deed: Deed, held: Held, why: str) -> None:
    """What nobody came to discuss waits for the next meeting: only what people put on."""
    rows = AgendaItemState.objects.open().filter(
        topic__meeting=held.meeting,
        topic__kind__in=("carried", "other_topic"),
        stage=AgendaStage.LISTED,
    )
    after = [
        deed.replace(row, stage=AgendaStage.CARRIED_OVER, said=why.strip())
        for row in rows.select_related("topic").order_by("pk")
    ]
    bring_on(deed=deed, held=held, states=after)


def hold_meeting(*, meeting: str, by: str, at: datetime, seen: int) -> None:
    """Record a called meeting as held, on its day or later; attendance has to be marked."""
    held = hold(meeting, by, seen)
    rows = Attendance.objects.open().filter(meeting=meeting)
    marked = rows.exclude(attended=Attended.EXPECTED).exists()
    present = {"attendance"} if marked else set()
    stage = moved(MEETING, "hold", held.state.stage, held.roles, present)
    day = day_of(held.state)
    if day and day > Moment(at).today:
        raise Incomplete(_("会议日期还没有到，不能登记为已召开。"))
    with perform(
        "hold_meeting",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"title": held.state.title},
    ) as deed:
        deed.replace(held.state, stage=stage, why="")


def rework_meeting(*, meeting: str, why: str, by: str, at: datetime, seen: int) -> None:
    """Go back to noting where the minutes were sent back, with the reason."""
    held = hold(meeting, by, seen)
    paper = minutes_of(meeting, Moment(at))
    present = {"reason"} if why.strip() else set()
    stage = moved(MEETING, "rework", held.state.stage, held.roles, present)
    if paper is not None and paper.snapshot_id is not None:
        raise Conflict(_("会议纪要正在审签或已签发；请先在文稿里退回重拟，再补记。"))
    with perform(
        "rework_meeting",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"title": held.state.title},
        why=why.strip(),
    ) as deed:
        deed.replace(held.state, stage=stage)


def end_meeting(*, meeting: str, by: str, at: datetime, seen: int) -> None:
    """End a meeting: its minutes are signed, every topic settled, every decision an item.

    Its items live on in the ledger and stand on the body's next agenda while they are open.
    """
    held = hold(meeting, by, seen)
    paper = minutes_of(meeting, Moment(at))
    listed = AgendaItemState.objects.open().filter(topic__meeting=meeting, stage=AgendaStage.LISTED)
    noted = DecisionState.objects.open().filter(
        decision__meeting=meeting, stage=DecisionStage.NOTED
    )
    present = {
        "signed": paper is not None and is_issued(paper.stage),
        "settled": not listed.exists(),
        "opened": not noted.exists(),
    }
    stage = moved(MEETING, "end", held.state.stage, held.roles, present)
    with perform(
        "end_meeting",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"title": held.state.title},
    ) as deed:
        deed.replace(held.state, stage=stage)


def _tell_all(held: Held, sentence: Spoken, by: str, at: datetime) -> None:
    rows = Attendance.objects.open().filter(meeting=held.meeting)
    _tell(held, rows.values_list("unit", flat=True), sentence, by, at)


def _tell(held: Held, units: Iterable[str], sentence: Spoken, by: str, at: datetime) -> None:
    people = [person for unit in units for person in handlers_of(unit)]
    tell(
        people=[person for person in people if person != by],
        kind="meeting",
        sentence=sentence,
        subject=held.subject,
        address=f"/supervision/meetings/{held.meeting.key}/",
        by=by,
        at=at,
    )
