"""The life of a request: limits, pause, timetable, call-out, answer, objection, silence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from factories.city import FIRMS
from factories.requests import FIRM, answered, asked, in_hand, noted
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.kit.calendars import Period
from luodi.orgs.actions import close_enterprise
from luodi.orgs.queries import caller_of, viewer_of_person
from luodi.services import actions, queries
from luodi.services.models import CallOut, Request, RequestClock, RequestState

pytestmark = pytest.mark.django_db(databases="__all__")

HOUR = timedelta(hours=1)


def state(request) -> RequestState:
    return RequestState.objects.open().get(request=request)


def clock(request, limit: str, round_: int = 1) -> RequestClock:
    return RequestClock.objects.open().get(request=request, limit=limit, round=round_)


def told(city, who: str) -> list[str]:
    rows = InboxMessage.objects.filter(person=city.people[who], kind="request").order_by("pk")
    return list(rows.values_list("sentence", flat=True))


def test_two_limits_run_at_once_from_the_receipt(city, at):
    one = asked(city, at)
    assert one.number == "诉〔2026〕1号" and one.channel == "web"
    assert clock(one, "respond").due_at == at + HOUR
    assert clock(one, "settle").due_at == datetime(2026, 3, 5, 15, 59, 59, tzinfo=UTC)
    assert told(city, "zone_staff") == ["企业诉求 诉〔2026〕1号 请响应：厂区频繁停电"]


def test_a_call_noted_later_counts_from_the_call(city, at):
    one = noted(city, at, received_at=at - HOUR / 2, caller_name="示例-来电", caller_phone="0356-1")
    assert clock(one, "respond").due_at == at + HOUR / 2
    subject = f"request:{one.key}"
    assert caller_of(subject) == ("示例-来电", "0356-1")
    with pytest.raises(NotFound):
        actions.erase_caller(request=one.key, why="依申请", by=city.people["clerk"], at=at)
    with pytest.raises(Incomplete):
        actions.erase_caller(request=one.key, why=" ", by=city.people["zone_staff"], at=at)
    actions.erase_caller(request=one.key, why="依申请", by=city.people["zone_staff"], at=at)
    assert caller_of(subject) == ("", "")
    assert not Act.objects.filter(payload__icontains="0356-1").exists()
    with pytest.raises(Incomplete, match="不能晚于现在"):
        noted(city, at, title="另一件", text="另一件事", received_at=at + HOUR)
    with pytest.raises(Incomplete, match="三十天"):
        noted(city, at, title="另一件", text="另一件事", received_at=at - timedelta(days=40))


def test_the_response_and_the_answer_meet_their_limits(city, at, step):
    one = asked(city, at)
    step(one, "respond", text="已安排专人", when=at + HOUR / 4)
    assert clock(one, "respond").met_at == at + HOUR / 4 and clock(one, "settle").met_at is None
    step(one, "answer", text="已增容", when=at + 2 * HOUR)
    assert clock(one, "settle").met_at == at + 2 * HOUR
    assert state(one).stage == "replied" and state(one).rate_by == datetime(
        2026, 3, 9, 15, 59, 59, tzinfo=UTC
    )
    step(one, "accept_answer", who="enterprise", satisfied="satisfied", when=at + 3 * HOUR)
    assert state(one).stage == "closed" and state(one).closed_at == at + 3 * HOUR


def test_a_question_stops_the_settling_and_the_answer_sets_it_going(city, at, step):
    one = in_hand(city, at)
    step(one, "ask_firm", text="变压器铭牌容量是多少", when=at + HOUR)
    assert clock(one, "settle").due_at is None and state(one).stage == "waiting"
    assert clock(one, "respond").due_at == at + HOUR
    back = at + timedelta(days=2)
    step(one, "answer_question", who="enterprise", text="630 千伏安", when=back)
    assert state(one).stage == "in_hand"
    assert clock(one, "settle").due_at == datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)


def test_more_time_needs_steps_with_dates(city, at, step):
    one = in_hand(city, at)
    for steps, said in (
        ([], "办理步骤和日期"),
        ([("勘查", None)], "都要有日期"),
        ([("", date(2026, 3, 9))], "写明做什么"),
        ([("勘查", date(2026, 3, 1))], "早于今天"),
        ([("勘查", date(2026, 3, 20)), ("施工", date(2026, 3, 9))], "从早到晚"),
        ([("施工", date(9999, 12, 31))], "超过三年"),
    ):
        with pytest.raises(Incomplete, match=said):
            step(one, "give_timetable", steps=steps, reason="要停电施工")
    with pytest.raises(Incomplete, match="原因"):
        step(one, "give_timetable", steps=[("施工", date(2026, 3, 20))], reason=" ")
    steps = [("勘查", date(2026, 3, 9)), ("施工", date(2026, 3, 20))]
    step(one, "give_timetable", steps=steps, reason="要停电施工")
    settle = clock(one, "settle")
    assert settle.due_at == datetime(2026, 3, 20, 15, 59, 59, tzinfo=UTC)
    assert settle.limit_at == datetime(2026, 3, 5, 15, 59, 59, tzinfo=UTC)
    assert clock(one, "respond").due_at == at + HOUR


def test_offices_are_called_out_with_a_lead_and_their_own_clocks(city, at, step):
    one = in_hand(city, at)
    lead, other = city.units["市工信局"], city.units["市统计局"]
    step(one, "call_out", lead=lead, called=[other], task="现场会商")
    calls = {call.unit: call for call in CallOut.objects.open().filter(request=one)}
    assert set(calls) == {lead, other} and state(one).lead == lead
    assert calls[lead].part == "lead" and calls[other].part == "cooperating"
    assert calls[lead].due_at == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert "吹哨，请报到" in told(city, "other_clerk")[0]
    step(one, "arrive", who="other_clerk", when=at + HOUR)
    with pytest.raises(Conflict, match="已经报到"):
        step(one, "arrive", who="other_clerk", when=at + HOUR)
    with pytest.raises(NotAllowed):
        step(one, "answer", who="other_clerk", text="不归我答复")
    with pytest.raises(Conflict, match="吹过哨"):
        step(one, "call_out", lead=lead, called=[other], task="再来")
    late = Moment(at + timedelta(days=1))
    page = queries.request_page(one.key, viewer_of_person(city.people["office"]), late)
    assert {(call.name, call.late) for call in page.calls} == {
        ("市工信局", True),
        ("市统计局", False),
    }


def test_dissatisfied_it_begins_again_one_level_higher(city, at, step):
    one = answered(city, at)
    with pytest.raises(Incomplete):
        step(one, "object_to_answer", who="enterprise", words=" ")
    later = at + timedelta(days=1)
    step(one, "object_to_answer", who="enterprise", words="还在停电", when=later)
    now = state(one)
    assert (now.stage, now.round, now.level) == ("reopened", 2, 2)
    assert clock(one, "respond", 2).due_at == later + HOUR
    assert clock(one, "respond", 1).met_at is not None
    assert any("升级到您这里" in said for said in told(city, "zone_leader"))
    step(one, "respond", text="分管领导已到现场", when=later)
    step(one, "answer", text="已改线路", when=later)
    step(one, "accept_answer", who="enterprise", satisfied="fairly", when=later)
    assert state(one).stage == "closed"


def test_staff_note_the_word_of_a_firm_on_the_phone(city, at, step):
    one = answered(city, at)
    with pytest.raises(Incomplete, match="怎样、什么时候说的"):
        step(one, "accept_answer", satisfied="satisfied")
    for said_at, fault in ((at + HOUR, "晚于现在"), (at - HOUR, "早于答复")):
        with pytest.raises(Incomplete, match=fault):
            step(one, "accept_answer", satisfied="satisfied", how="phone", said_at=said_at)
    step(one, "accept_answer", satisfied="satisfied", how="phone", said_at=at)
    page = queries.request_page(one.key, viewer_of_person(city.people["zone_staff"]), Moment(at))
    said = page.timeline[-1].sentence
    assert said == "代企业记录评价：满意（电话，企业 2026-03-02 09:00 说的）。"
    assert "由工作人员代记了评价" in told(city, "enterprise")[-1]


def test_the_firms_own_word_replaces_a_noted_one(city, at, step):
    one, firm = answered(city, at), viewer_of_person(city.people["enterprise"])
    noted_so = {"how": "phone", "said_at": at}
    step(one, "accept_answer", satisfied="satisfied", **noted_so)
    assert queries.firm_page(one.key, firm, Moment(at)).noted
    own = {"who": "enterprise", "satisfied": "dissatisfied"}
    with pytest.raises(Incomplete):
        step(one, "replace_word", **own)
    step(one, "replace_word", words="没有说过满意", **own)
    now = state(one)
    assert (now.stage, now.round, now.level, now.closed_at) == ("reopened", 2, 2, None)
    month = queries.month_of_requests(
        viewer_of_person(city.people["office"]), Period.parse("2026-03"), Moment(at)
    )
    assert (month.whole.satisfaction.numerator, month.whole.satisfaction.denominator) == (0, 1)
    with pytest.raises(Incomplete, match="代记"):
        step(one, "replace_word", words="再说一遍", **own)
    page = queries.firm_page(one.key, firm, Moment(at))
    assert not page.noted and {move.name for move in page.moves} == {"withdraw"}


def test_a_noted_word_can_be_put_right_only_for_so_long(city, at, step):
    one = answered(city, at)
    step(one, "accept_answer", satisfied="fairly", how="in_person", said_at=at)
    much = at + timedelta(days=60)
    with pytest.raises(Incomplete, match="代记"):
        step(one, "replace_word", who="enterprise", satisfied="satisfied", when=much)
    with pytest.raises(NotAllowed):
        step(one, "replace_word", satisfied="satisfied")
    step(one, "replace_word", who="enterprise", satisfied="satisfied")
    assert (state(one).stage, state(one).round) == ("closed", 1)


def test_silence_closes_only_when_its_time_is_over(city, at, step):
    one = answered(city, at)
    with pytest.raises(Incomplete, match="等待评价的时限已过"):
        step(one, "close_unrated", when=at + HOUR)
    step(one, "close_unrated", when=at + timedelta(days=8))
    assert state(one).stage == "closed"


def test_lateness_raises_the_level_once_for_each_limit(city, at):
    one = asked(city, at)
    clock_at = at + 2 * HOUR
    assert actions.raise_late_requests(by="system:services", at=at + HOUR / 2) == 0
    assert actions.raise_late_requests(by="system:services", at=clock_at) == 1
    assert actions.raise_late_requests(by="system:services", at=clock_at) == 0
    assert state(one).level == 2
    assert any("超时" in said for said in told(city, "zone_leader"))
    much = at + timedelta(days=5)
    assert actions.raise_late_requests(by="system:services", at=much) == 1
    assert state(one).level == 3
    assert any("超时" in said for said in told(city, "office"))


def test_a_paused_request_is_not_raised(city, at, step):
    one = in_hand(city, at)
    step(one, "ask_firm", text="请补合同")
    assert actions.raise_late_requests(by="system:services", at=at + timedelta(days=30)) == 0
    assert state(one).level == 1


def test_the_same_ask_points_at_the_first(city, at):
    first = asked(city, at)
    again = {"text": "上月停电三次，影响了生产线，请协调增容！"}
    with pytest.raises(Conflict, match=first.number) as refused:
        asked(city, at, **again)
    assert refused.value.code == actions.SAME and Request.objects.count() == 1
    second = asked(city, at, anyway=True, **again)
    assert second.same_as == first.key
    asked(city, at, category="sales")
    asked(city, at, title="厂房漏雨", text="二号车间屋面漏雨，请协调修缮。")
    assert Request.objects.count() == 4


def test_a_closed_firm_asks_nothing_more(city, at):
    firm = city.enterprises[FIRM]
    open_one = asked(city, at)
    close_enterprise(enterprise=firm, why="注销", by=city.people["office"], at=at)
    for who in ("enterprise", "zone_staff"):
        with pytest.raises(Closed, match="已登记注销"):
            noted(city, at, by=city.people[who])
    assert state(open_one).stage == "received"


def test_what_isnt_ones_own_isnt_there(city, at, step):
    other = asked(
        city, at, firm=city.enterprises[FIRMS[1][0]], by=city.people["office"], channel="phone"
    )
    for who, move, given in (
        ("enterprise", "withdraw", {"why": "不要了"}),
        ("zone_staff", "respond", {"text": "越区响应"}),
        ("clerk", "respond", {"text": "没被吹哨"}),
    ):
        with pytest.raises(NotFound):
            step(other, move, who=who, **given)
    with pytest.raises(NotFound):
        asked(city, at, firm=city.enterprises[FIRMS[1][0]])
    with pytest.raises(NotAllowed):
        noted(city, at, by=city.people["statistician"])


def test_the_firm_takes_it_back_and_nobody_else(city, at, step):
    one = in_hand(city, at)
    with pytest.raises(NotAllowed):
        step(one, "withdraw", why="替企业撤")
    step(one, "ask_firm", text="请补")
    step(one, "withdraw", who="enterprise", why="已自行解决")
    assert state(one).stage == "withdrawn"
    with pytest.raises(Conflict):
        step(one, "answer", text="晚了")
