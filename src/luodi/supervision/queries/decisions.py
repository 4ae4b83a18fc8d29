"""Decisions of meetings, with the supervised item each became and the light of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.doors import Found
from luodi.common.keys import subject_key
from luodi.common.languages import listed
from luodi.common.moments import LOCAL, Moment
from luodi.ledger.queries import Row, rows_about
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import DecisionStage
from ..models import Decision, DecisionState, DecisionUnit, MeetingState


@dataclass(frozen=True)
class DecisionRow:
    """A decision at a moment. `times` says how often it came back to a later agenda."""

    key: str
    meeting: str
    meeting_title: str
    held_on: date | None
    number: int
    topic: str
    text: str
    lead_unit: str
    lead: str
    joint_units: tuple[str, ...]
    joint: str
    due_on: date | None
    stage: str
    stage_label: str
    why: str
    seen: int
    item: str
    item_number: str
    light: tuple[str, str]
    closed: bool

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return not self.closed and self.stage != DecisionStage.TAKEN_BACK

    @property
    def address(self) -> str:
        """Where it leads: to its item once there is one, else to its meeting."""
        if self.item:
            return reverse("item", args=[self.item])
        return reverse("meeting", args=[self.meeting])


def decisions(viewer: Viewer, moment: Moment, meeting: str = "") -> list[DecisionRow]:
    """The decisions in the viewer's scope as known at the moment, the newest meeting first.

    Of one meeting if told, then in their own order.
    """
    mine = visible(Decision.objects.at(moment), viewer)
    if meeting:
        mine = mine.filter(meeting=meeting)
    rows = _rows(mine.values("key"), moment)
    if meeting:
        return sorted(rows, key=lambda row: row.number)
    return sorted(rows, key=lambda row: (row.held_on or date.min, -row.number), reverse=True)


def _rows(keys: Any, moment: Moment) -> list[DecisionRow]:
    states = list(
        DecisionState.objects.at(moment).filter(decision__in=keys).select_related("decision")
    )
    joint: dict[str, list[str]] = {}
    for row in DecisionUnit.objects.at(moment).filter(decision__in=keys).order_by("pk"):
        joint.setdefault(row.decision_id, []).append(row.unit)
    sittings = MeetingState.objects.at(moment).filter(
        meeting__in={state.decision.meeting_id for state in states}
    )
    held = {row.meeting_id: row for row in sittings}
    about = rows_about((subject_key("decision", s.decision_id) for s in states), moment)
    units = {s.lead for s in states} | {unit for some in joint.values() for unit in some}
    names = unit_names(units, moment)
    return [
        _row(
            state,
            held[state.decision.meeting_id],
            tuple(joint.get(state.decision_id, ())),
            names,
            next(iter(about.get(subject_key("decision", state.decision_id), [])), None),
        )
        for state in states
    ]


def _row(
    state: DecisionState,
    sitting: MeetingState,
    joint: tuple[str, ...],
    names: dict[str, str],
    item: Row | None,
) -> DecisionRow:
    begins = sitting.starts_at
    return DecisionRow(
        key=state.decision_id,
        meeting=state.decision.meeting_id,
        meeting_title=sitting.title,
        held_on=begins.astimezone(LOCAL).date() if begins else None,
        number=state.decision.number,
        topic=state.decision.topic_id or "",
        text=state.text,
        lead_unit=state.lead,
        lead=names.get(state.lead, ""),
        joint_units=joint,
        joint=listed(names.get(unit, "") for unit in joint),
        due_on=item.due_on if item else state.due_on,
        stage=state.stage,
        stage_label=item.stage_label if item else state.get_stage_display(),
        why=state.why,
        seen=state.since_id,
        item=item.key if item else "",
        item_number=item.number if item else "",
        light=_light(state, item),
        closed=item is not None and item.stage == "closed",
    )


def _light(state: DecisionState, item: Row | None) -> tuple[str, str]:
    if item is not None:
        return item.light, item.why
    if state.stage == DecisionStage.TAKEN_BACK:
        return "done", state.why
    return "none", _("还没有立项")


def find_decision(key: str) -> Found | None:
    """The finder of the subject kind `decision`."""
    state = DecisionState.objects.open().select_related("decision").filter(decision=key).first()
    if state is None:
        return None
    decision = state.decision
    sitting = MeetingState.objects.open().get(meeting=decision.meeting_id)
    joint = DecisionUnit.objects.open().filter(decision=key).values_list("unit", flat=True)
    return Found(
        f"{sitting.title}：{state.text[:80]}",
        f"{reverse('meeting', args=[decision.meeting_id])}#d-{key}",
        _("议定事项"),
        state.text,
        {"city": decision.city, "units": " ".join([state.lead, *joint])},
    )
