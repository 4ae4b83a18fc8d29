"""Decisions and instructions: refused in words, revised, opened as items, followed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.meetings import (
    THEN,
    attended,
    called,
    held,
    minuted,
    page_of,
    seen,
    signed,
)
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.supervision import actions
from luodi.supervision.models import DecisionState
from luodi.supervision.queries import (
    instructions,
)

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_decision_without_unit_or_due_before_the_meeting_is_refused(city, at, office):
    key = called(city, at)
    note = {"meeting": key, "by": office, "at": THEN}
    lead = city.units["市工信局"]
    for given, words in (
        ({"text": "做一件事", "lead": ""}, "牵头单位"),
        ({"text": " ", "lead": lead}, "写明"),
        ({"text": "做一件事", "lead": lead, "due_on": date(2026, 3, 11)}, "早于会议"),
    ):
        with pytest.raises(Incomplete, match=words):
            actions.note_decision(**given, **note)
    with pytest.raises(NotFound):
        actions.note_decision(text="做一件事", lead="nobody", **note)
    actions.note_decision(text="做一件事", lead=lead, **note)
    with pytest.raises(Conflict, match="没有重复写入"):
        actions.note_decision(text="做一件事", lead=lead, **note)
    assert DecisionState.objects.count() == 1


def test_a_decision_is_revised_or_taken_back_until_it_is_an_item(city, at, office):
    key = called(city, at)
    lead, other = city.units["市工信局"], city.units["市统计局"]
    note = {"meeting": key, "by": office, "at": THEN}
    first = actions.note_decision(text="第一件", lead=lead, **note)
    second = actions.note_decision(text="第二件", lead=lead, joint=[other, lead], **note)
    rows = {row.key: row for row in page_of(city, key).decisions}
    assert rows[second.key].joint_units == (other,)
    edit = {"decision": first.key, "seen": rows[first.key].seen, **note}
    actions.revise_decision(text="第一件改", lead=other, due_on=date(2026, 5, 1), **edit)
    with pytest.raises(Conflict, match="同事刚刚改了"):
        actions.revise_decision(text="又改", lead=other, **edit)
    edit["seen"] = page_of(city, key).decisions[0].seen
    with pytest.raises(Incomplete, match="没有改动"):
        actions.revise_decision(text="第一件改", lead=other, due_on=date(2026, 5, 1), **edit)
    with pytest.raises(Incomplete, match="写明原因"):
        actions.take_back_decision(why="", **edit)
    actions.take_back_decision(why="重复", **edit)
    attended(city, key)
    actions.hold_meeting(meeting=key, by=office, at=THEN, seen=seen(key))
    assert actions.open_items(meeting=key, by=office, at=THEN) == 1
    with pytest.raises(Conflict, match="没有待立项"):
        actions.open_items(meeting=key, by=office, at=THEN)
    edit = {"decision": second.key, "seen": page_of(city, key).decisions[1].seen, **note}
    with pytest.raises(Closed, match="督办台账"):
        actions.take_back_decision(why="不办", **edit)
    assert [row.stage for row in page_of(city, key).decisions] == ["taken_back", "item_opened"]


def test_ending_with_something_open_is_refused_and_says_what(city, at, office, signer):
    key = held(city, at)
    paper = minuted(city, key)
    signed(city, paper, signer)
    with pytest.raises(Incomplete, match="每项议题的处理结果、议定事项立项"):
        actions.end_meeting(meeting=key, by=office, at=THEN, seen=seen(key))
    actions.open_items(meeting=key, by=office, at=THEN)
    assert page_of(city, key).unsettled == 1


def test_an_instruction_becomes_an_item_with_its_date_of_reply(city, at, office):
    key = called(city, at)
    leader = city.people["leading_group"]
    said = {
        "city": city.key, "text": "请工信局一周内报方案。\n抓紧。", "leader": leader,
        "given_on": date(2026, 3, 12), "lead": city.units["市工信局"], "by": office, "at": THEN,
        "meeting": key,
    }  # fmt: skip
    with pytest.raises(Incomplete, match="早于批示日期"):
        actions.record_instruction(reply_by=date(2026, 3, 11), **said)
    with pytest.raises(Incomplete, match="晚于今天"):
        actions.record_instruction(**said | {"given_on": date(2026, 3, 13)})
    with pytest.raises(NotFound, match="领导"):
        actions.record_instruction(**said | {"leader": "nobody"})
    with pytest.raises(Incomplete, match="承办单位"):
        actions.record_instruction(**said | {"lead": ""})
    with pytest.raises(NotAllowed):
        actions.record_instruction(**said | {"by": city.people["clerk"]})
    item = actions.record_instruction(reply_by=date(2026, 3, 19), **said)
    with pytest.raises(Conflict, match="没有重复写入"):
        actions.record_instruction(reply_by=date(2026, 3, 19), **said)
    [row] = page_of(city, key).instructions
    assert (row.item, row.leader, row.reply_by) == (item.key, "示例-10", date(2026, 3, 19))
    late = Moment(THEN + timedelta(days=9))
    [row] = instructions(viewer_of_person(city.people["clerk"]), late)
    assert row.light[0] == "red"
    assert instructions(viewer_of_person(city.people["zone_staff"]), late) == []
