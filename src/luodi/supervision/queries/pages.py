"""A meeting as its page shows it: before, during and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.queries import acts_on
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.orgs.queries import names_of, unit_names, visible
from luodi.orgs.rules import Viewer
from luodi.packs.schemas import UNCONFIRMED

from ..choices import AgendaStage, Attended, DecisionStage
from ..flows import MEETING, OFFICE
from ..models import Agenda, AgendaItem, AgendaItemState, Meeting, MeetingState
from .decisions import DecisionRow, decisions
from .instructions import InstructionRow, instructions
from .meetings import MeetingRow, called_units, meeting_rows, roles_in
from .timelines import SENTENCES


@dataclass(frozen=True)
class TopicRow:
    """A topic in its place. `goes_to` is the meeting it was carried to, with address and title.

    `light` is as of the moment it was put on; `address` leads to what it is about.
    """

    key: str
    number: int
    kind: str
    kind_label: str
    title: str
    subject: str
    address: str
    light: str
    why: str
    lit: tuple[dict[str, Any], ...]
    presenter_unit: str
    presenter: str
    stage: str
    stage_label: str
    said: str
    carried: int
    comes_from: str
    goes_to: str

    @property
    def settled(self) -> bool:
        """Whether it was said what became of it."""
        return self.stage != AgendaStage.LISTED


@dataclass(frozen=True)
class SeatRow:
    """A unit called, and whether it came."""

    unit: str
    name: str
    attended: str
    attended_label: str
    person: str
    who: str
    says: str
    why: str


@dataclass(frozen=True)
class Happened:
    """One act in words."""

    at: datetime
    who: str
    sentence: str
    why: str


@dataclass(frozen=True)
class MeetingPage:
    """`seen` is the meeting's own state; agenda and attendance have versions of their own."""

    row: MeetingRow
    seen: int
    agenda_seen: int
    attendance_seen: int
    rule: dict[str, Any]
    topics: tuple[TopicRow, ...]
    hidden_topics: int
    attendance: tuple[SeatRow, ...]
    decisions: tuple[DecisionRow, ...]
    instructions: tuple[InstructionRow, ...]
    runs: bool
    moves: frozenset[str]
    timeline: tuple[Happened, ...]

    @property
    def shown_topics(self) -> tuple[TopicRow, ...]:
        """The topics that weren't dropped."""
        return tuple(one for one in self.topics if one.stage != AgendaStage.DROPPED)

    @property
    def dropped(self) -> tuple[TopicRow, ...]:
        """The topics that were dropped, with the reason."""
        return tuple(one for one in self.topics if one.stage == AgendaStage.DROPPED)

    @property
    def unsettled(self) -> int:
        """Topics of which nobody said what became of them."""
        return sum(not one.settled for one in self.topics)

    @property
    def noted(self) -> int:
        """Decisions that are no item yet."""
        return sum(one.stage == DecisionStage.NOTED for one in self.decisions)

    @property
    def came(self) -> int:
        """Units that came or sent somebody."""
        there = (Attended.PRESENT, Attended.STANDING_IN)
        return sum(one.attended in there for one in self.attendance)

    @property
    def unconfirmed(self) -> bool:
        """Whether no text gives the rule that opened it."""
        return bool(self.rule.get("rule")) and self.rule["rule"]["source"] == UNCONFIRMED


def meeting_page(key: str, viewer: Viewer, moment: Moment) -> MeetingPage | None:
    """A meeting within the viewer's scope as known at the moment; None for anything else.

    Whoever doesn't see the whole city sees the topics without a unit and those of their own
    units; how many others there are is said.
    """
    mine = visible(Meeting.objects.at(moment).filter(key=key), viewer)
    row = next(iter(meeting_rows(mine, moment)), None)
    if row is None:
        return None
    state = MeetingState.objects.at(moment).select_related("meeting").get(meeting=key)
    agenda = Agenda.objects.at(moment).filter(meeting=key).first()
    every = _topics(key, agenda.order if agenda else [], viewer, moment)
    topics = [one for one in every if _may_read(one, viewer)]
    seats = called_units(key, moment)
    runs = OFFICE in roles_in(viewer, state.meeting.city) and not moment.is_past
    moves = MEETING.available(state.stage, {OFFICE}) if runs else ()
    return MeetingPage(
        row=row,
        seen=state.since_id,
        agenda_seen=agenda.since_id if agenda else 0,
        attendance_seen=max((seat.since_id for seat in seats), default=0),
        rule=state.meeting.rule,
        topics=tuple(topics),
        hidden_topics=len(every) - len(topics),
        attendance=tuple(_seats(seats, moment)),
        decisions=tuple(decisions(viewer, moment, key)),
        instructions=tuple(instructions(viewer, moment, subject_key("meeting", key))),
        runs=runs,
        moves=frozenset(move.name for move in moves),
        timeline=tuple(_timeline(key, moment)),
    )


def _may_read(one: TopicRow, viewer: Viewer) -> bool:
    mine = one.presenter_unit in viewer.units
    return viewer.sees_whole_city or not one.presenter_unit or mine


def _topics(key: str, order: list[str], viewer: Viewer, moment: Moment) -> list[TopicRow]:
    items = {one.key: one for one in AgendaItem.objects.at(moment).filter(meeting=key)}
    states = {
        one.topic_id: one for one in AgendaItemState.objects.at(moment).filter(topic__in=items)
    }
    later = AgendaItem.objects.at(moment).filter(carried_from__in=items)
    goes = dict(later.values_list("carried_from", "meeting"))
    came = AgendaItem.objects.filter(carried_to__in=items).values_list("key", "meeting")
    comes = dict(came)
    units = unit_names({one.presenter for one in states.values() if one.presenter}, moment)
    found = [place for place in order if place in states]
    return [
        _topic(number, items[k], states[k], units, goes, comes)
        for number, k in enumerate(found, start=1)
    ]


def _topic(
    number: int,
    item: AgendaItem,
    state: AgendaItemState,
    units: dict[str, str],
    goes: dict[str, str],
    comes: dict[str, str],
) -> TopicRow:
    to, origin = goes.get(item.key, ""), comes.get(item.carried_from_id or "", "")
    return TopicRow(
        key=item.key,
        number=number,
        kind=item.kind,
        kind_label=item.get_kind_display(),
        title=state.title,
        subject=item.subject,
        address=_address(item.subject),
        light=item.light,
        why=item.why,
        lit=tuple(item.lit),
        presenter_unit=state.presenter,
        presenter=units.get(state.presenter, ""),
        stage=state.stage,
        stage_label=state.get_stage_display(),
        said=state.said,
        carried=item.carried,
        comes_from=reverse("meeting", args=[origin]) if origin else "",
        goes_to=reverse("meeting", args=[to]) if to else "",
    )


def _address(subject: str) -> str:
    """Where a topic leads; plain addresses are their own, an item's is known without a look."""
    if subject.startswith("/"):
        return subject
    kind, _colon, key = subject.partition(":")
    names = {"item": "item", "unit": "unit"}
    return reverse(names[kind], args=[key]) if kind in names else ""


def _seats(seats: list[Any], moment: Moment) -> list[SeatRow]:
    names = unit_names((seat.unit for seat in seats), moment)
    people = names_of(seat.person for seat in seats if seat.person)
    rows = [
        SeatRow(
            unit=seat.unit,
            name=names.get(seat.unit, ""),
            attended=seat.attended,
            attended_label=seat.get_attended_display(),
            person=seat.person,
            who=people.get(seat.person, ""),
            says=seat.says,
            why=seat.why,
        )
        for seat in seats
    ]
    return sorted(rows, key=lambda row: row.name)


def _timeline(key: str, moment: Moment) -> list[Happened]:
    acts = [act for act in acts_on(subject_key("meeting", key), moment) if act.verb in SENTENCES]
    people = names_of(act.by for act in acts)
    return [_happened(act, people) for act in acts]


def _happened(act: Act, people: dict[str, str]) -> Happened:
    who = people.get(act.by, _("系统") if act.by.startswith("system:") else "—")
    return Happened(act.at, who, SENTENCES[act.verb](act.payload), act.why)
