"""A report's way: clerk, section head, leader, lead unit, office; back, and again."""

from __future__ import annotations

import pytest

from factories import plans as p
from luodi.audit.queries import verify
from luodi.common.refusals import Closed, Incomplete, NotAllowed, NotFound
from luodi.orgs.actions import appoint, hand_over, open_account
from luodi.orgs.choices import Role
from luodi.plans import actions, queries
from luodi.plans.actions.drafts import Words
from luodi.plans.models import ReportDraft, ReportState


@pytest.fixture
def plan(city, at):
    plan = p.adopted_plan(city, at)
    p.opened()
    return plan


@pytest.fixture
def report(city, plan):
    return p.report_of(city, "1.", "市工信局")


def test_a_report_goes_from_the_clerk_to_the_office_and_is_accepted(city, report):
    p.submitted(city, "clerk", report)
    assert p.stage_of(report) == "at_section_head"
    p.passed(city, "section_head", report)
    assert p.stage_of(report) == "at_leader"
    p.passed(city, "leader_in_charge", report)
    assert p.stage_of(report) == "at_office"
    p.accepted(city, report)
    assert p.stage_of(report) == "accepted"
    assert verify().breaks == ()


@pytest.mark.parametrize(
    ("signs", "who"), [(0, "section_head"), (1, "leader_in_charge"), (2, "office")]
)
def test_each_may_return_with_a_reason_and_the_clerk_reports_again(city, report, signs, who):
    p.submitted(city, "clerk", report)
    for username in ["section_head", "leader_in_charge"][:signs]:
        p.passed(city, username, report)
    with pytest.raises(Incomplete):
        p.returned(city, who, report, " ")
    p.returned(city, who, report, "请写清投资额")
    state = report.states.open().get()
    assert (state.stage, state.return_reason) == ("returned", "请写清投资额")
    p.submitted(city, "clerk", report, "完成选址，已投资两千万元。")
    assert p.stage_of(report) == "at_section_head"


@pytest.mark.parametrize("who", ["clerk", "leader_in_charge", "zone_head", "office", "other_clerk"])
def test_only_the_units_own_section_head_passes_it_on(city, report, who):
    p.submitted(city, "clerk", report)
    with pytest.raises((NotAllowed, NotFound)):
        p.passed(city, who, report)


@pytest.mark.parametrize("who", ["clerk", "section_head", "leader_in_charge", "leading_group"])
def test_only_the_office_accepts(city, report, who):
    p.submitted(city, "clerk", report)
    p.passed(city, "section_head", report)
    p.passed(city, "leader_in_charge", report)
    someone = p.viewer(city, who)
    with pytest.raises((NotAllowed, NotFound)):
        actions.accept_reports(reports=[report.key], viewer=someone, by=someone.person, at=p.MARCH)


@pytest.mark.parametrize("who", ["other_clerk", "zone_staff", "office", "section_head"])
def test_nobody_reports_for_another_unit_or_in_another_role(city, report, who):
    with pytest.raises((NotAllowed, NotFound)):
        p.submitted(city, who, report)


def test_a_stand_in_signs_for_the_leader_who_is_away(city, report):
    away = city.people["leader_in_charge"]
    deputy = appoint(
        name="示例-21",
        unit=city.units["市工信局"],
        role=Role.CLERK,
        by="x",
        at=p.MARCH,
        generated=True,
    )
    city.accounts["deputy"] = open_account(
        username="deputy", password="x" * 12, person=deputy.key, by="x", at=p.MARCH
    )
    hand_over(person=away, stand_in=deputy.key, away=True, by=away, at=p.MARCH)
    p.submitted(city, "clerk", report)
    p.passed(city, "section_head", report)
    p.passed(city, "deputy", report)
    assert p.stage_of(report) == "at_office"


def test_a_step_nobody_holds_is_passed_over_and_said_so(city, at, plan):
    person = appoint(
        name="示例-20", unit=city.units["甲县"], role=Role.CLERK, by="x", at=p.MARCH, generated=True
    )
    report = p.report_of(city, "3.", "甲县")
    who = p.viewer(city, "office")
    city.accounts["county"] = open_account(
        username="county", password="x" * 12, person=person.key, by="x", at=p.MARCH
    )
    p.submitted(city, "county", report)
    state = report.states.open().get()
    assert state.stage == "at_office"
    assert [row["why"] for row in state.skipped] == ["nobody", "nobody"]
    row = queries.report_for(who, report.key, p.now())
    assert row.skipped_words[0].startswith("本单位没有科长")


def test_who_submits_does_not_sign(city, report):
    appoint(
        name="", person=city.people["clerk"], unit=city.units["市工信局"], role=Role.SECTION_HEAD,
        by="x", at=p.MARCH,
    )  # fmt: skip
    p.submitted(city, "clerk", report)
    assert p.stage_of(report) == "at_section_head"
    with pytest.raises(NotAllowed):
        p.passed(city, "clerk", report)


def test_where_clerk_and_head_are_one_person_the_step_is_passed_over(city, at, plan):
    head = city.people["section_head"]
    hand_over(person=head, stand_in=city.people["clerk"], away=True, by=head, at=p.MARCH)
    report = p.report_of(city, "1.", "市工信局")
    p.submitted(city, "clerk", report)
    state = report.states.open().get()
    assert state.stage == "at_leader"
    assert state.skipped == [{"role": "section_head", "why": "same_person"}]


def test_the_clerk_takes_a_report_back_before_it_leaves_the_unit(city, report):
    p.submitted(city, "clerk", report)
    who = p.viewer(city, "clerk")
    actions.recall_report(report=report.key, viewer=who, by=who.person, at=p.MARCH)
    assert p.stage_of(report) == "returned"


def test_nothing_new_needs_a_reason_and_old_words_are_no_report(city, report):
    with pytest.raises(Incomplete):
        p.submitted(city, "clerk", report, "")
    p.submitted(city, "clerk", report, "", nothing_new="等待省里批复")
    p.passed(city, "section_head", report)
    p.passed(city, "leader_in_charge", report)
    p.accepted(city, report)
    p.opened(p.APRIL)
    second = p.report_of(city, "1.", "市工信局", "2026-04")
    p.submitted(city, "clerk", second, "完成选址。", at=p.APRIL)


def test_last_months_words_unchanged_are_refused(city, report):
    p.submitted(city, "clerk", report, "完成选址。")
    p.opened(p.APRIL)
    second = p.report_of(city, "1.", "市工信局", "2026-04")
    with pytest.raises(Incomplete, match="一字未改"):
        p.submitted(city, "clerk", second, " 完成选址。", at=p.APRIL)
    p.submitted(city, "clerk", second, "完成选址。", at=p.APRIL, nothing_new="冬季停工")


def test_a_closed_month_takes_nothing_and_the_draft_stays(city, report):
    office, clerk = p.viewer(city, "office"), p.viewer(city, "clerk")
    month = report.round_id
    actions.close_round(round=month, why="", viewer=office, by=office.person, at=p.MARCH)
    actions.save_draft(
        report=report.key,
        words=Words("来晚了"),
        version=0,
        viewer=clerk,
        by=clerk.person,
        at=p.MARCH,
    )
    with pytest.raises(Closed, match="截止"):
        p.submitted(city, "clerk", report)
    assert ReportDraft.objects.get(report=report).text == "来晚了"
    with pytest.raises(Incomplete):
        actions.reopen_round(round=month, why="", viewer=office, by=office.person, at=p.MARCH)
    actions.reopen_round(round=month, why="系统故障", viewer=office, by=office.person, at=p.MARCH)
    p.submitted(city, "clerk", report)


def test_the_leads_report_holds_the_parts_of_the_others(city, plan):
    lead, part = p.report_of(city, "2.", "开发区管委会"), p.report_of(city, "2.", "市工信局")
    assert lead.consolidates and not part.consolidates
    p.submitted(city, "clerk", part, "厂房图纸已审。")
    p.passed(city, "section_head", part)
    p.passed(city, "leader_in_charge", part)
    assert p.stage_of(part) == "at_lead_unit"
    p.returned(city, "zone_staff", part, "缺面积")
    assert p.stage_of(part) == "returned"
    p.submitted(city, "clerk", part, "厂房图纸已审，面积三万平方米。")
    p.passed(city, "section_head", part)
    p.passed(city, "leader_in_charge", part)
    seen = queries.report_for(p.viewer(city, "zone_staff"), part.key, p.now())
    assert seen.text.endswith("三万平方米。")
    p.submitted(city, "zone_staff", lead, "汇总：厂房三万平方米。")
    p.passed(city, "zone_head", lead)
    p.passed(city, "zone_leader", lead)
    assert p.stage_of(part) == p.stage_of(lead) == "at_office"
    p.returned(city, "office", lead, "补数据")
    assert (p.stage_of(lead), p.stage_of(part)) == ("returned", "at_lead_unit")
    p.submitted(city, "zone_staff", lead, "汇总：厂房三万平方米，入驻两家。")
    p.passed(city, "zone_head", lead)
    p.passed(city, "zone_leader", lead)
    p.accepted(city, lead)
    assert p.stage_of(part) == p.stage_of(lead) == "accepted"
    assert verify().breaks == ()


def test_a_report_inside_its_unit_says_nothing_outside(city, report):
    p.submitted(city, "clerk", report, "内部稿")
    for who in ["office", "leading_group", "statistician"]:
        row = queries.report_for(p.viewer(city, who), report.key, p.now())
        assert not row.open_to and not row.text
    with pytest.raises(NotFound):
        queries.report_for(p.viewer(city, "other_clerk"), report.key, p.now())
    assert queries.report_for(p.viewer(city, "section_head"), report.key, p.now()).text == "内部稿"


def test_accepted_is_locked(city, report):
    p.submitted(city, "clerk", report)
    p.passed(city, "section_head", report)
    p.passed(city, "leader_in_charge", report)
    p.accepted(city, report)
    for attempt in (
        lambda: p.submitted(city, "clerk", report, "改一改"),
        lambda: p.returned(city, "office", report, "再改"),
        lambda: p.accepted(city, report),
    ):
        with pytest.raises(Closed):
            attempt()
    assert ReportState.objects.filter(report=report).count() == 5
