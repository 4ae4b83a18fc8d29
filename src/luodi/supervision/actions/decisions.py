"""Decisions of a meeting: noted in one line, revised, taken back, opened as supervised items."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.orgs.queries import units_of

from ..choices import DecisionStage, MeetingStage
from ..models import AgendaItem, Decision, DecisionState, DecisionUnit
from ..queries.meetings import Held, day_of, hold
from ..rules import check_year

RUNNING = (MeetingStage.CALLED, MeetingStage.HELD)
LONGEST_TITLE = 200


def note_decision(
    *,
    meeting: str,
    text: str,
    lead: str,
    by: str,
    at: datetime,
    due_on: date | None = None,
    joint: Iterable[str] = (),
    topic: str = "",
) -> Decision:
    """Note what was decided: words, the unit that leads, the day it is due (or none).

    A due day before the meeting is refused, and so is the same decision noted twice.
    """
    held = hold(meeting, by)
    _must_note(held)
    others = _check(held, text, lead, due_on, joint, at)
    if topic and not AgendaItem.objects.filter(key=topic, meeting=meeting).exists():
        raise NotFound(_("议程里没有这一项，请刷新后再看。"))
    same = DecisionState.objects.open().filter(
        decision__meeting=meeting, text=text.strip(), lead=lead
    )
    if same.exclude(stage=DecisionStage.TAKEN_BACK).exists():
        raise Conflict(_("同样的议定事项已经记下；没有重复写入。"))
    decision = Decision(
        key=new_key(),
        city=held.meeting.city,
        zone=held.meeting.zone,
        unit=lead,
        meeting_id=meeting,
        topic_id=topic or None,
    )
    subjects = [held.subject, subject_key("decision", decision.key)]
    with perform(
        "note_decision",
        by=by,
        at=at,
        subjects=subjects,
        scope=held.scope,
        payload={"text": text.strip()[:LONGEST_TITLE], "lead": lead},
    ) as deed:
        deed.lock()
        numbers = Decision.objects.filter(meeting=meeting).aggregate(last=Max("number"))
        decision.number = (numbers["last"] or 0) + 1
        deed.write(decision)
        deed.write(
            DecisionState(decision_id=decision.key, text=text.strip(), lead=lead, due_on=due_on)
        )
        for unit in others:
            deed.write(DecisionUnit(decision_id=decision.key, unit=unit))
    return decision


def revise_decision(
    *,
    meeting: str,
    decision: str,
    text: str,
    lead: str,
    by: str,
    at: datetime,
    seen: int,
    due_on: date | None = None,
    joint: Iterable[str] = (),
) -> None:
    """Change a decision that is no item yet. `seen` is the state the form was filled from."""
    held, state = _noted(meeting, decision, by, seen)
    others = _check(held, text, lead, due_on, joint, at)
    rows = {row.unit: row for row in DecisionUnit.objects.open().filter(decision=decision)}
    before = (state.text, state.lead, state.due_on, set(rows))
    if before == (text.strip(), lead, due_on, set(others)):
        raise Incomplete(_("没有改动任何内容。"))
    with perform(
        "revise_decision",
        by=by,
        at=at,
        subjects=[held.subject, subject_key("decision", decision)],
        scope=held.scope,
        payload={"text": text.strip()[:LONGEST_TITLE], "lead": lead},
    ) as deed:
        deed.replace(state, text=text.strip(), lead=lead, due_on=due_on)
        for unit in others:
            if unit not in rows:
                deed.write(DecisionUnit(decision_id=decision, unit=unit))
        for unit, row in rows.items():
            if unit not in others:
                deed.close(row)


def take_back_decision(
    *, meeting: str, decision: str, why: str, by: str, at: datetime, seen: int
) -> None:
    """Take a decision back that is no item yet, with the reason; it stays on record."""
    held, state = _noted(meeting, decision, by, seen)
    if not why.strip():
        raise Incomplete(_("撤销议定事项，请写明原因。"))
    with perform(
        "take_back_decision",
        by=by,
        at=at,
        subjects=[held.subject, subject_key("decision", decision)],
        scope=held.scope,
        payload={"text": state.text[:LONGEST_TITLE]},
        why=why.strip(),
    ) as deed:
        deed.replace(state, stage=DecisionStage.TAKEN_BACK, why=why.strip())


def open_items(*, meeting: str, by: str, at: datetime) -> int:
    """Open a supervised item for every decision that has none yet. Returns how many."""
    held = hold(meeting, by)
    held.must_run()
    if held.state.stage not in (MeetingStage.HELD, MeetingStage.MINUTED):
        raise Closed(_("会议登记召开以后，才能把议定事项立项交办。"))
    with transaction.atomic():
        rows = (
            DecisionState.objects.open()
            .filter(decision__meeting=meeting, stage=DecisionStage.NOTED)
            .select_related("decision")
            .order_by("decision__number")
        )
        states = list(rows.select_for_update(of=("self",)))
        if not states:
            raise Conflict(_("没有待立项的议定事项。"))
        opened = {state.decision_id: _item(held, state, by, at) for state in states}
        with perform(
            "open_items",
            by=by,
            at=at,
            subjects=[held.subject, *(subject_key("decision", key) for key in opened)],
            scope=held.scope,
            payload={"items": len(opened)},
        ) as deed:
            for state in states:
                item = opened[state.decision_id]
                deed.replace(state, stage=DecisionStage.ITEM_OPENED, item=item)
    return len(opened)


def _item(held: Held, state: DecisionState, by: str, at: datetime) -> str:
    joint = DecisionUnit.objects.open().filter(decision=state.decision_id).order_by("pk")
    title = state.text if len(state.text) <= LONGEST_TITLE else f"{state.text[:199]}…"
    return open_item(
        city=held.meeting.city,
        source=Source.MEETING,
        title=title,
        content=f"{held.state.title}\n{state.text}",
        lead=state.lead,
        cooperating=list(joint.values_list("unit", flat=True)),
        about=subject_key("decision", state.decision_id),
        due_on=state.due_on,
        by=by,
        at=at,
    ).key


def _must_note(held: Held) -> None:
    held.must_run()
    if held.state.stage not in RUNNING:
        raise Closed(_("会议召集以后、纪要成稿以前，才能记议定事项。"))


def _noted(meeting: str, decision: str, by: str, seen: int) -> tuple[Held, DecisionState]:
    held = hold(meeting, by)
    _must_note(held)
    rows = DecisionState.objects.open().select_related("decision")
    state = rows.filter(decision=decision, decision__meeting=meeting).first()
    if state is None:
        raise NotFound(_("没有这条议定事项，请刷新后再看。"))
    if state.since_id != seen:
        raise Conflict(_("同事刚刚改了这一条，请刷新后再看；您填的内容没有写入。"))
    if state.stage != DecisionStage.NOTED:
        raise Closed(_("已经立项的在督办台账里办理，已经撤销的不能再改。"))
    return held, state


def _check(
    held: Held, text: str, lead: str, due_on: date | None, joint: Iterable[str], at: datetime
) -> list[str]:
    """The units beside the lead; refuses what a supervised item couldn't be opened from."""
    if not text.strip():
        raise Incomplete(_("请写明议定了什么。"))
    if not lead:
        raise Incomplete(_("议定事项要有牵头单位，才能立项督办；请选择单位。"))
    others = [unit for unit in dict.fromkeys(joint) if unit and unit != lead]
    known = set(units_of(held.meeting.city, Moment(at)).values_list("of", flat=True))
    if {lead, *others} - known:
        raise NotFound(_("没有这个单位，请从列表里选择。"))
    day = day_of(held.state)
    check_year(due_on, Moment(at).today)
    if due_on and day and due_on < day:
        raise Incomplete(_("完成时限早于会议日期，请核对。"))
    return others
