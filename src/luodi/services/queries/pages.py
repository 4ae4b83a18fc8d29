"""One request as the offices' page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.queries import acts_on
from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.kit.flows import Move
from luodi.ledger.queries import Row as ItemRow
from luodi.orgs.queries import caller_of, enterprise_names, unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import Part
from ..flows import REQUEST
from ..models import CallOut, FirmQuestion, Request, RequestState, Timetable
from .holding import desk_of, roles_in
from .rows import ClockRow, Row, items_from, past_rounds, rows_of
from .timelines import Event, events_of


@dataclass(frozen=True)
class CallRow:
    """An office that was called out, and whether it came in time."""

    unit: str
    name: str
    part: str
    task: str
    called_at: datetime
    due_at: datetime | None
    arrived_at: datetime | None
    late: bool


@dataclass(frozen=True)
class RequestPage:
    """`seen` is the position of the state shown: forms send it back, so that nobody overwrites."""

    row: Row
    text: str
    caller: tuple[str, str]
    same_as: Found | None
    calls: tuple[CallRow, ...]
    steps: tuple[tuple[str, str], ...]
    question: str
    past: tuple[ClockRow, ...]
    items: tuple[tuple[ItemRow, bool], ...]
    """Supervised items that grew from it, and whether this viewer may open each."""
    handed: tuple[str, str]
    """The desk it came to and the one it was handed over to; empty where it stayed."""
    timeline: tuple[Event, ...]
    moves: tuple[Move, ...]
    roles: frozenset[str]
    seen: int


def request_page(key: str, viewer: Viewer, moment: Moment) -> RequestPage | None:
    """A request within the viewer's scope as known at the moment; None for anything else.

    For offices only: it holds what they write among themselves.
    """
    if viewer.enterprise:
        return None
    asked = visible(Request.objects.at(moment).filter(key=key), viewer).first()
    if asked is None:
        return None
    state = RequestState.objects.at(moment).get(request=asked)
    calls = list(CallOut.objects.at(moment).filter(request=asked).order_by("called_at", "unit"))
    roles, _unit = roles_in(viewer, asked, state, calls)
    subject = subject_key("request", key)
    return RequestPage(
        row=rows_of(Request.objects.filter(key=key), moment)[0],
        text=asked.text,
        caller=caller_of(subject),
        same_as=find_request(asked.same_as) if asked.same_as else None,
        calls=_call_rows(calls, moment),
        steps=steps_of(key, state.round, moment),
        question=question_of(key, moment),
        past=tuple(past_rounds(asked, moment, state.round)),
        items=items_from(subject, viewer, moment),
        handed=_handed(asked, state, moment),
        timeline=tuple(events_of(acts_on(subject, moment), moment)),
        moves=() if moment.is_past else REQUEST.available(state.stage, roles),
        roles=roles,
        seen=state.since_id,
    )


def _handed(asked: Request, state: RequestState, moment: Moment) -> tuple[str, str]:
    if not state.desk or state.desk == asked.unit:
        return "", ""
    names = unit_names({asked.unit, state.desk}, moment)
    return names.get(asked.unit, "—"), names.get(state.desk, "—")


def _call_rows(calls: list[CallOut], moment: Moment) -> tuple[CallRow, ...]:
    names = unit_names({call.unit for call in calls}, moment)
    return tuple(
        CallRow(
            call.unit,
            names.get(call.unit, "—"),
            str(Part(call.part).label),
            call.task,
            call.called_at,
            call.due_at,
            call.arrived_at,
            call.due_at is not None and (call.arrived_at or moment.at) > call.due_at,
        )
        for call in calls
    )


def steps_of(key: str, round_: int, moment: Moment) -> tuple[tuple[str, str], ...]:
    """The steps of the latest timetable of a round: text and day."""
    tables = Timetable.objects.at(moment).filter(request=key, round=round_).order_by("-act")
    latest = tables.first()
    return tuple((text, day) for text, day in latest.steps) if latest else ()


def question_of(key: str, moment: Moment) -> str:
    """The question that waits for the firm; '' where none does."""
    rows = FirmQuestion.objects.at(moment).filter(request=key, answered_at=None)
    return rows.values_list("text", flat=True).first() or ""


def find_request(key: str) -> Found | None:
    """The finder of the subject kind `request`: title, address, the firm's own words, whose it is.

    What offices write among themselves is not among the words.
    """
    states = RequestState.objects.open().select_related("request", "since")
    state = states.filter(request=key).first()
    if state is None:
        return None
    asked = state.request
    called = CallOut.objects.open().filter(request=asked).values_list("unit", flat=True)
    firm = enterprise_names([state.firm], Moment(state.since.at)).get(state.firm, "")
    return Found(
        asked.title,
        reverse("request", args=[key]),
        _("企业诉求"),
        " ".join([asked.number, firm, asked.text]),
        {
            "city": asked.city,
            "zone": asked.zone,
            "units": " ".join(
                dict.fromkeys([asked.unit, desk_of(asked, state), state.lead, *called])
            ),
            "enterprise": state.firm,
        },
    )
