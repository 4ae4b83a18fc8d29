"""Agendas: topics added, moved, dropped, discussed, carried over. Every edit is one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.orgs.queries import units_of

from ..choices import AgendaKind, AgendaStage, MeetingStage
from ..models import Agenda, AgendaItem, AgendaItemState, Meeting, MeetingState
from ..queries.agenda import Topic, carried
from ..queries.meetings import Held, day_of, hold

OPEN = (MeetingStage.PLANNED, MeetingStage.CALLED, MeetingStage.POSTPONED)
RUNNING = (MeetingStage.CALLED, MeetingStage.HELD)
SETTLED = (AgendaStage.DISCUSSED, AgendaStage.CARRIED_OVER, AgendaStage.DROPPED)
MOVES = ("up", "down", "first")


def write_agenda(*, deed: Deed, meeting: Meeting, topics: Iterable[Topic]) -> None:
    """Write the first agenda of a meeting into the deed that opens it."""
    order = [_write(deed, meeting, topic) for topic in topics]
    deed.write(Agenda(meeting_id=meeting.key, order=order))


def _write(deed: Deed, meeting: Meeting, topic: Topic) -> str:
    row = AgendaItem(
        key=new_key(),
        city=meeting.city,
        zone=meeting.zone,
        unit=topic.presenter,
        meeting_id=meeting.key,
        kind=topic.kind,
        subject=topic.subject,
        light=topic.light,
        why=topic.why,
        lit=topic.lit,
        carried=topic.carried,
        carried_from_id=topic.carried_from or None,
    )
    deed.write(row)
    deed.write(AgendaItemState(topic_id=row.key, title=topic.title, presenter=topic.presenter))
    return row.key


def _edited(held: Held, seen: int, stages: Iterable[str]) -> Agenda:
    """The agenda as it was seen, in a meeting whose agenda may still change."""
    held.must_run()
    if held.state.stage not in stages:
        raise Closed(_("会议现在的状态不能改议程；没有写入。"))
    agenda = Agenda.objects.open().filter(meeting=held.meeting).first()
    if agenda is None:
        raise NotFound(_("这次会议没有议程。"))
    if agenda.since_id != seen:
        raise Conflict(_("同事刚刚改了议程，请看过最新议程再改；您填的内容没有写入。"))
    return agenda


def _topic(held: Held, topic: str) -> AgendaItemState:
    rows = AgendaItemState.objects.open().select_related("topic")
    state = rows.filter(topic=topic, topic__meeting=held.meeting).first()
    if state is None:
        raise NotFound(_("议程里没有这一项，请刷新后再看。"))
    return state


def add_topic(
    *, meeting: str, title: str, by: str, at: datetime, seen: int, presenter: str = ""
) -> None:
    """Put a topic at the end of an agenda. `seen` is the agenda the person looked at."""
    held = hold(meeting, by)
    agenda = _edited(held, seen, (*OPEN, MeetingStage.HELD))
    if not title.strip():
        raise Incomplete(_("请写明议题。"))
    known = units_of(held.meeting.city, Moment(at)).filter(of=presenter)
    if presenter and not known.exists():
        raise NotFound(_("没有这个单位，请从列表里选择。"))
    topic = Topic(AgendaKind.OTHER, title.strip(), presenter=presenter)
    with perform(
        "add_topic",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"title": topic.title},
    ) as deed:
        key = _write(deed, held.meeting, topic)
        deed.replace(agenda, order=[*agenda.order, key])


def move_topic(*, meeting: str, topic: str, move: str, by: str, at: datetime, seen: int) -> None:
    """Move a topic up or down by one, or to the top."""
    held = hold(meeting, by)
    agenda = _edited(held, seen, (*OPEN, MeetingStage.HELD))
    state = _topic(held, topic)
    order = list(agenda.order)
    if move not in MOVES or topic not in order:
        raise NotFound(_("议程里没有这一项，请刷新后再看。"))
    place = order.index(topic)
    order.pop(place)
    there = {"up": max(0, place - 1), "down": place + 1, "first": 0}[move]
    order.insert(there, topic)
    with perform(
        "move_topic",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"title": state.title, "move": move},
    ) as deed:
        deed.replace(agenda, order=order)


def settle_topic(
    *, meeting: str, topic: str, how: str, by: str, at: datetime, seen: int, said: str = ""
) -> None:
    """Say what became of a topic: discussed (with what was said), carried over, dropped, or taken
    up again. Carrying over and dropping need a reason.

    What is carried over comes to the body's next meeting: at once where that is open already,
    else when its round opens.
    """
    held = hold(meeting, by)
    agenda = _edited(held, seen, (*OPEN, *RUNNING))
    state = _topic(held, topic)
    _check(held, state, how, said)
    with perform(
        "settle_topic",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"title": state.title, "how": how},
        why=said.strip(),
    ) as deed:
        after = deed.replace(state, stage=how, said=said.strip())
        deed.replace(agenda)
        if how == AgendaStage.CARRIED_OVER:
            bring_on(deed=deed, held=held, states=[after])


def _check(held: Held, state: AgendaItemState, how: str, said: str) -> None:
    if how not in AgendaStage.values or how == state.stage:
        raise Incomplete(_("请选择这项议题的处理结果。"))
    if how == AgendaStage.DISCUSSED and held.state.stage not in RUNNING:
        raise Closed(_("会议还没有召集，不能登记为已议。"))
    if how in (AgendaStage.CARRIED_OVER, AgendaStage.DROPPED) and not said.strip():
        raise Incomplete(_("结转或撤下议题，请写明原因。"))
    if state.topic.carried_to.exists():
        raise Closed(_("这项议题已经列入下一次会议，请在那次会议里处理。"))


def bring_on(*, deed: Deed, held: Held, states: Sequence[AgendaItemState]) -> None:
    """Put topics on the body's next meeting where that is open already; else they wait for it."""
    rows = MeetingState.objects.open().select_related("meeting")
    later = rows.filter(
        meeting__city=held.meeting.city,
        meeting__organ=held.meeting.organ,
        meeting__zone=held.meeting.zone,
        stage__in=OPEN,
    ).exclude(meeting=held.meeting)
    following = [one for one in later if _is_later(one, held)]
    if not following or not states:
        return
    nearest = min(following, key=lambda one: (_date(one) or date.max, one.meeting.act_id))
    agenda = Agenda.objects.open().get(meeting=nearest.meeting)
    keys = [_write(deed, nearest.meeting, carried(state)) for state in states]
    deed.replace(agenda, order=[*keys, *agenda.order])
    deed.mention(subject_key("meeting", nearest.meeting_id))


def _date(state: MeetingState) -> date | None:
    return day_of(state) or state.due_on


def _is_later(one: MeetingState, held: Held) -> bool:
    """Whether a meeting comes after another: by their days, else by which was opened first."""
    there, here = _date(one), _date(held.state)
    if there and here and there != here:
        return there > here
    return one.meeting.act_id > held.meeting.act_id
