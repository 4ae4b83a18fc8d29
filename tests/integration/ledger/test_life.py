"""The whole life of an item: opened, signed for, fed back, closed, reopened, closed again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.ledger import actions
from luodi.ledger.models import Item, ItemState
from luodi.ledger.queries import item_page, items
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def does(city, at, item):
    """`does("clerk", "acknowledge")`: that person makes the move, a day after the one before."""
    steps = []

    def act(who: str, move: str, **given):
        steps.append(move)
        when = at + timedelta(days=len(steps))
        return getattr(actions, move)(item=item.key, by=city.people[who], at=when, **given)

    return act


def stage(item: Item) -> str:
    return ItemState.objects.open().get(item=item).stage


def test_an_item_lives_through_close_out_and_a_later_look(city, at, item, does):
    does("clerk", "acknowledge")
    does("zone_staff", "give_feedback", text="已核对用电台账", claimed=30)
    does("clerk", "give_feedback", text="已与供电公司会商", evidence=[("会商纪要.txt", b"ok")])
    does("clerk", "apply_for_close_out", outcome="专线已通电")
    does("office", "refuse_close_out", reason="缺验收记录")
    does("clerk", "give_feedback", text="补充验收记录")
    does("clerk", "apply_for_close_out", outcome="专线已通电，验收合格")
    does("office", "verify_close_out", note="现场已看")
    assert stage(item) == "closed"
    does("office", "reopen", reason="二期车间仍未通电")
    assert stage(item) == "reopened"
    with pytest.raises(Incomplete, match="至少一条反馈"):
        does("clerk", "apply_for_close_out", outcome="都通了")
    does("clerk", "give_feedback", text="二期车间已通电")
    does("clerk", "apply_for_close_out", outcome="全部通电")
    does("office", "verify_close_out")
    viewer = viewer_of_person(city.people["clerk"])
    page = item_page(item.key, viewer, Moment(at + timedelta(days=30)))
    assert page.row.light == "done"
    assert [event.verb for event in page.timeline] == [
        "open_item", "acknowledge", "give_feedback", "give_feedback", "apply_for_close_out",
        "refuse_close_out", "give_feedback", "apply_for_close_out", "verify_close_out", "reopen",
        "give_feedback", "apply_for_close_out", "verify_close_out",
    ]  # fmt: skip
    said = [event.sentence for event in page.timeline]
    assert said[0] == "立项交办，由市工信局牵头，开发区管委会配合，时限 2026-03-20。"
    assert said[2] == "开发区管委会反馈，自报进度 30%："
    assert page.timeline[9].why == "二期车间仍未通电"


@pytest.mark.parametrize(
    ("who", "move", "given"),
    [
        ("zone_staff", "acknowledge", {}),
        ("office", "acknowledge", {}),
        ("clerk", "verify_close_out", {}),
        ("clerk", "reassign", {"lead": "x", "reason": "换"}),
        ("clerk", "set_due", {"reason": "换"}),
    ],
)
def test_a_move_is_made_by_its_own_role_only(item, does, who, move, given):
    with pytest.raises((NotAllowed, Conflict)):
        does(who, move, **given)
    assert stage(item) == "assigned"


def test_cooperating_units_feed_back_and_nothing_else(item, does):
    does("clerk", "acknowledge")
    does("zone_staff", "give_feedback", text="已配合")
    with pytest.raises(NotAllowed):
        does("zone_staff", "apply_for_close_out", outcome="好了")
    with pytest.raises(NotAllowed):
        does("zone_staff", "ask_extension", until=date(2026, 5, 1), reason="忙")


def test_the_item_of_another_unit_is_not_there(item, does):
    with pytest.raises(NotFound):
        does("other_clerk", "give_feedback", text="看看")


def test_only_office_and_leading_group_open_items(city, opened):
    with pytest.raises(NotAllowed):
        opened(by=city.people["clerk"])
    opened(by=city.people["leading_group"])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": " "}, "事项名称"),
        ({"lead": ""}, "牵头单位"),
        ({"source": "rumour"}, "来源"),
        ({"source": "instruction"}, "批示原文"),
    ],
)
def test_what_is_missing_is_said(opened, given, sentence):
    with pytest.raises(Incomplete, match=sentence):
        opened(**given)
    assert not Item.objects.exists()


def test_close_out_needs_feedback_and_an_outcome(does):
    does("clerk", "acknowledge")
    with pytest.raises(Incomplete, match="反馈、办结情况"):
        does("clerk", "apply_for_close_out", outcome="")


def test_more_time_is_asked_for_and_decided_with_reasons(city, at, item, does):
    does("clerk", "acknowledge")
    with pytest.raises(Incomplete, match="原因"):
        does("clerk", "ask_extension", until=date(2026, 4, 20), reason=" ")
    does("clerk", "ask_extension", until=date(2026, 4, 20), reason="设备未到货")
    with pytest.raises(Incomplete, match="等待批复"):
        does("clerk", "ask_extension", until=date(2026, 4, 30), reason="再晚些")
    with pytest.raises(Incomplete, match="原因"):
        does("office", "decide_extension", granted=True, decision="")
    does("office", "decide_extension", granted=True, decision="同意，不再延期")
    viewer = viewer_of_person(city.people["office"])
    page = item_page(item.key, viewer, Moment(at))
    assert page.row.due_on == date(2026, 4, 20)
    assert page.working[-1].startswith("批准延期至：2026-04-20")
    assert page.timeline[-1].sentence == "批准延期到 2026-04-20。"
    assert page.request is None


def test_a_refused_request_leaves_the_due_date_alone(item, does):
    does("clerk", "acknowledge")
    does("clerk", "ask_extension", until=date(2026, 4, 20), reason="设备未到货")
    does("office", "decide_extension", granted=False, decision="工期已有余量")
    assert ItemState.objects.open().get(item=item).due_at.date() == date(2026, 3, 20)
    does("clerk", "ask_extension", until=date(2026, 4, 10), reason="设备未到货")


def test_a_reassigned_item_leaves_the_scope_of_its_first_lead(city, at, item, does):
    does("clerk", "acknowledge")
    does("clerk", "ask_extension", until=date(2026, 4, 20), reason="设备未到货")
    does("office", "reassign", lead=city.units["市统计局"], reason="职责调整")
    clerk, other = (viewer_of_person(city.people[who]) for who in ("clerk", "other_clerk"))
    assert items(clerk, Moment(at)) == []
    [row] = items(other, Moment(at))
    assert (row.lead, row.stage) == ("市统计局", "assigned")
    does("other_clerk", "acknowledge")
    does("other_clerk", "ask_extension", until=date(2026, 4, 20), reason="刚接手")


def test_the_due_date_can_be_counted_by_a_clock_of_the_pack(city, at, opened):
    item = opened(due_on=None, clock="item-handle")
    page = item_page(item.key, viewer_of_person(city.people["office"]), Moment(at))
    assert page.row.due_on == date(2026, 3, 23)
    assert any("不计" in note for note in page.working)
    assert page.clock_source
    with pytest.raises(NotFound):
        opened(due_on=None, clock="no-such-clock")


def test_an_instruction_is_due_on_its_date_of_reply(city, at, opened):
    item = opened(
        source="instruction", instruction="请抓紧协调。", due_on=None, reply_by=date(2026, 3, 9)
    )
    page = item_page(item.key, viewer_of_person(city.people["office"]), Moment(at))
    assert page.row.due_on == date(2026, 3, 9)


def test_an_item_without_any_date_is_never_green(city, at, opened):
    opened(due_on=None)
    [row] = items(viewer_of_person(city.people["office"]), Moment(at))
    assert row.light == "none" and "未设" in row.why


def test_lights_follow_the_clock_and_say_the_rule(city, at, item):
    viewer = viewer_of_person(city.people["office"])
    lights = {days: items(viewer, Moment(at + timedelta(days=days)))[0] for days in (0, 15, 18, 19)}
    assert [lights[d].light for d in (0, 15, 18, 19)] == ["green", "yellow", "yellow", "red"]
    assert lights[19].rule == "item-overdue" and "超期 1 天" in lights[19].why


def test_numbers_run_without_gaps_by_city_and_year(city, at, opened):
    first = [opened().number for _ in range(3)]
    later = opened(at=at + timedelta(days=330)).number
    assert first == ["督〔2026〕1号", "督〔2026〕2号", "督〔2026〕3号"]
    assert later == "督〔2027〕1号"


def test_a_step_from_a_stale_page_is_refused(item, does):
    seen = ItemState.objects.open().get(item=item).since_id
    does("clerk", "acknowledge", seen=seen)
    with pytest.raises(Conflict):
        does("clerk", "apply_for_close_out", outcome="好了", seen=seen)
