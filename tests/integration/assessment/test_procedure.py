"""An appraisal from draft to reward: each step, its refusals, its papers, its past."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.appraisals import OTHERS, ZONE, as_office
from factories.procedures import (
    decided,
    handed_in,
    prepared,
    published,
    seen,
    shown,
    signed,
    verified,
    who,
)
from luodi.assessment.actions import (
    begin_review,
    begin_verification,
    decide_appraisal,
    draft_appraisal_paper,
    open_appraisal,
    open_self_reports,
    publish_appraisal,
    record_rewards,
    run_appraisal,
    show_result,
    take_first_result,
    verify_again,
)
from luodi.assessment.models import AppraisalReward, AppraisalState, SelfReportState
from luodi.assessment.queries import feedback_page, procedure_page, published_page
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.jobs.models import InboxMessage
from luodi.papers.queries import content_of, open_state

pytestmark = pytest.mark.django_db(databases="__all__")

DAY = timedelta(days=1)


def page_of(city, key, at, username="office", moment=None):
    return procedure_page(key, who(city, username, at)["viewer"], moment or Moment(at))


def test_self_reports_are_asked_of_everybody_once_the_scheme_is_frozen(city, at):
    appraisal = open_appraisal(scheme="three-chain-cluster", year=2024, **as_office(city, at))
    with pytest.raises(Incomplete, match="定稿"):
        open_self_reports(
            appraisal=appraisal.key, seen=seen(appraisal.key), **who(city, "office", at)
        )
    ready = prepared(city, at).key
    assert open_self_reports(appraisal=ready, seen=seen(ready), **who(city, "office", at)) == 3
    with pytest.raises(Conflict):
        open_self_reports(appraisal=ready, seen=1, **who(city, "office", at))
    with pytest.raises(Conflict, match="不能布置自评"):
        open_self_reports(appraisal=ready, seen=seen(ready), **who(city, "office", at))
    page = page_of(city, ready, at)
    assert [row.stage for row in page.units] == ["asked"] * 3
    [window] = page.windows
    assert window.due_at.isoformat() == "2026-03-16T10:00:00+00:00" and window.notes
    told = InboxMessage.objects.filter(person=city.people["zone_staff"], kind="appraisal")
    assert "请填报自评" in told.get().sentence


def test_only_the_office_moves_it_and_only_the_leading_group_decides(city, at):
    key = prepared(city, at).key
    with pytest.raises(NotFound):
        open_self_reports(appraisal=key, seen=0, **who(city, "zone_staff", at))
    with pytest.raises(NotAllowed):
        open_self_reports(appraisal=key, seen=0, **who(city, "leading_group", at))
    with pytest.raises(NotAllowed, match="领导小组"):
        decide_appraisal(appraisal=key, seen=0, words="同意", **who(city, "office", at))


def test_the_first_result_waits_for_verification_and_a_fresh_run(city, at):
    key = prepared(city, at).key
    office = who(city, "office", at)
    open_self_reports(appraisal=key, seen=seen(key), **office)
    handed_in(city, at, key)
    run_appraisal(appraisal=key, **office)
    begin_verification(appraisal=key, seen=seen(key), **office)
    with pytest.raises(Incomplete, match="还有 12 个数没有核验"):
        take_first_result(appraisal=key, seen=seen(key), **office)
    verified(city, at, key)
    with pytest.raises(Incomplete, match="计算结果"):
        take_first_result(appraisal=key, seen=seen(key), **office)
    run_appraisal(appraisal=key, **office)
    take_first_result(appraisal=key, seen=seen(key), **office)
    with pytest.raises(Incomplete):
        verify_again(appraisal=key, seen=seen(key), why=" ", **office)
    verify_again(appraisal=key, seen=seen(key), why="有数要再核", **office)
    assert AppraisalState.objects.open().get(appraisal=key).stage == "verifying"


def test_a_reason_lets_unverified_figures_pass(city, at):
    key = prepared(city, at).key
    office = who(city, "office", at)
    open_self_reports(appraisal=key, seen=seen(key), **office)
    handed_in(city, at, key)
    begin_verification(appraisal=key, seen=seen(key), **office)
    run_appraisal(appraisal=key, **office)
    take_first_result(appraisal=key, seen=seen(key), why="数据单位逾期未核", **office)
    events = page_of(city, key, at).events
    assert events[-1].why == "数据单位逾期未核"


def test_those_assessed_see_their_own_in_full_and_the_others_by_total_and_place(city, at):
    key = shown(city, at).key
    moment = Moment(at + 4 * DAY)
    page = feedback_page(key, who(city, "zone_staff", at)["viewer"], moment)
    [own] = page.own
    assert (own.name, own.rank, own.total) == (ZONE, 1, "82.00") and own.lines
    assert [(row.name, row.rank) for row in page.others] == [
        (ZONE, 1), (OTHERS[0], 2), (OTHERS[1], 3),
    ]  # fmt: skip
    assert all(row.lines is None for row in page.others)
    assert page.open and page.due_at.isoformat() == "2026-03-12T10:00:00+00:00"
    later = feedback_page(key, who(city, "zone_staff", at)["viewer"], Moment(at + 30 * DAY))
    assert not later.open


def test_nothing_is_shown_before_it_is(city, at):
    key = prepared(city, at).key
    with pytest.raises(NotFound):
        feedback_page(key, who(city, "office", at)["viewer"], Moment(at))
    with pytest.raises(NotFound):
        published_page(key, who(city, "office", at)["viewer"], Moment(at))


def test_the_review_begins_when_the_time_for_objections_is_over(city, at):
    key = shown(city, at).key
    with pytest.raises(Incomplete, match="异议期届满"):
        begin_review(appraisal=key, seen=seen(key), **who(city, "office", at + 5 * DAY))
    begin_review(appraisal=key, seen=seen(key), **who(city, "office", at + 11 * DAY))


def test_the_decision_asks_for_a_signed_notice_whose_time_is_over(city, at):
    key = shown(city, at).key
    later = at + 20 * DAY
    begin_review(appraisal=key, seen=seen(key), **who(city, "office", later))
    leader = who(city, "leading_group", later)
    with pytest.raises(Incomplete, match="公示"):
        decide_appraisal(appraisal=key, seen=seen(key), words="同意", **leader)
    paper = signed(city, later, key, "appraisal_notice")
    with pytest.raises(Incomplete, match="公示期到"):
        decide_appraisal(appraisal=key, seen=seen(key), words="同意", **leader)
    leader["at"] = later + 15 * DAY
    with pytest.raises(Incomplete, match="审定意见"):
        decide_appraisal(appraisal=key, seen=seen(key), words=" ", **leader)
    run_appraisal(appraisal=key, **who(city, "office", later))
    with pytest.raises(Incomplete, match="公示"):
        decide_appraisal(appraisal=key, seen=seen(key), words="同意", **leader)
    state = open_state(paper)
    [table] = [b for b in content_of(state).blocks if b.kind == "table"]
    assert [row[1][0].text for row in table.rows] == [ZONE, *OTHERS]
    assert table.rows[0][2][0].source.startswith("appraisal_run:")
    with pytest.raises(Closed):
        draft_appraisal_paper(appraisal=key, kind="notice", **who(city, "office", later))


def test_a_result_is_decided_published_and_rewarded_and_the_record_holds(city, at):
    key = shown(city, at).key
    done = decided(city, at, key)
    office = who(city, "office", done)
    with pytest.raises(Incomplete, match="通报"):
        publish_appraisal(appraisal=key, seen=seen(key), **office)
    with pytest.raises(Closed):
        run_appraisal(appraisal=key, **office)
    with pytest.raises(NotFound):
        published_page(key, who(city, "clerk", done)["viewer"], Moment(done))
    signed(city, done, key, "appraisal_bulletin")
    publish_appraisal(appraisal=key, seen=seen(key), **office)
    everybody = published_page(key, who(city, "clerk", done)["viewer"], Moment(done))
    assert [(row.rank, row.total) for row in everybody.rows] == [
        (1, "82.00"), (2, "80.00"), (3, "12.00"),
    ]  # fmt: skip
    assert everybody.bulletin is not None and everybody.decision.words == "同意。"
    assert record_rewards(appraisal=key, seen=seen(key), **office) == 3
    rewards = list(
        AppraisalReward.objects.order_by("pk").values_list("rule", "amount", "confirmed")
    )
    assert rewards == [("first-tier", None, False), ("first-place", None, False),
                       ("first-tier", None, False)]  # fmt: skip
    signed(city, done, key, "notice")
    with pytest.raises(Conflict):
        record_rewards(appraisal=key, seen=seen(key), **office)
    page = page_of(city, key, done)
    assert page.reward_notice.stage == "signed" and page.held.state.stage == "rewarded"
    assert verify().breaks == ()


def test_the_past_shows_the_stage_of_then(city, at):
    key = shown(city, at).key
    states = AppraisalState.objects.filter(appraisal=key).order_by("since")
    for state in states:
        then = moment_at(state.since_id)
        assert page_of(city, key, at, moment=then).held.state.stage == state.stage
    first = SelfReportState.objects.order_by("since")[0]
    assert page_of(city, key, at, moment=moment_at(first.since_id)).units[0].stage == "asked"


def test_a_team_of_steps_can_t_be_taken_twice_from_one_page(city, at):
    key = shown(city, at).key
    old = seen(key)
    later = who(city, "office", at + 20 * DAY)
    begin_review(appraisal=key, seen=old, **later)
    with pytest.raises(Conflict):
        begin_review(appraisal=key, seen=old, **later)
    with pytest.raises(Conflict):
        show_result(appraisal=key, seen=seen(key), **later)


def test_pages_of_the_procedure(city, at, sign_in):
    key = (
        published(city, at, shown(city, at).key)
        and AppraisalState.objects.open().get(appraisal__scheme="small").appraisal_id
    )
    base = f"/assessment/appraisals/{key}/"
    office = sign_in("office").get(base + "procedure/").content.decode()
    assert "兑现奖惩" in office and "82.00" not in office
    zone = sign_in("zone_staff").get(base + "procedure/").content.decode()
    assert ZONE in zone and OTHERS[0] not in zone
    assert "同意。" in sign_in("clerk").get(base + "published/").content.decode()
    assert "82.00" in sign_in("zone_staff").get(base + "feedback/").content.decode()
    done = sign_in("office").post(
        base + "step/reward/", {"seen": seen(key), "why": ""}, follow=True
    )
    assert "已办理" in done.content.decode()
    stale = sign_in("office").post(base + "step/reward/", {"seen": 1, "why": ""})
    assert stale.status_code == 409
    assert sign_in("office").post(base + "step/nothing/", {"seen": 1}).status_code == 404
    assert sign_in("zone_staff").post(base + "step/reward/", {"seen": 1}).status_code == 403
    assert sign_in("office").post(base + "step/reward/", {"seen": "x"}).status_code == 422
