"""Notice, objection, decision, publication: each in its time, by its people, by its paper."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from factories.graded import filled, noticed, signed
from luodi.assessment.actions import (
    answer_grading_objection,
    begin_grading_notice,
    decide_grading,
    draft_grading_bulletin,
    draft_grading_notice,
    object_to_grade,
    publish_grading,
    recall_grading_notice,
    run_grading,
)
from luodi.assessment.models import Grade, GradingRun, GradingState
from luodi.audit.queries import verify
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.indicators.models import Value

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def graded(city, at):
    """A grading on notice; the firm whose account exists is among the graded."""
    grading, _firms, _keys = filled(city, at, 12)
    until = noticed(city, at, grading.key)
    firm = Grade.objects.filter(run__grading=grading, rank=2, group="above_scale").first()
    return grading.key, firm.enterprise, until


def object_(city, graded, when, who="zone_staff", **given):
    usual = {"grading": graded[0], "enterprise": graded[1], "words": "用地含代征绿地",
             "about": "land", "claimed": "20"}  # fmt: skip
    return object_to_grade(by=city.people[who], at=when, **(usual | given))


def test_the_window_counts_working_days_by_the_citys_calendar(graded):
    assert graded[2] == datetime(2026, 3, 5, 15, 59, 59, tzinfo=UTC)


def test_a_notice_needs_its_signed_paper(city, at):
    grading, _firms, _keys = filled(city, at, 6)
    office = city.people["office"]
    with pytest.raises(Incomplete, match="还没有计算"):
        draft_grading_notice(grading=grading.key, by=office, at=at)
    run_grading(grading=grading.key, by=office, at=at)
    with pytest.raises(Incomplete, match="公示文稿"):
        begin_grading_notice(grading=grading.key, by=office, at=at)
    paper = draft_grading_notice(grading=grading.key, by=office, at=at)
    with pytest.raises(Incomplete, match="公示文稿"):
        begin_grading_notice(grading=grading.key, by=office, at=at)
    signed(city, at, paper.key)
    begin_grading_notice(grading=grading.key, by=office, at=at)
    assert GradingState.objects.open().get().stage == "noticed"


def test_an_objection_after_the_window_is_refused_in_a_sentence(city, graded):
    object_(city, graded, graded[2])
    with pytest.raises(Closed, match="届满"):
        object_(city, graded, graded[2] + timedelta(seconds=1), enterprise=other(graded))


def other(graded):
    rows = Grade.objects.filter(run__grading=graded[0]).exclude(enterprise=graded[1])
    return rows.filter(rank=1).first().enterprise


def test_an_objection_before_the_notice_is_refused(city, at):
    grading, _firms, keys = filled(city, at, 6)
    run_grading(grading=grading.key, by=city.people["office"], at=at)
    with pytest.raises(Closed, match="还没有公示"):
        object_(city, (grading.key, keys[0]), at)


def test_an_upheld_objection_puts_the_figure_right_and_keeps_both_runs(city, at, graded):
    objection = object_(city, graded, at)
    before = Grade.objects.get(run__number=1, enterprise=graded[1])
    run = answer_grading_objection(
        objection=objection.key, move="uphold", corrected="5", reply="已核地籍",
        by=city.people["office"], at=at + timedelta(hours=2),
    )  # fmt: skip
    after = Grade.objects.get(run=run, enterprise=graded[1])
    assert run.number == 2 and "更正为 5" in run.why
    assert after.score > before.score
    assert Grade.objects.get(run__number=1, enterprise=graded[1]).score == before.score
    value = Value.objects.open().get(origin=f"grading_objection:{objection.key}")
    assert (value.amount, value.scale, value.purpose) == (500, 2, "shared")
    assert not verify().breaks


def test_a_rejected_objection_changes_nothing_and_says_why(city, at, graded):
    objection = object_(city, graded, at)
    with pytest.raises(Incomplete):
        answer_grading_objection(
            objection=objection.key, move="reject", reply=" ", by=city.people["office"], at=at
        )
    with pytest.raises(NotAllowed):
        answer_grading_objection(
            objection=objection.key, move="reject", reply="不符", by=city.people["clerk"], at=at
        )
    answer_grading_objection(
        objection=objection.key, move="reject", reply="与地籍一致", by=city.people["office"], at=at
    )
    assert GradingRun.objects.count() == 1
    with pytest.raises(Conflict):
        answer_grading_objection(
            objection=objection.key, move="uphold", corrected="1", reply="再想",
            by=city.people["office"], at=at,
        )  # fmt: skip


def test_one_objection_of_a_firm_waits_at_a_time(city, at, graded):
    object_(city, graded, at)
    with pytest.raises(Conflict, match="等答复"):
        object_(city, graded, at)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"claimed": "十几亩吧"}, "用地面积"),
        ({"claimed": "-3"}, "负数"),
        ({"about": "", "claimed": "3"}, "哪个数"),
        ({"about": "height"}, "列表"),
        ({"words": "　"}, "理由"),
    ],
)
def test_a_bad_objection_is_refused_with_what_is_wrong(city, at, graded, given, said):
    with pytest.raises(Incomplete, match=said):
        object_(city, graded, at, **given)


def test_nobody_objects_for_a_firm_that_isnt_theirs(city, at, graded):
    with pytest.raises(NotAllowed):
        object_(city, graded, at, who="clerk")
    with pytest.raises(NotFound):
        object_(city, graded, at, who="enterprise")


def test_the_leading_group_decides_once_the_window_is_over_and_all_is_answered(city, at, graded):
    objection = object_(city, graded, at)
    leader, office, later = city.people["leading_group"], city.people["office"], graded[2]
    with pytest.raises(Incomplete, match="公示期"):
        decide_grading(grading=graded[0], decided_on=None, by=leader, at=at)
    later += timedelta(hours=12)
    with pytest.raises(Incomplete, match="异议"):
        decide_grading(grading=graded[0], decided_on=None, by=leader, at=later)
    answer_grading_objection(
        objection=objection.key, move="reject", reply="与地籍一致", by=office, at=later
    )
    with pytest.raises(NotAllowed):
        decide_grading(grading=graded[0], decided_on=None, by=office, at=later)
    with pytest.raises(Incomplete, match="审定日期"):
        decide_grading(grading=graded[0], decided_on=date(2026, 3, 1), by=leader, at=later)
    decide_grading(grading=graded[0], decided_on=None, by=leader, at=later)
    with pytest.raises(Closed, match="审定"):
        run_grading(grading=graded[0], by=office, at=later, why="再算")
    with pytest.raises(Incomplete, match="公布文稿"):
        publish_grading(grading=graded[0], by=office, at=later)
    paper = draft_grading_bulletin(grading=graded[0], by=office, at=later)
    signed(city, later, paper.key)
    publish_grading(grading=graded[0], by=office, at=later)
    assert GradingState.objects.open().get().stage == "published"
    assert not verify().breaks


def test_a_notice_is_recalled_with_a_reason(city, at, graded):
    office = city.people["office"]
    with pytest.raises(Incomplete, match="原因"):
        recall_grading_notice(grading=graded[0], why="", by=office, at=at)
    recall_grading_notice(grading=graded[0], why="数据有误", by=office, at=at)
    state = GradingState.objects.open().get()
    assert (state.stage, state.due_at) == ("gathering", None)


def test_a_stale_page_is_refused(city, at, graded):
    with pytest.raises(Conflict, match="刷新"):
        recall_grading_notice(
            grading=graded[0], why="数据有误", by=city.people["office"], at=at, seen=1
        )
