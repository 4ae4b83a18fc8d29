"""Claims: without an application and with one, up to the payment; what stops them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from factories.policies import PAPERS, known
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.orgs.actions import close_enterprise
from luodi.orgs.queries import viewer_of_person
from luodi.policy.actions import (
    answer_objection,
    apply_for_policy,
    match_firms,
    move_claim,
    note_on_claim,
    object_to_claim,
    revise_article,
)
from luodi.policy.models import ClaimObjection, PolicyClaim, PolicyClaimState
from luodi.policy.queries import article_for, claim_page, effects, policy_duties


def seen(key: str) -> int:
    return PolicyClaimState.objects.open().get(claim=key).since_id


@pytest.fixture
def step(city, at):
    """`step(claim, who, move, …)`: a move by somebody, some days on."""

    def make(claim, who, move, days=0, **said):
        move_claim(
            claim=claim, move=move, seen=seen(claim), by=city.people[who],
            at=at + timedelta(days=days), **said,
        )  # fmt: skip

    return make


@pytest.fixture
def listed(city, at, ready) -> str:
    match_firms(article=ready.first, by=city.people["clerk"], at=at)
    return PolicyClaim.objects.get(article=ready.first).key


@pytest.fixture
def apply(city, at, ready):
    def make(**said):
        given = {
            "article": ready.second, "enterprise": ready.firm, "about": "", "amount": "30万元",
            "materials": PAPERS, "by": city.people["enterprise"], "at": at,
        }  # fmt: skip
        return apply_for_policy(**{**given, **said}).key

    return make


def test_a_firm_is_paid_without_asking(city, at, ready, listed, step):
    step(listed, "clerk", "check")
    step(listed, "enterprise", "confirm")
    step(listed, "clerk", "notice")
    with pytest.raises(Incomplete, match="公示期满"):
        step(listed, "clerk", "disburse", 1, paid_on=date(2026, 3, 3), voucher="0001")
    step(listed, "clerk", "disburse", 10, paid_on=date(2026, 3, 12), voucher="0001")
    page = claim_page(listed, viewer_of_person(city.people["enterprise"]), Moment(at))
    assert (page.row.stage, page.row.amount) == ("disbursed", 10_000_000)
    assert page.notes == page.objections == page.events == ()
    told = InboxMessage.objects.filter(person=city.people["enterprise"], kind="policy")
    assert told.filter(sentence__contains="待企业确认").count() == 1
    rows = {e.key: e for e in effects(viewer_of_person(city.people["office"]), Moment(at))}
    row = rows[ready.first]
    assert (row.sum_paid, row.firms, row.share) == (10_000_000, 1, "100.0%（1/1）")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2026, 3, 5)])
def test_nothing_is_paid_on_a_day_before_the_notice_ended(listed, step, day):
    step(listed, "clerk", "check")
    step(listed, "enterprise", "confirm")
    step(listed, "clerk", "notice")
    with pytest.raises(Incomplete, match="不能早于公示期满"):
        step(listed, "clerk", "disburse", 10, paid_on=day, voucher="0001")


def test_the_office_notes_what_a_firm_without_an_account_says(city, at, listed, step, sign_in):
    step(listed, "clerk", "check")
    clerk = viewer_of_person(city.people["clerk"])
    assert "confirm_for" not in [move.name for move in claim_page(listed, clerk, Moment(at)).moves]
    with pytest.raises(NotAllowed):
        step(listed, "clerk", "confirm_for", why="3 月 2 日电话")
    city.accounts["enterprise"].is_active = False
    city.accounts["enterprise"].save()
    assert any("待企业确认" in duty.what for duty in policy_duties(clerk, Moment(at)))
    page = sign_in("clerk").get(f"/policies/claims/{listed}/").content.decode()
    assert page.count("企业何时、怎样表示的（企业会看到）") == 2
    with pytest.raises(Incomplete, match="何时、怎样"):
        step(listed, "clerk", "confirm_for")
    step(listed, "clerk", "confirm_for", why="3 月 2 日电话")
    assert claim_page(listed, clerk, Moment(at)).row.stage == "confirmed"


def test_the_office_hands_in_again_for_a_firm_without_an_account(city, at, apply, step):
    claim = apply(by=city.people["clerk"])
    step(claim, "clerk", "send_back", why="缺盖章")
    clerk = viewer_of_person(city.people["clerk"])
    assert [move.name for move in claim_page(claim, clerk, Moment(at)).moves] == ["hand_in"]
    assert not any("退回补正" in duty.what for duty in policy_duties(clerk, Moment(at)))
    step(claim, "clerk", "hand_in")
    assert claim_page(claim, clerk, Moment(at)).row.stage == "applied"


def test_nobody_is_listed_twice(city, at, ready, listed):
    with pytest.raises(Conflict, match="没有新的符合条件"):
        match_firms(article=ready.first, by=city.people["clerk"], at=at)


def test_a_firm_with_bad_credit_is_stopped(city, at, ready, listed, step):
    known(city, at, bad_credit="是")
    with pytest.raises(Incomplete, match="严重失信"):
        step(listed, "clerk", "check")


def test_an_application_is_decided_by_other_eyes(city, at, ready, apply, step):
    claim = apply()
    step(claim, "clerk", "check")
    with pytest.raises(Incomplete, match="审核人以外"):
        step(claim, "clerk", "decide", amount="25万元")
    step(claim, "section_head", "decide", amount="25万元")
    page = claim_page(claim, viewer_of_person(city.people["section_head"]), Moment(at))
    assert (page.state.amount, page.row.amount_words) == (25_000_000, "25 万元")
    assert [event.sentence for event in page.events] == ["提交申请", "审核通过", "核定金额"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"amount": "60万元"}, "超过了这一条的上限"),
        ({"amount": "许多"}, "读不出"),
        ({"amount": ""}, "请填写申请金额"),
        ({"materials": PAPERS[:2]}, "研发费用辅助账"),
    ],
)
def test_what_an_application_lacks_is_said(apply, said, why):
    with pytest.raises(Incomplete, match=why):
        apply(**said)


def test_the_same_thing_is_claimed_once(apply):
    apply()
    with pytest.raises(Conflict, match=r"同一事项.*不重复享受"):
        apply()


def test_a_firm_that_does_not_fit_is_told_why(city, at, ready, apply):
    known(city, at, rd_share="2")
    with pytest.raises(Incomplete, match="现为2%，不符合，差1个百分点"):
        apply()


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2026, 1, 1), date(2026, 2, 28), "2026-02-28 截止"),
        (date(2026, 3, 10), date(2026, 6, 30), "2026-03-10 开始申报"),
    ],
)
def test_nothing_is_taken_outside_of_the_window(city, at, ready, apply, first, last, why):
    clerk = city.people["clerk"]
    seen = article_for(viewer_of_person(clerk), ready.second, Moment(at)).since
    said = {"terms": {"window_from": first, "window_until": last}, "why": "按通知", "seen": seen}
    assert revise_article(article=ready.second, by=clerk, at=at, **said)
    with pytest.raises(Closed, match=why):
        apply()


def test_the_budget_holds(city, at, ready, apply, step):
    clerk = city.people["clerk"]
    row = article_for(viewer_of_person(clerk), ready.second, Moment(at))
    said = {"terms": {"budget": "20万元"}, "why": "年度预算", "seen": row.since}
    revise_article(article=ready.second, by=clerk, at=at, **said)
    claim = apply()
    step(claim, "clerk", "check")
    with pytest.raises(Incomplete, match="预算余额"):
        step(claim, "section_head", "decide", amount="20.01万元")
    step(claim, "section_head", "decide", amount="20万元")
    assert article_for(viewer_of_person(clerk), ready.second, Moment(at)).left == 0


def test_an_objection_stops_the_payment(city, at, ready, apply, step):
    claim, clerk = apply(), city.people["clerk"]
    step(claim, "clerk", "check")
    step(claim, "section_head", "decide", amount="20万元")
    step(claim, "clerk", "notice")
    said = {"claim": claim, "by": clerk, "at": at + timedelta(days=1)}
    object_to_claim(who="示例异议人", text="费用归集有误", **said)
    paid = {"paid_on": date(2026, 3, 12), "voucher": "0002"}
    with pytest.raises(Incomplete, match="异议"):
        step(claim, "clerk", "disburse", 10, **paid)
    objection = ClaimObjection.objects.get(claim=claim).key
    answer_objection(objection=objection, upheld=False, answer="经核对无误", **said)
    step(claim, "clerk", "disburse", 10, **paid)
    with pytest.raises(Closed):
        object_to_claim(who="另一人", text="太迟", **said)


def test_notes_stay_with_the_office(city, at, apply):
    claim = apply()
    note_on_claim(claim=claim, text="请财务再看", by=city.people["clerk"], at=at)
    clerk = claim_page(claim, viewer_of_person(city.people["clerk"]), Moment(at))
    firm = claim_page(claim, viewer_of_person(city.people["enterprise"]), Moment(at))
    assert [text for _at, _who, text in clerk.notes] == ["请财务再看"]
    assert firm.notes == ()
    with pytest.raises(NotAllowed):
        note_on_claim(claim=claim, text="我的备注", by=city.people["enterprise"], at=at)


def test_a_claim_is_its_firms_and_its_offices(city, at, ready, listed, step):
    with pytest.raises(NotFound):
        claim_page(listed, viewer_of_person(city.people["other_clerk"]), Moment(at))
    with pytest.raises(NotAllowed):
        step(listed, "enterprise", "check")


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        ("31万元", "超过了申请金额 30 万元"),
        ("9999亿元", "请核对单位"),
        ("0", "大于零"),
    ],
)
def test_no_more_is_settled_than_was_asked_for(apply, step, amount, why):
    claim = apply()
    step(claim, "clerk", "check")
    with pytest.raises(Incomplete, match=why):
        step(claim, "section_head", "decide", amount=amount)


def test_without_asking_no_firm_gets_more_than_the_article_gives(listed, step):
    with pytest.raises(Incomplete, match="超过了这一条的上限 10 万元"):
        step(listed, "clerk", "check", amount="10.01万元")


def test_what_came_after_the_notice_stops_the_payment(city, at, ready, listed, step):
    step(listed, "clerk", "check")
    step(listed, "enterprise", "confirm")
    step(listed, "clerk", "notice")
    paid = {"paid_on": date(2026, 3, 12), "voucher": "0003"}
    known(city, at, bad_credit="是")
    with pytest.raises(Incomplete, match="严重失信"):
        step(listed, "clerk", "disburse", 10, **paid)
    known(city, at, bad_credit="否")
    office = city.people["office"]
    close_enterprise(enterprise=ready.firm, why="测试注销", by=office, at=at)
    with pytest.raises(Incomplete, match="企业仍在营"):
        step(listed, "clerk", "disburse", 10, **paid)


def test_nobody_applies_for_a_firm_that_is_gone(city, at, ready, apply):
    close_enterprise(enterprise=ready.firm, why="测试注销", by=city.people["office"], at=at)
    with pytest.raises(Closed, match="已不在营"):
        apply(by=city.people["office"])


def test_wide_letters_and_blanks_make_no_second_thing(apply):
    apply(about="设备 A1")
    with pytest.raises(Conflict, match="不重复享受"):
        apply(about="　设备   Ａ１ ")


def test_the_home_of_a_firm_reads_neither_notes_nor_who_objects(city, at, apply, step):
    claim, clerk = apply(), city.people["clerk"]
    step(claim, "clerk", "check")
    step(claim, "section_head", "decide", amount="20万元")
    step(claim, "clerk", "notice")
    said = {"claim": claim, "by": clerk, "at": at}
    note_on_claim(text="请财务再看", **said)
    object_to_claim(who="示例异议人", text="费用归集有误", **said)
    home = claim_page(claim, viewer_of_person(city.people["zone_staff"]), Moment(at))
    assert (home.row.stage, home.notes, home.objections) == ("noticed", (), ())
    mine = claim_page(claim, viewer_of_person(clerk), Moment(at))
    assert (len(mine.notes), len(mine.objections)) == (1, 1)


def test_a_fact_that_changed_since_the_match_is_shown_to_the_office_alone(
    city, at, listed, sign_in
):
    clerk, firm = (viewer_of_person(city.people[who]) for who in ("clerk", "enterprise"))
    assert claim_page(listed, clerk, Moment(at)).changed == ""
    known(city, at, revenue="1500万元")
    said = claim_page(listed, clerk, Moment(at)).changed
    assert said.startswith("不符合") and "1500万元" in said
    assert claim_page(listed, firm, Moment(at)).changed == ""
    assert "判断已经变为" in sign_in("clerk").get(f"/policies/claims/{listed}/").content.decode()
