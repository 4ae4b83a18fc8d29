"""Meetings: called, worked, minuted, ended; agendas with two at once; decisions become items."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from factories.meetings import (
    SITTING,
    THEN,
    attended,
    call,
    called,
    held,
    minuted,
    page_of,
    seen,
    settle,
    signed,
    special,
)
from luodi.audit.queries import verify
from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.ledger.models import Item
from luodi.orgs.queries import viewer_of_person
from luodi.papers.actions import freeze_paper, send_back_paper
from luodi.papers.models import Paper, PaperState
from luodi.papers.queries import draft_of, states_for
from luodi.papers.rules.notices import compose_notice
from luodi.supervision import actions
from luodi.supervision.models import AgendaItemState, Attendance, Meeting
from luodi.supervision.models import MeetingState as State
from luodi.supervision.queries import notices_of

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_meeting_goes_from_its_call_to_its_end(city, at, office, signer):
    key = held(city, at)
    settle(city, key, 0, "discussed", "讨论了进度")
    assert actions.open_items(meeting=key, by=office, at=THEN) == 1
    paper = minuted(city, key)
    with pytest.raises(Incomplete, match="已签发的会议纪要"):
        actions.end_meeting(meeting=key, by=office, at=THEN, seen=seen(key))
    signed(city, paper, signer)
    actions.end_meeting(meeting=key, by=office, at=THEN, seen=seen(key))
    page = page_of(city, key)
    assert (page.row.stage, page.moves) == ("ended", frozenset())
    [decision] = page.decisions
    item = Item.objects.get(about=f"decision:{decision.key}")
    assert (decision.item, decision.item_number) == (item.key, item.number)
    assert (item.source, decision.due_on) == ("meeting", date(2026, 4, 30))
    assert verify().breaks == ()


def test_signed_minutes_are_read_by_the_units_called_and_by_nobody_else(city, at, office, signer):
    key = held(city, at)
    paper = minuted(city, key)
    read = lambda who: states_for(viewer_of_person(city.people[who]), Moment(THEN)).exists()  # noqa: E731
    assert not read("zone_staff"), "a draft is the office's alone"
    signed(city, paper, signer)
    assert read("zone_staff") and read("clerk")
    assert not read("other_clerk")
    told = InboxMessage.objects.filter(person=city.people["zone_staff"], kind="paper")
    assert "会议纪要已签发" in told.get().sentence


def test_minutes_sent_back_can_be_noted_anew_and_frozen_again(city, at, office, signer):
    key = held(city, at)
    paper = minuted(city, key)
    note = {"meeting": key, "lead": city.units["市工信局"], "by": office, "at": THEN}
    with pytest.raises(Closed, match="纪要成稿以前"):
        actions.note_decision(text="补记一件", **note)
    with pytest.raises(Conflict, match="退回重拟"):
        actions.rework_meeting(meeting=key, why="漏记", by=office, at=THEN, seen=seen(key))
    state = PaperState.objects.open().get(paper=paper)
    send_back_paper(paper=paper, seen=state.since_id, why="漏了一件", by=office, at=THEN)
    actions.rework_meeting(meeting=key, why="漏记", by=office, at=THEN, seen=seen(key))
    actions.note_decision(text="补记一件", **note)
    actions.freeze_minutes(meeting=key, by=office, at=THEN, seen=seen(key))
    assert page_of(city, key).row.stage == "minuted"


@pytest.mark.parametrize(
    ("sitting", "words"),
    [
        (replace(SITTING, day=date(2026, 10, 1)), "国庆"),
        (replace(SITTING, day=date(2026, 3, 14)), "周末"),
        (replace(SITTING, day=date(2026, 2, 27)), "已经过去"),
        (replace(SITTING, day=date(2126, 3, 12)), "一年以后"),
        (replace(SITTING, day=date(9999, 12, 31)), "一年以后"),
        (replace(SITTING, day=date(1, 1, 1)), "已经过去|不是工作日|年份"),
        (replace(SITTING, day=date(1, 1, 1), begins=time(0), despite="补登"), "核对年份"),
        (replace(SITTING, ends=time(9)), "晚于开始"),
        (replace(SITTING, ends=time(23), begins=time(8)), "同一天"),
        (replace(SITTING, place=" "), "地点"),
    ],
)
def test_an_odd_day_or_hour_is_refused_in_words(city, at, sitting, words):
    key = special(city, at).key
    with pytest.raises(Incomplete, match=words):
        call(city, key, at, sitting)
    assert page_of(city, key, at).row.stage == "planned"


def test_a_make_up_working_day_is_a_working_day_and_a_holiday_needs_its_reason(city, at):
    key = special(city, at).key
    call(city, key, at, replace(SITTING, day=date(2026, 5, 9)))
    call(city, key, at, replace(SITTING, day=date(2026, 5, 1), despite="急件"))
    assert page_of(city, key, at).row.why == "急件"


def test_calling_needs_units_and_the_office(city, at):
    key = special(city, at).key
    with pytest.raises(Incomplete, match="参会单位"):
        call(city, key, at, units=())
    with pytest.raises(NotFound):
        call(city, key, at, by=city.people["clerk"])
    call(city, key, at, units=("市工信局",))
    with pytest.raises(NotAllowed):
        call(city, key, at, by=city.people["clerk"])
    with pytest.raises(NotAllowed):
        call(city, key, at, by=city.people["leading_group"])


def test_calling_again_changes_the_list_and_tells_those_on_it(city, at):
    key = called(city, at)
    call(city, key, at, replace(SITTING, place="第三会议室"), units=("市统计局",))
    page = page_of(city, key, at)
    assert [(seat.name, seat.attended) for seat in page.attendance] == [("市统计局", "expected")]
    assert (page.row.place, page.row.changes) == ("第三会议室", 2)
    assert InboxMessage.objects.filter(
        person=city.people["other_clerk"], sentence__contains="第三会议室"
    ).exists()


def test_a_stale_form_is_refused(city, at, office):
    key = called(city, at)
    before = seen(key)
    call(city, key, at, replace(SITTING, place="别处"))
    with pytest.raises(Conflict, match="刷新"):
        call(city, key, at, seen=before)
    with pytest.raises(Conflict):
        actions.postpone_meeting(meeting=key, why="改期", by=office, at=at, seen=before)


def test_postponing_and_cancelling_need_a_reason_and_are_told(city, at, office):
    key = called(city, at)
    for move in (actions.postpone_meeting, actions.cancel_meeting):
        with pytest.raises(Incomplete, match="原因"):
            move(meeting=key, why=" ", by=office, at=at, seen=seen(key))
    actions.postpone_meeting(meeting=key, why="组长外出", by=office, at=at, seen=seen(key))
    page = page_of(city, key, at)
    assert (page.row.stage, page.row.starts_at, page.row.why) == ("postponed", None, "组长外出")
    call(city, key, at)
    actions.cancel_meeting(meeting=key, why="并入例会", by=office, at=at, seen=seen(key))
    assert page_of(city, key, at).row.stage == "cancelled"
    sentences = InboxMessage.objects.filter(person=city.people["zone_staff"])
    assert {s.split("：")[0] for s in sentences.values_list("sentence", flat=True)} >= {
        "会议推迟", "会议取消"
    }  # fmt: skip


def test_a_meeting_is_recorded_as_held_on_its_day_with_somebody_there(city, at, office):
    key = called(city, at)
    with pytest.raises(Incomplete, match="出席情况"):
        actions.hold_meeting(meeting=key, by=office, at=THEN, seen=seen(key))
    attended(city, key, at)
    with pytest.raises(Incomplete, match="还没有到"):
        actions.hold_meeting(meeting=key, by=office, at=at, seen=seen(key))
    actions.hold_meeting(meeting=key, by=office, at=THEN, seen=seen(key))
    assert page_of(city, key).row.stage == "held"


def test_nobody_is_told_twice_and_stages_are_kept(city, at):
    key = called(city, at)
    assert State.objects.filter(meeting=key).count() == 2
    assert Meeting.objects.count() == 1
    assert Attendance.objects.count() == 2
    assert AgendaItemState.objects.count() == 1


def test_a_meeting_called_again_gets_another_notice_that_leads_to_it(city, at, office, signer):
    key = called(city, at)
    first = actions.open_meeting_notice(meeting=key, by=office, at=at).key
    words = draft_of(first_paper := Paper.objects.get(key=first)).paragraphs
    content = compose_notice(words, "市商务局", 2026)
    freeze_paper(paper=first_paper.key, content=content, position=1, by=office, at=at)
    signed(city, first, signer, at)
    actions.postpone_meeting(meeting=key, why="改期", by=office, at=at, seen=seen(key))
    call(city, key, at, replace(SITTING, place="别处"))
    second = actions.open_meeting_notice(meeting=key, by=office, at=at)
    assert [state.paper_id for state in notices_of(key, Moment(at))] == [first, second.key]
    assert find_subject(second.about).address == f"/supervision/meetings/{key}/"
