"""A project's money: told month by month, held against itself, corrected, summed, as of any day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from factories.projects import bulk_projects
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed, NotFound
from luodi.kit.calendars import Period
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import merge_project, plan_year, report_money
from luodi.projects.models import MoneyFigure, YearPlan
from luodi.projects.queries import invested, money_page, project_head

pytestmark = pytest.mark.django_db(databases="__all__")
JANUARY, FEBRUARY = {"month": "800", "to_date": "800"}, {"month": "1200", "to_date": "2000"}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def tell(city, at, project):
    """`tell("clerk", "2026-01", {...})`: that person tells a month of dispatch."""

    def told(who, period, amounts, series="dispatch", days=0, **given):
        report_money(
            project=given.pop("project", project.key), series=series, period=period,
            amounts=amounts, by=city.people[who], at=at + timedelta(days=days), **given,
        )  # fmt: skip

    return told


@pytest.fixture
def planned(city, at, project):
    plan_year(project=project.key, year=2026, amount="1.2亿元", by=city.people["clerk"], at=at)


def overview(city, moment, who="office", month="2026-02", teller="unit"):
    return invested(viewer_of_person(city.people[who]), moment, Period.parse(month), teller)


def test_months_are_told_and_the_year_is_measured(city, at, project, tell, planned):
    tell("clerk", "2026-01", JANUARY)
    tell("zone_staff", "2026-02", FEBRUARY)
    tell("clerk", "2026-02", {"to_date": "3000"}, series="in_place", fund="bank-loan")
    tell("clerk", "2026-02", {"to_date": "500"}, series="in_place", fund="own")
    page = overview(city, Moment(at))
    [line] = page.rows
    assert str(line.percent) == "16.67" and line.last == "2026-02" and line.month == 1200
    assert line.in_place == 3500 and line.done == 2000, "series are never added together"
    assert page.total.working.startswith("2,000 ÷ 12,000（万元，1 个")
    head = project_head(project.key, viewer_of_person(city.people["clerk"]), Moment(at))
    one = money_page(head, viewer_of_person(city.people["clerk"]), Moment(at))
    assert (str(one.percent), one.done_period) == ("16.67", "2026-02")
    assert [s.series for s in one.series] == ["dispatch", "in_place"] and not verify().breaks


def test_a_correction_is_a_new_version_and_the_past_stays(city, at, project, tell, planned):
    tell("clerk", "2026-01", JANUARY)
    before = MoneyFigure.objects.get().since_id
    with pytest.raises(Incomplete, match="更正，请写明原因"):
        tell("clerk", "2026-01", {"month": "850", "to_date": "850"}, days=1)
    tell("clerk", "2026-01", {"month": "850", "to_date": "850"}, days=1, why="漏报设备款")
    assert MoneyFigure.objects.count() == 2
    assert overview(city, moment_at(before)).rows[0].done == 800
    assert overview(city, Moment(at + timedelta(days=2))).rows[0].done == 850
    with pytest.raises(Conflict, match="同样的数"):
        tell("clerk", "2026-01", {"month": "850", "to_date": "850"}, days=2, why="再报")
    person = viewer_of_person(city.people["clerk"])
    page = money_page(project_head(project.key, person, Moment(at)), person, Moment(at))
    [told] = page.series[0].rows
    assert told.why == "漏报设备款" and [old.amounts["month"] for old in told.before] == [800]
    plan_year(project=project.key, year=2026, amount="9000", why="市里调减", seen=None,
              by=city.people["office"], at=at + timedelta(days=3))  # fmt: skip
    assert YearPlan.objects.open().get().why == "市里调减"


@pytest.mark.parametrize(
    ("amounts", "says"),
    [
        ({"month": "-3", "to_date": "800"}, "当月不能是负数"),
        ({}, "至少填写一个数"),
        ({"month": "很多"}, "当月："),
        ({"month": "5亩"}, "当月："),
        ({"month": "900", "to_date": "800"}, "当月数大于本年累计"),
        ({"month": "700", "to_date": "1600"}, "对不上：上月 800 \\+ 当月 700 = 1,500"),
        ({"to_date": "600"}, "本年累计比上月少了"),
        ({"to_date": "900", "since_start": "850"}, "大于自开工累计"),
    ],
)
def test_figures_that_contradict_themselves_are_refused(tell, amounts, says):
    tell("clerk", "2026-01", JANUARY)
    with pytest.raises(Incomplete, match=says):
        tell("clerk", "2026-02", amounts)
    assert MoneyFigure.objects.count() == 1


def test_a_clash_may_stand_with_its_reason(city, at, project, tell):
    tell("clerk", "2026-01", JANUARY)
    tell("clerk", "2026-02", {"month": "0", "to_date": "600"}, why="审计核减")
    person = viewer_of_person(city.people["clerk"])
    page = money_page(project_head(project.key, person, Moment(at)), person, Moment(at))
    assert "比上月少了" in page.series[0].rows[0].wrong[0]


@pytest.mark.parametrize("period", ["2026-13", "2026Q1", "2026-04", "不是日期", "1999-01", ""])
def test_only_months_that_have_begun(tell, period):
    with pytest.raises(Incomplete):
        tell("clerk", period, JANUARY)


def test_who_may_tell_what(city, tell, project, at):
    for who in ("leading_group", "statistician"):
        with pytest.raises(NotAllowed):
            tell(who, "2026-01", JANUARY)
    for who in ("clerk", "office", "zone_staff"):
        with pytest.raises(NotAllowed, match="统计人员"):
            tell(who, "2026-01", JANUARY, series="statistics")
    with pytest.raises(NotFound):
        tell("other_clerk", "2026-01", JANUARY)
    with pytest.raises(NotAllowed):
        plan_year(
            project=project.key, year=2026, amount="1", by=city.people["leading_group"], at=at
        )
    with pytest.raises(Incomplete, match="资金来源"):
        tell("clerk", "2026-01", JANUARY, series="in_place", fund="luck")
    tell("statistician", "2026-01", JANUARY, series="statistics")
    assert MoneyFigure.objects.get().series == "statistics"


def test_statistics_of_one_project_are_its_own_and_sums_hide_few(city, at, opened, tell, sign_in):
    keys = [opened(name=f"项目{n}", code="").key for n in range(3)]
    for n, key in enumerate(keys):
        tell("statistician", "2026-01", {"to_date": "73021"}, series="statistics", project=key)
        official = overview(city, Moment(at)).total.official
        assert (official is None) == (n < 2)
    assert official == 219063
    assert "73,021" in text(sign_in("clerk").get(f"/projects/{keys[0]}/money/"))
    assert "73,021" not in text(sign_in("clerk").get(f"/projects/{keys[0]}/"))
    tell("clerk", "2026-01", JANUARY, project=keys[0])
    page = text(sign_in("statistician").get(f"/projects/{keys[0]}/money/"))
    assert "?figure=statistics." in page and "?figure=dispatch." not in page
    page = text(sign_in("office").get(f"/projects/{keys[0]}/money/"))
    assert "73,021" not in page and "只给统计人员" in page


def test_the_total_less_the_zones_gives_no_single_project_away(city, at, opened, tell):
    for n, zone in enumerate(["开发区管委会"] * 3 + ["甲县"]):
        key = opened(name=f"项目{n}", code="", zone=city.units[zone]).key
        said = {"to_date": "100"}
        tell("statistician", "2026-01", said, series="statistics", project=key)
        tell("office", "2026-01", said, project=key)
    page = overview(city, Moment(at))
    assert page.total.official == 400
    assert [zone.official for zone in page.zones] == [None, None]


def test_two_people_tell_the_same_month_and_one_is_told(city, at, project, tell):
    tell("clerk", "2026-01", JANUARY)
    seen = MoneyFigure.objects.get().since_id
    tell("zone_staff", "2026-01", {"month": "810", "to_date": "810"}, why="核实", seen=seen)
    with pytest.raises(Conflict, match="刚刚有了变化"):
        tell("clerk", "2026-01", {"month": "820", "to_date": "820"}, why="核实", seen=seen)
    assert MoneyFigure.objects.open().get().month == 810


def test_laggards_silence_and_plans_that_are_missing_are_said(city, at, opened, project, tell):
    silent, unplanned = opened(name="没报的", code="").key, opened(name="没计划的", code="").key
    for key, amount in ((project.key, "12000"), (silent, "8000")):
        plan_year(project=key, year=2026, amount=amount, by=city.people["office"], at=at)
    tell("clerk", "2026-02", {"to_date": "3000"})
    tell("clerk", "2026-02", {"to_date": "77"}, project=unplanned)
    page = overview(city, Moment(at))
    assert str(page.total.percent) == "15.00"
    assert (
        "1 个还没有报数，按未完成计" in page.total.working
        and "另完成 77 万元" in page.total.working
    )
    assert [one.row.name for one in page.laggards] == ["没报的"]
    assert "16.67 个百分点" in page.laggards[0].behind
    [none] = [line for line in page.rows if line.key == unplanned]
    assert none.percent is None and "没有年度计划" in none.reason


def test_odd_amounts_are_shown_once_before_saving(sign_in, city, project, planned):
    clerk = sign_in("clerk")
    address = f"/projects/{project.key}/money/"
    given = {"series": "dispatch", "period": "2026-01", "month": "3.2", "to_date": "3.2"}
    page = clerk.post(f"{address}report/", given)
    assert page.status_code == 422 and "是否把亿元填成了万元" in text(page)
    assert not MoneyFigure.objects.exists()
    token = text(page).split('name="looked_at" value="')[1].split('"')[0]
    done = clerk.post(f"{address}report/", given | {"looked_at": token}, follow=True)
    assert "资金数已保存" in text(done) and MoneyFigure.objects.count() == 1
    more = given | {"period": "2026-02", "month": "90000", "to_date": "90003.2"}
    page = text(clerk.post(f"{address}report/", more))
    assert "超过年度计划（12,000 万元）的 2 倍" in page and "超过总投资" in page


def test_the_page_of_a_project_tells_and_corrects(sign_in, city, project):
    clerk = sign_in("clerk")
    address = f"/projects/{project.key}/money/"
    clerk.post(f"{address}plan/", {"year": "2026", "amount": "1.2亿元"})
    clerk.post(f"{address}report/", {"series": "dispatch", "period": "2026-01", **JANUARY})
    page = text(clerk.get(address))
    assert "12,000" in page and "6.67%" in page and "?figure=dispatch..2026-01" in page
    page = text(clerk.get(f"{address}?figure=dispatch..2026-01"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    given = {"series": "dispatch", "period": "2026-01", "month": "820", "to_date": "820"}
    page = clerk.post(f"{address}report/", given | {"seen": seen, "why": "补报"}, follow=True)
    assert "此前 1 版" in text(page)
    stale = clerk.post(f"{address}report/", given | {"seen": seen, "why": "再补", "month": "1"})
    assert stale.status_code == 409
    story = text(clerk.get(f"/projects/{project.key}/"))
    assert "更正2026年1月的调度完成投资：当月 820、本年累计 820（万元）" in story
    english = text(clerk.get(address, headers={"Accept-Language": "en"}))
    assert "Year to date" in english and "本年累计" not in english


def test_another_units_money_is_nowhere(sign_in, city, project, tell, planned):
    tell("clerk", "2026-01", JANUARY)
    other: Client = sign_in("other_clerk")
    assert other.get(f"/projects/{project.key}/money/").status_code == 404
    for step in ("plan", "report"):
        assert other.post(f"/projects/{project.key}/money/{step}/", {}).status_code == 404
    assert "示例光电" not in text(other.get("/projects/money/"))
    assert "示例光电" in text(sign_in("zone_staff").get("/projects/money/?month=2026-01"))
    leader = sign_in("leading_group")
    assert "您的岗位不填报" in text(leader.get(f"/projects/{project.key}/money/"))
    assert leader.post(f"/projects/{project.key}/money/report/", {}).status_code == 403


def test_the_overview_takes_the_same_queries_for_many(
    sign_in, city, at, project, planned, tell, django_assert_max_num_queries
):
    tell("clerk", "2026-01", JANUARY)
    office = sign_in("office")
    office.get("/projects/money/")
    counts = []
    for n in (0, 60):
        bulk_projects(city, n, at) if n else None
        with django_assert_max_num_queries(45) as seen:
            assert office.get("/projects/money/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    page = text(office.get("/projects/money/", headers={"Accept-Language": "en"}))
    assert "Projects that lag" in page and "进度靠后" not in page
    assert office.get("/projects/money/?export=xlsx").status_code == 200


def test_a_project_that_goes_on_as_another_is_counted_once(city, at, opened, project, tell):
    twin = opened(name="示例光电产业园（重复）").key
    for key in (project.key, twin):
        plan_year(project=key, year=2026, amount="1000", by=city.people["office"], at=at)
        tell("office", "2026-01", JANUARY, project=key)
    assert overview(city, Moment(at)).total.plan == 2000
    later = at + timedelta(days=1)
    merge_project(project=twin, into=project.key, takes=[], why="同一个项目",
                  by=city.people["office"], at=later)  # fmt: skip
    assert overview(city, Moment(later)).total.plan == 1000
    with pytest.raises(Closed):
        tell("office", "2026-02", FEBRUARY, project=twin, days=2)


def test_the_month_shown_is_the_last_that_has_ended(sign_in, city, at, project, planned):
    office = sign_in("office")
    assert 'name="month" value="2026-03"' in text(office.get("/projects/money/?month=2026-03"))
    for odd in ("2999-01", "2026Q1", "x"):
        assert office.get(f"/projects/money/?month={odd}").status_code == 200
