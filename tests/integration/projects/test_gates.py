"""Gates of the year on their page, resumptions, scope, and past moments."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from factories.city import make_city
from factories.projects import bulk_projects, details
from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve
from luodi.projects import actions
from luodi.projects.actions import resuming
from luodi.projects.models import Resumption
from luodi.projects.queries import gates, project_page

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def continuing(city, opened, moves, project):
    """A project that was under way before the year."""
    moves("office", "started", happened_on=date(2025, 9, 1))
    return project


def gate(city, moment, key="resumed-q1", who="office", day=None):
    viewer = viewer_of_person(city.people[who])
    page = gates(viewer, moment, day or moment.today)
    return next(one.judged for one in page.gates if one.judged.rule.key == key)


def resume(city, project, day, who="clerk", how="resumed", at=None, **given):
    when = at or (given.pop("on"))
    actions.record_resumption(
        project=project.key, how=how, day=day, by=city.people[who], at=when, **given
    )


def test_a_recorded_resumption_counts_from_its_day_and_from_when_it_was_known(city, at, continuing):
    later = at + timedelta(days=5)
    assert gate(city, Moment(later)).status == "at_risk"
    resume(city, continuing, date(2026, 2, 20), at=later)
    assert gate(city, Moment(later)).status == "met"
    assert gate(city, Moment(later), day=date(2026, 2, 19)).reached == ()
    known = Resumption.objects.get().since_id
    assert gate(city, moment_at(known - 1)).reached == ()
    viewer = viewer_of_person(city.people["office"])
    page = project_page(continuing.key, viewer, Moment(later))
    assert page.continuing and page.resumption.day == date(2026, 2, 20)
    assert page.timeline[-1].sentence == "已复工：2026-02-20"
    assert verify().breaks == ()


def test_a_planned_resumption_is_a_forecast_and_no_more(city, at, continuing):
    later = at + timedelta(days=2)
    resume(city, continuing, date(2026, 3, 20), how="planned", at=later)
    found = gate(city, Moment(later))
    assert found.status == "on_track" and found.forecast.in_time == (continuing.key,)
    assert gate(city, Moment(at + timedelta(days=20))).forecast.overdue == (continuing.key,)
    resume(city, continuing, date(2026, 3, 19), at=at + timedelta(days=25))
    assert gate(city, Moment(at + timedelta(days=25))).status == "met"


def test_what_can_not_be_is_refused(city, at, continuing, opened):
    later = at + timedelta(days=2)
    with pytest.raises(Incomplete, match="晚于今天"):
        resume(city, continuing, date(2026, 4, 1), at=later)
    with pytest.raises(Incomplete, match="已经过去"):
        resume(city, continuing, date(2026, 2, 1), how="planned", at=later)
    with pytest.raises(Incomplete, match="请选择"):
        resume(city, continuing, date(2026, 2, 1), how="stopped", at=later)
    with pytest.raises(Incomplete, match="不是 2025 年的续建项目"):
        resume(city, continuing, date(2025, 10, 1), at=later)
    with pytest.raises(Incomplete, match="不是 2026 年的续建项目"):
        resume(city, opened(name="才是线索"), date(2026, 2, 1), at=later)
    resume(city, continuing, date(2026, 2, 1), at=later)
    with pytest.raises(Incomplete, match="没有改动"):
        resume(city, continuing, date(2026, 2, 1), at=later)
    with pytest.raises(Incomplete, match="写明原因"):
        resume(city, continuing, date(2026, 2, 2), at=later)
    resume(city, continuing, date(2026, 2, 2), why="日期录错", at=later)
    assert Resumption.objects.open().get().day == date(2026, 2, 2)


def test_only_lead_zone_and_office_record_a_resumption(city, at, continuing):
    later = at + timedelta(days=2)
    for who, refusal in (("other_clerk", NotFound), ("leading_group", NotAllowed)):
        with pytest.raises(refusal):
            resume(city, continuing, date(2026, 2, 1), who=who, at=later)
    for number, who in enumerate(("clerk", "zone_staff", "office"), start=1):
        resume(city, continuing, date(2026, 2, number), who=who, why="更正", at=later)


def test_two_at_once_leave_one_record(city, at, continuing, monkeypatch):
    later = at + timedelta(days=2)

    def with_another_before(*args, **kwargs):
        monkeypatch.undo()
        resume(city, continuing, date(2026, 2, 2), who="zone_staff", at=later)
        return resuming.perform(*args, **kwargs)

    monkeypatch.setattr(resuming, "perform", with_another_before)
    with pytest.raises(Conflict, match="别人刚刚"):
        resume(city, continuing, date(2026, 2, 1), at=later)
    assert Resumption.objects.get().day == date(2026, 2, 2)


def test_a_start_moved_out_of_the_year_is_said(city, at, opened, project, moves):
    moves("office", "signed")
    said = details(city, planned_start=date(2027, 2, 1), planned_production=date(2028, 2, 1))
    later = at + timedelta(days=3)
    actions.revise_project(project=project.key, details=said, by=city.people["office"], at=later)
    found = gate(city, Moment(later), "started-h1")
    assert found.base == 0 and [key for key, _ in found.left_out] == [project.key]
    assert "2026-06-01" in found.left_out[0][1]


def test_the_page_shows_whose_gate_its_working_and_who_lags(sign_in, city, continuing, opened):
    opened(name="框架项目", signing="framework")
    page = text(sign_in("office").get("/projects/gates/?day=2026-03-10"))
    for words in ("一季度续建项目复工", "市开发区建设工作领导小组", "0 ÷ 1 个", "推定", "第 1 版",
                  "本地默认，待确认", "没有计划日期的 1 个", "只签了框架协议"):  # fmt: skip
        assert words in page
    assert f"/projects/{continuing.key}/" in page
    sheet = sign_in("office").get("/projects/gates/?export=xlsx")
    assert sheet["Content-Type"].startswith("application/vnd.openxmlformats")
    english = sign_in("office")
    english.post("/language/", {"language": "en"})
    answer = text(english.get("/projects/gates/?day=2026-03-10"))
    assert "Asked: 100% by 2026-03-31." in answer and "Continuing projects resumed in Q1" in answer


def test_permits_expected_too_late_are_said_of_a_laggard(city, at, project, moves):
    moves("office", "signed")
    said = details(city, planned_start=date(2026, 3, 10))
    office = {"by": city.people["office"], "at": at + timedelta(days=2)}
    actions.revise_project(project=project.key, details=said, **office)
    assert gate(city, Moment(office["at"]), "started-q1").status == "on_track"
    actions.track_permits(project=project.key, type="standard-land", **office)
    found = gate(city, Moment(office["at"]), "started-q1")
    assert found.status == "at_risk" and found.forecast.held_up == (project.key,)
    viewer = viewer_of_person(city.people["office"])
    [lag] = [
        one
        for one in gates(viewer, Moment(office["at"]), office["at"].date()).laggards
        if "Q1" in one.gate or "一季度" in one.gate
    ]
    assert lag.permitted > date(2026, 3, 31) and "手续预计更晚" in lag.told


def test_a_city_of_another_pack_has_its_own_gate(db, at):
    city = make_city(at=at, pack=resolve("linfen").content(), key="other")
    office = {"by": city.people["office"], "at": at}
    amounts = {"contract": "600亿元", "framework": "900亿元", "none": ""}
    for signing, investment in amounts.items():
        said = details(city, name=signing, signing=signing, investment=investment, mode="")
        actions.open_lead(city=city.key, details=said, **office)
    client = Client()
    client.force_login(city.accounts["office"], backend="luodi.config.backends.AccountBackend")
    page = text(client.get("/projects/gates/"))
    for words in ("谋划储备签约项目总投资", "始终不低于 10,000,000 万元", "还差 4,000,000 万元",
                  "6,000,000 万元，1 个", "9,000,000 万元，1 个，另列，不计入", "没有填总投资",
                  "不再计，待确认", "年内有 1 个"):  # fmt: skip
        assert words in page, words
    assert "续建项目复工" not in page
    client.post("/language/", {"language": "en"})
    assert "4,000,000 × 10,000 yuan short" in text(client.get("/projects/gates/"))


def test_a_resumption_is_recorded_on_its_page(sign_in, continuing):
    address = f"/projects/{continuing.key}/resume/"
    client = sign_in("zone_staff")
    assert address in text(client.get(f"/projects/{continuing.key}/"))
    bad = client.post(address, {"how": "resumed", "day": "2099-01-01"})
    assert bad.status_code == 422 and "晚于今天" in text(bad)
    done = client.post(address, {"how": "unstopped", "day": date.today().isoformat()}, follow=True)
    assert "复工情况已登记" in text(done) and "年内未停工" in text(done)
    assert sign_in("leading_group").get(address).status_code == 403
    assert sign_in("other_clerk").get(address).status_code == 404


def test_queries_do_not_grow_with_projects(sign_in, city, at, django_assert_max_num_queries):
    client = sign_in("office")
    bulk_projects(city, 1, at)
    with django_assert_max_num_queries(60) as first:
        client.get("/projects/gates/")
    bulk_projects(city, 12, at)
    with django_assert_max_num_queries(len(first)):
        client.get("/projects/gates/")
