"""Goals: set, given a base and a pace, shared out exactly, held against what is known."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.figures import defined, reported
from factories.reading import adopted
from luodi.analysis.queries.courses import course
from luodi.analysis.queries.scope import reader_for
from luodi.audit.queries import verify
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotFound
from luodi.indicators.actions import set_target, set_trajectory, share_out
from luodi.indicators.models import Definition, Target, TargetPart
from luodi.indicators.queries.outlook import outlooks
from luodi.indicators.queries.targets import (
    course_of,
    goal_for,
    goals_of_year,
    parts_of,
    standing_of,
)
from luodi.orgs.queries import viewer_of_person


@pytest.fixture
def who(city, at):
    return {"by": city.people["statistician"], "at": at}


@pytest.fixture
def viewer(city):
    return viewer_of_person(city.people["statistician"])


@pytest.fixture
def indicator(city, at):
    return defined(city, at, "产值", over_units="sum")


@pytest.fixture
def goal(indicator, who) -> str:
    return set_target(
        indicator=indicator, amount="120", comparator=">=", period="2026", unit="", **who
    )


def paced(goal, who, pace="linear", unit="", baseline="", baseline_period="", why="会议确定"):
    set_trajectory(
        target=goal, unit=unit, baseline=baseline, baseline_period=baseline_period, pace=pace,
        why=why, **who,
    )  # fmt: skip


def test_a_flow_is_cumulated_against_even_steps(city, at, indicator, goal, viewer):
    for month, amount in (("2026-01", "9"), ("2026-02", "13.5")):
        reported(city, at, "市工信局", month, {indicator: amount})
    found = goal_for(viewer, goal, Moment(at))
    course = course_of(viewer, found, Moment(at))
    assert [p.expected for p in course.points[:2]] == [1000, 2000] and len(course.points) == 12
    assert [p.actual for p in course.points[:3]] == [900, 2250, None]
    standing = standing_of(found, course)
    assert (standing.period, standing.actual, standing.done) == ("2026-02", "22.50", "18.8")
    assert (standing.gap, standing.ahead, standing.is_met) == ("2.50", True, False)
    assert course.unit == city.units["市工信局"]


def test_each_figure_of_a_course_opens_its_working(city, at, indicator, goal, sign_in):
    reported(city, at, "市工信局", "2026-01", {indicator: "9"})
    client = sign_in("statistician")
    for page in (f"/indicators/goals/{goal}/", f"/indicators/{indicator}/"):
        found = re.search(
            r'href="(/[^"]*working[^"]*period=2026-01[^"]*)"', client.get(page).content.decode()
        )
        answer = client.get(found[1].replace("&amp;", "&"))
        assert answer.status_code == 200 and "9.00" in answer.content.decode()


def test_several_units_add_up_where_they_may_and_gaps_are_told(city, at, indicator, goal, viewer):
    reported(city, at, "市工信局", "2026-01", {indicator: "9"})
    reported(city, at, "甲县", "2026-01", {indicator: "4"})
    reported(city, at, "甲县", "2026-02", {indicator: "4"})
    found = goal_for(viewer, goal, Moment(at))
    course = course_of(viewer, found, Moment(at))
    assert [p.actual for p in course.points[:2]] == [1300, None]
    assert "没报全的时期不计" in course.why[0]


def test_units_that_dont_add_up_need_one_to_be_named(city, at, who, viewer):
    rate = defined(city, at, "使用率", "%")
    goal = set_target(indicator=rate, amount="85", comparator=">=", period="2026", unit="", **who)
    reported(city, at, "甲县", "2026-01", {rate: "70"})
    reported(city, at, "乙县", "2026-01", {rate: "60"})
    found = goal_for(viewer, goal, Moment(at))
    assert "请指定按哪个单位的数算" in course_of(viewer, found, Moment(at)).why[0]
    paced(goal, who, unit=city.units["乙县"])
    course = course_of(viewer, goal_for(viewer, goal, Moment(at)), Moment(at))
    assert course.points[0].actual == 6000 and not course.why


def test_the_pace_of_last_year_and_its_refusal(city, at, indicator, goal, who, viewer):
    paced(goal, who, "history")
    course = course_of(viewer, goal_for(viewer, goal, Moment(at)), Moment(at))
    assert "上年的数不全" in course.why[-1] and course.points[0].expected is None
    for n in range(1, 13):
        reported(city, at, "市工信局", f"2025-{n:02}", {indicator: str(n)})
    course = course_of(viewer, goal_for(viewer, goal, Moment(at)), Moment(at))
    assert [p.expected for p in course.points[:2]] == [154, 462]
    assert course.points[-1].expected == 12000


def test_a_stock_sets_out_from_its_base(city, at, who, viewer):
    stock = defined(city, at, "企业数", "家", scale=0, measure="stock", counts="at_end")
    goal = set_target(indicator=stock, amount="120", comparator=">=", period="2026", unit="", **who)
    course = course_of(viewer, goal_for(viewer, goal, Moment(at)), Moment(at))
    assert "没有写明基数" in course.why[-1]
    paced(goal, who, baseline="60", baseline_period="2025")
    course = course_of(viewer, goal_for(viewer, goal, Moment(at)), Moment(at))
    assert [p.expected for p in course.points[:2]] == [65, 70]


def test_a_goal_of_years_goes_from_year_to_year(city, at, who, viewer):
    yearly = defined(city, at, "研发强度", "%", period_kind="year", measure="stock")
    goal = set_target(indicator=yearly, amount="3", comparator=">=", period="2027", unit="", **who)
    found = goal_for(viewer, goal, Moment(at))
    assert "没有写明年份或基期" in course_of(viewer, found, Moment(at)).why[0]
    paced(goal, who, baseline="2", baseline_period="2025")
    course = course_of(viewer, goal_for(viewer, goal, Moment(at)), Moment(at))
    assert [(p.period.key, p.expected) for p in course.points] == [("2026", 250), ("2027", 300)]


def test_parts_are_adopted_only_if_they_make_the_goal(city, at, goal, who, viewer):
    one, other = city.units["甲县"], city.units["乙县"]
    quarters = [f"2026Q{n}" for n in range(1, 5)]
    parts = {(unit, q): 1500 for unit in (one, other) for q in quarters}
    with pytest.raises(Incomplete, match=r"比目标少 0\.01亿元"):
        share_out(target=goal, parts={**parts, (one, "2026Q4"): 1499}, scale=2, **who)
    with pytest.raises(Incomplete, match=r"比目标多 0\.01亿元"):
        share_out(target=goal, parts={**parts, (one, "2026Q4"): 1501}, scale=2, **who)
    with pytest.raises(Incomplete, match="还没有填"):
        share_out(target=goal, parts={}, scale=2, **who)
    assert not TargetPart.objects.exists()
    share_out(target=goal, parts=parts, scale=2, **who)
    share_out(
        target=goal, parts={**parts, (one, "2026Q1"): 1400, (one, "2026Q2"): 1600}, scale=2, **who
    )
    found = goal_for(viewer, goal, Moment(at))
    assert parts_of(viewer, [found], Moment(at))[goal][one, "2026Q1"] == 1400
    assert TargetPart.objects.filter(until=None).count() == 8
    paced(goal, who, "given")
    course = course_of(viewer, goal_for(viewer, goal, Moment(at)), Moment(at))
    assert [p.expected for p in course.points[:6]] == [None, None, 2900, None, None, 6000]
    clerk = viewer_of_person(city.people["clerk"])
    assert parts_of(clerk, [found], Moment(at)) == {}, "another unit's part is not shown"
    assert not verify().breaks


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"amount": "很多"}, "不是可以识别的数值"),
        ({"period": "明年"}, "“明年”不是时期"),
        ({"comparator": "?"}, "请选择比较方式"),
    ],
)
def test_what_is_no_goal_is_refused_in_words(indicator, who, given, sentence):
    good = {"amount": "1", "comparator": ">=", "period": "2026", "unit": ""}
    with pytest.raises(Incomplete, match=sentence):
        set_target(indicator=indicator, **{**good, **given}, **who)
    assert not Target.objects.exists()


def test_a_trajectory_needs_a_reason_and_real_figures(goal, who):
    for given, sentence in [
        ({"why": " "}, "请写明原因"), ({"pace": "?"}, "请选择进度"),
        ({"baseline": "约十"}, "不是可以识别的数值"), ({"baseline_period": "去年"}, "不是时期"),
    ]:  # fmt: skip
        with pytest.raises(Incomplete, match=sentence):
            paced(goal, who, **given)
    with pytest.raises(NotFound):
        paced("nothing", who)
    with pytest.raises(NotFound):
        share_out(target="nothing", parts={}, scale=2, **who)


def test_the_goals_of_a_plan_stand_with_their_sentence_in_the_browser(city, at, sign_in):
    adopted(city, at)
    page = sign_in("clerk").get("/indicators/goals/?year=2027").content.decode()
    assert "小微园区总产值" in page and "≥ 120 亿元" in page
    indicator = Definition.objects.get(name="小微园区总产值").indicator_id
    goal = Target.objects.get(indicator=indicator).key
    page = sign_in("clerk").get(f"/indicators/goals/{goal}/").content.decode()
    assert "提出这个目标的原句" in page and "分解目标" not in page
    assert sign_in("office").get("/indicators/goals/?export=xlsx").status_code == 200
    assert sign_in("office").get("/indicators/goals/nothing/").status_code == 404


def test_the_statistician_shares_out_in_the_browser(city, at, indicator, goal, sign_in):
    client = sign_in("statistician")
    reported(city, at, "市工信局", "2026-01", {indicator: "9"})
    one, other = city.units["甲县"], city.units["乙县"]
    address = f"/indicators/goals/{goal}/parts/"
    page = client.get(f"{address}?kind=quarter&unit={one}&unit={other}").content.decode()
    assert 'value="15.00"' in page and 'data-whole="120.00"' in page
    cells = {f"cell:{u}:2026Q{n}": "15" for u in (one, other) for n in range(1, 5)}
    sent = {"kind": "quarter", "unit": [one, other], "step": "check"} | cells
    wrong = {**sent, f"cell:{one}:2026Q1": "14"}
    page = client.post(address, wrong).content.decode()
    assert "<b data-left>1.00</b>" in page and not TargetPart.objects.exists()
    refused = client.post(address, {**wrong, "step": "adopt"})
    assert refused.status_code == 422 and "比目标少" in refused.content.decode()
    unread = client.post(address, {**sent, f"cell:{one}:2026Q1": "十来个", "step": "adopt"})
    assert unread.status_code == 422 and "不是可以识别的数值" in unread.content.decode()
    page = client.post(address, {**sent, "step": "adopt"}, follow=True).content.decode()
    assert "合计与目标一致" in page and "分解计划" in page and "<svg" in page
    assert 'value="15.00"' in client.get(address).content.decode()
    posted = {"pace": "given", "why": "按分解", "baseline": "100", "baseline_period": "2025"}
    page = client.post(f"/indicators/goals/{goal}/pace/", posted, follow=True).content.decode()
    assert "按分解计划" in page and "100.00" in page
    bad = client.post(f"/indicators/goals/{goal}/pace/", {**posted, "baseline": "约"})
    assert bad.status_code == 422


def test_the_statistician_sets_a_goal_in_the_browser(city, indicator, sign_in):
    client, address = sign_in("statistician"), f"/indicators/{indicator}/goal/"
    posted = {"amount": "50", "comparator": ">=", "period": "2026", "unit": city.units["甲县"]}
    page = client.post(address, posted, follow=True).content.decode()
    assert "≥ 50.00 亿元（2026）" in page
    bad = client.post(address, {**posted, "period": "明年"})
    assert bad.status_code == 422 and "不是时期" in bad.content.decode()
    short = Target.objects.get().key
    assert client.get(f"/indicators/goals/{short}/parts/?kind=month").status_code == 200


def test_a_goal_without_a_year_cant_be_shared_out(city, at, indicator, goal, who, sign_in):
    week = set_target(
        indicator=indicator, amount="5", comparator=">=", period="2026W09", unit="", **who
    )
    page = sign_in("statistician").get(f"/indicators/goals/{week}/parts/")
    assert page.status_code == 422 and "不能分解" in page.content.decode()


def test_the_list_of_goals_takes_the_same_queries_for_one_and_many(
    city, at, indicator, goal, who, sign_in, viewer
):
    client = sign_in("office")

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/indicators/goals/?year=2026").status_code == 200
        return len(seen)

    few = queries()
    for n in range(12):
        key = defined(city, at, f"第{n}项", over_units="sum")
        set_target(indicator=key, amount="7", comparator="<=", period="2026", unit="", **who)
        reported(city, at + timedelta(days=n), "甲县", "2026-01", {key: "8"})
    assert queries() == few
    rows = goals_of_year(viewer, "2026", Moment(at + timedelta(days=20)))
    assert len(rows) == 13 and rows[-1].standing.ahead is False


def whole_years(city, at, indicator, *years, so_far=(10, 10, 10)):
    for year in years:
        for n in range(1, 13):
            amount = 10 if year % 2 or n < 12 else 20
            reported(city, at, "市工信局", f"{year}-{n:02}", {indicator: str(amount)})
    for n, amount in enumerate(so_far, 1):
        reported(city, at, "市工信局", f"2026-{n:02}", {indicator: str(amount)})


def test_a_goal_says_where_its_year_is_heading(city, at, indicator, goal, viewer):
    found = goal_for(viewer, goal, Moment(at))
    assert outlooks(viewer, [found], Moment(at))[goal].why, "nothing is known yet"
    whole_years(city, at, indicator, 2023, 2024, 2025)
    heading = outlooks(viewer, [found], Moment(at))[goal]
    assert (heading.low, heading.middle, heading.high) == ("118.42", "123.16", "133.42")
    assert "3年" in heading.worth
    assert heading.done and not heading.why
    as_analysed = course(
        reader_for(viewer, at.date()),
        indicator,
        city.units["市工信局"],
        2026,
        "dispatch",
        Moment(at),
    ).forecast
    assert heading.middle == found.text(as_analysed.middle), "the same forecast as the analysis"


def test_too_few_years_and_stocks_have_no_forecast(city, at, indicator, goal, who, viewer, sign_in):
    whole_years(city, at, indicator, 2025)
    found = goal_for(viewer, goal, Moment(at))
    assert "不足2年" in outlooks(viewer, [found], Moment(at))[goal].why
    stock = defined(city, at, "企业数", "家", measure="stock", counts="at_end", scale=0)
    other = set_target(indicator=stock, amount="9", comparator=">=", period="2026", unit="", **who)
    held = goal_for(viewer, other, Moment(at))
    assert "按期相加" in outlooks(viewer, [held], Moment(at))[other].why
    client = sign_in("statistician")
    assert "不足2年" in client.get(f"/indicators/goals/{goal}/").content.decode()
    whole_years(city, at, indicator, 2023, 2024, so_far=())
    page = client.get(f"/indicators/goals/{goal}/").content.decode()
    assert "推算全年" in page and "区间" in page
    assert "推算区间" in client.get("/indicators/goals/?year=2026").content.decode()


def test_a_unit_sees_no_forecast_from_others_figures(city, at, indicator, goal):
    whole_years(city, at, indicator, 2023, 2024, 2025)
    other = viewer_of_person(city.people["other_clerk"])
    found = goal_for(other, goal, Moment(at))
    assert outlooks(other, [found], Moment(at))[goal].middle == ""
