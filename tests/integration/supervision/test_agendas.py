"""Agendas: order, carrying over, two at once, scope, past instants; attendance; duties."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.meetings import (
    GROUP,
    THEN,
    agenda_seen,
    attended,
    call,
    called,
    came_seen,
    held,
    minuted,
    page_of,
    seen,
    settle,
    signed,
    special,
)
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.ledger.actions import acknowledge, apply_for_close_out, give_feedback, verify_close_out
from luodi.ledger.models import Item
from luodi.orgs.queries import viewer_of_person
from luodi.papers.models import PaperState
from luodi.papers.queries import content_of
from luodi.papers.rules.snapshot import figures_of
from luodi.supervision import actions
from luodi.supervision.actions.attendance import Mark
from luodi.supervision.models import AgendaItem
from luodi.supervision.queries import (
    decisions,
    draft_agenda,
    meeting_duties,
    meeting_pack,
)

pytestmark = pytest.mark.django_db(databases="__all__")


def test_minutes_hold_what_was_said_decided_carried_over_and_who_came(city, at, office):
    key = held(city, at)
    actions.add_topic(meeting=key, title="留待下次的题", by=office, at=THEN, seen=agenda_seen(key))
    settle(city, key, 0, "discussed", "讨论了进度")
    settle(city, key, 1, "carried_over", "材料不全")
    paper = minuted(city, key)
    content = content_of(PaperState.objects.open().get(paper=paper))
    runs = [run.text for block in content.blocks if block.kind == "paragraph" for run in block.runs]
    said = "".join(runs)
    assert "2026年3月12日09:00至11:00" in said
    assert "组长主持" in said
    assert "讨论了进度" in said and "材料不全" in said
    [table] = [block for block in content.blocks if block.kind == "table"]
    assert [cell[0].text for cell in table.rows[0]] == [
        "1", "示例专题会议议定的事", "市工信局", "—", "2026-04-30"
    ]  # fmt: skip
    assert {f.label: f.value for f in figures_of(content).values()} == {
        "研究议题": "1", "议定事项": "1", "结转议题": "1"
    }  # fmt: skip


def test_a_cancelled_meeting_hands_its_topics_on(city, at, office):
    key = called(city, at)
    actions.cancel_meeting(meeting=key, why="并入例会", by=office, at=at, seen=seen(key))
    later = special(city, at, "下一次会议")
    [topic] = AgendaItem.objects.filter(meeting=later)
    assert (topic.kind, topic.carried) == ("carried", 1)


def test_two_people_editing_the_agenda_at_once_do_not_overwrite_each_other(city, at, office):
    key = called(city, at)
    mine = agenda_seen(key)
    actions.add_topic(meeting=key, title="同事加的", by=office, at=at, seen=mine)
    with pytest.raises(Conflict, match="同事刚刚改了议程"):
        actions.add_topic(meeting=key, title="我加的", by=office, at=at, seen=mine)
    topic = page_of(city, key, at).topics[1].key
    with pytest.raises(Conflict):
        actions.move_topic(meeting=key, topic=topic, move="up", by=office, at=at, seen=mine)
    with pytest.raises(Conflict):
        settle(city, key, 0, "dropped", "不议", at=at, seen=mine)
    assert [one.title for one in page_of(city, key, at).topics] == [
        "示例专题会议的议题", "同事加的"
    ]  # fmt: skip


def test_topics_are_put_in_order(city, at, office):
    key = called(city, at)
    for title in ("乙", "丙"):
        actions.add_topic(meeting=key, title=title, by=office, at=at, seen=agenda_seen(key))
    last = page_of(city, key, at).topics[2].key
    moved = {"meeting": key, "topic": last, "by": office, "at": at}
    actions.move_topic(move="up", seen=agenda_seen(key), **moved)
    assert [one.title for one in page_of(city, key, at).topics][1:] == ["丙", "乙"]
    actions.move_topic(move="first", seen=agenda_seen(key), **moved)
    assert page_of(city, key, at).topics[0].title == "丙"
    actions.move_topic(move="up", seen=agenda_seen(key), **moved)
    with pytest.raises(NotFound):
        actions.move_topic(move="sideways", seen=agenda_seen(key), **moved)


def test_carrying_over_and_dropping_need_a_reason(city, at):
    key = called(city, at)
    for how in ("carried_over", "dropped"):
        with pytest.raises(Incomplete, match="写明原因"):
            settle(city, key, 0, how, at=at)
    settle(city, key, 0, "dropped", "已解决", at=at)
    assert [one.said for one in page_of(city, key, at).dropped] == ["已解决"]
    settle(city, key, 0, "listed", at=at)
    assert not page_of(city, key, at).dropped


def test_a_topic_carried_over_twice_says_so(city, at, office):
    first = called(city, at, "第一次会议")
    settle(city, first, 0, "carried_over", "材料不全", at=at)
    second = special(city, at, "第二次会议").key
    [topic] = page_of(city, second, at).topics
    assert (topic.carried, topic.kind) == (1, "carried")
    third = special(city, at, "第三次会议").key
    assert page_of(city, third, at).topics == (), "it stands on one later agenda only"
    settle(city, second, 0, "carried_over", "再议", at=at)
    [again] = page_of(city, third, at).topics
    assert again.carried == 2
    assert again.comes_from.endswith(f"/{second}/")
    assert page_of(city, second, at).topics[0].goes_to.endswith(f"/{third}/")
    with pytest.raises(Closed, match="已经列入下一次"):
        settle(city, second, 0, "dropped", "不议", at=at)


def test_attendance_is_marked_with_reasons_and_versions(city, at, office):
    key = called(city, at)
    zone, bureau = city.units["开发区管委会"], city.units["市工信局"]
    mark = {"meeting": key, "by": office, "at": THEN}
    for marks, words in (
        ({zone: Mark("absent")}, "写明原因"),
        ({zone: Mark("standing_in")}, "职务"),
        ({zone: Mark("here")}, "选择"),
        ({zone: Mark("expected")}, "没有改动"),
    ):
        with pytest.raises(Incomplete, match=words):
            actions.mark_attendance(marks=marks, seen=came_seen(key), **mark)
    with pytest.raises(NotFound):
        actions.mark_attendance(
            marks={zone: Mark("present", city.people["clerk"])}, seen=came_seen(key), **mark
        )
    with pytest.raises(NotFound):
        actions.mark_attendance(
            marks={city.units["甲县"]: Mark("present")}, seen=came_seen(key), **mark
        )
    before = came_seen(key)
    both = {zone: Mark("present", city.people["zone_staff"]), bureau: Mark("absent", why="督查")}
    assert actions.mark_attendance(marks=both, seen=before, **mark) == 2
    with pytest.raises(Conflict, match="同事刚刚登记"):
        actions.mark_attendance(marks={zone: Mark("absent", why="迟")}, seen=before, **mark)
    seats = {seat.name: seat for seat in page_of(city, key).attendance}
    assert (seats["市工信局"].why, seats["开发区管委会"].person) == (
        "督查", city.people["zone_staff"]
    )  # fmt: skip


def test_the_next_agenda_shows_a_decision_while_it_is_open(city, at, office):
    key = held(city, at)
    actions.open_items(meeting=key, by=office, at=THEN)
    item = Item.objects.get().key
    later = THEN + timedelta(days=60)
    drafted = lambda: [  # noqa: E731
        one for one in draft_agenda(city.key, GROUP, "", Moment(later)) if one.kind == "decision"
    ]
    [topic] = drafted()
    assert (topic.light, topic.subject) == ("red", f"item:{item}")
    assert not [one for one in draft_agenda(city.key, GROUP, "", Moment(later))
                if one.kind == "overdue"], "it isn't listed twice"  # fmt: skip
    clerk = city.people["clerk"]
    acknowledge(item=item, by=clerk, at=later)
    give_feedback(item=item, text="办完", by=clerk, at=later, evidence=[("a.txt", b"x")])
    apply_for_close_out(item=item, outcome="办结", by=clerk, at=later)
    verify_close_out(item=item, by=office, at=later)
    assert drafted() == []
    [row] = decisions(viewer_of_person(office), Moment(later))
    assert (row.closed, row.stage_label) == (True, "已销号")


def test_a_zone_sees_its_own_topics_and_decisions_of_a_meeting_it_is_called_to(city, at, office):
    key = called(city, at)
    for presenter in ("开发区管委会", "市工信局"):
        actions.add_topic(
            meeting=key, title=f"{presenter}的题", presenter=city.units[presenter], by=office,
            at=at, seen=agenda_seen(key),
        )  # fmt: skip
    note = {"meeting": key, "by": office, "at": THEN}
    actions.note_decision(text="园区的事", lead=city.units["开发区管委会"], **note)
    actions.note_decision(text="局里的事", lead=city.units["市工信局"], **note)
    actions.note_decision(
        text="一起的事", lead=city.units["市工信局"], joint=[city.units["开发区管委会"]], **note
    )
    page = page_of(city, key, who="zone_staff")
    assert [one.title for one in page.topics] == ["示例专题会议的议题", "开发区管委会的题"]
    assert page.hidden_topics == 1
    assert [one.text for one in page.decisions] == ["园区的事", "一起的事"]
    assert not page.runs
    assert page_of(city, key, who="other_clerk") is None
    assert meeting_pack(key, viewer_of_person(city.people["other_clerk"]), Moment(THEN)) is None


def test_the_agenda_of_a_past_instant_is_as_it_was_then(city, at, office):
    key = called(city, at)
    then = agenda_seen(key)
    actions.add_topic(meeting=key, title="后来加的", by=office, at=THEN, seen=agenda_seen(key))
    settle(city, key, 0, "discussed", "议过了")
    past = page_of(city, key, moment=moment_at(then))
    assert [(one.title, one.stage) for one in past.topics] == [("示例专题会议的议题", "listed")]
    assert past.row.topics == 1
    assert not past.runs and past.moves == frozenset()
    assert len(page_of(city, key).topics) == 2


def test_duties_say_what_comes_next_and_for_whom(city, at, office, signer):
    who = lambda name: viewer_of_person(city.people[name])  # noqa: E731
    key = special(city, at, due_on=date(2026, 3, 20)).key
    assert [d.what for d in meeting_duties(who("office"), Moment(at))] == ["召集：示例专题会议"]
    assert meeting_duties(who("zone_staff"), Moment(at)) == []
    call(city, key, at)
    assert meeting_duties(who("office"), Moment(at)) == []
    [duty] = meeting_duties(who("zone_staff"), Moment(at))
    assert (duty.what, duty.address) == (
        "参会：示例专题会议", f"/supervision/meetings/{key}/"
    )  # fmt: skip
    assert duty.due_at == datetime(2026, 3, 12, 1, tzinfo=UTC)
    [duty] = meeting_duties(who("office"), Moment(THEN))
    assert duty.what == "登记召开：示例专题会议"
    attended(city, key)
    actions.note_decision(meeting=key, text="一件", lead=city.units["市工信局"], by=office, at=THEN)
    actions.hold_meeting(meeting=key, by=office, at=THEN, seen=seen(key))
    steps = []
    for act in (
        lambda: actions.open_items(meeting=key, by=office, at=THEN),
        lambda: steps.append(minuted(city, key)),
        lambda: signed(city, steps[-1], signer),
    ):
        [found] = meeting_duties(who("office"), Moment(THEN)) or [None]
        steps.append(found.what.split("：")[0])
        act()
        if not meeting_duties(who("office"), Moment(THEN)):
            break
    assert steps[:2] == ["立项", "写纪要"]
    signed(city, steps[-1], signer)
    [last] = meeting_duties(who("office"), Moment(THEN))
    assert last.what.startswith("结束会议")


def test_reading_a_meeting_costs_the_same_with_two_and_twelve_topics_and_decisions(
    city, at, office, django_assert_max_num_queries
):
    key = called(city, at)
    counts = []
    for _round in range(2):
        for number in range(1 if not counts else 11):
            tag = f"{len(counts)}-{number}"
            actions.add_topic(
                meeting=key, title=f"题{tag}", presenter=city.units["市工信局"], by=office, at=at,
                seen=agenda_seen(key),
            )  # fmt: skip
            actions.note_decision(
                meeting=key, text=f"事{tag}", lead=city.units["市工信局"], by=office, at=THEN
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(city, key)
        counts.append(len(queries))
    assert counts[0] == counts[1]
