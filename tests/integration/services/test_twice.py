"""A form sent twice, a firm that moved, a month out of range, two tables on one page."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from factories.city import FIRMS
from factories.registers import moved_home
from factories.requests import FIRM, asked, noted, planned, visited
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete
from luodi.orgs.queries import viewer_of_person
from luodi.services import actions, queries
from luodi.services.models import Draw, Gathering

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def rows_of(response) -> list[list[str]]:
    return (
        CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    )


def test_nobody_draws_again_until_it_suits(city, at, sign_in):
    office, draw = sign_in("office"), {"count": "1", "purpose": "消防检查", "on": "2099-01-05"}
    assert office.post("/draws/new/", draw).status_code == 302
    refused = office.post("/draws/new/", draw)
    assert refused.status_code == 422 and "不能重抽挑选" in text(refused)
    assert office.post("/draws/new/", draw | {"purpose": "环保检查"}).status_code == 302
    assert Draw.objects.count() == 2


def test_a_meeting_sent_twice_is_one(city, at, sign_in):
    zone = sign_in("zone_staff")
    said = {"kind": "breakfast", "title": "早餐会", "held_on": "2026-03-02"}
    assert zone.post("/gatherings/new/", said).status_code == 302
    assert "已经登记过" in text(zone.post("/gatherings/new/", said))
    assert Gathering.objects.count() == 1


def test_an_ask_that_slipped_in_meanwhile_is_pointed_at(city, at, monkeypatch):
    """A double click: both looked before either wrote; the deed looks again."""
    asked(city, at)
    real, looks = queries.same_request, []

    def late(*args):
        looks.append(args)
        return None if len(looks) == 1 else real(*args)

    monkeypatch.setattr("luodi.services.actions.asking.same_request", late)
    with pytest.raises(Conflict, match="同一诉求"):
        asked(city, at)
    assert len(looks) == 2


@pytest.mark.parametrize("month", ["0001-01", "1999-12", "9999-12", "2026", "2026-13", "x"])
def test_a_month_out_of_range_is_this_one(city, at, sign_in, month):
    page = sign_in("office").get("/requests/month/", {"month": month})
    assert page.status_code == 200 and "1999年" not in text(page)


def test_each_of_two_tables_has_its_own_filter_and_sheet(city, at, sign_in):
    asked(city, at)
    noted(city, at)
    visited(city, at)
    planned(city, at)
    office, page = sign_in("office"), f"/services/firms/{city.enterprises[FIRM]}/"
    shown = text(office.get(page, {"requests.f_title": "停电", "visits.sort": "-on"}))
    assert "厂区频繁停电" in shown and "缺焊工" not in shown and "看新线" in shown
    assert shown.count('id="filters-requests"') == shown.count('id="filters-visits"') == 1
    assert 'name="visits.sort" value="-on"' in shown
    asks = rows_of(office.get(page, {"requests.export": "xlsx", "requests.f_title": "停电"}))
    assert len(asks) == 2 and asks[0][-3:] == ["响应时限", "来源", "报到单位"]
    assert len(rows_of(office.get(page, {"visits.export": "xlsx"}))) == 3
    month = office.get("/requests/month/", {"month": "2026-03", "offices.export": "xlsx"})
    assert rows_of(month)[0][0] == "承办单位"
    kept = text(office.get("/requests/month/", {"month": "2026-03"}))
    assert kept.count('name="month" value="2026-03"') == 2


def test_the_new_home_sees_who_came_before(city, at):
    key = visited(city, at)
    county = viewer_of_person(moved_home(city, at, FIRMS[0][0]))
    assert [row.key for row in queries.visits(county, Moment(at))] == [key]
    actions.note_problem(
        visit=key, title="缺工", text="缺工", category="labour", by=county.person, at=at
    )


def test_a_merger_takes_no_part_of_a_name(city, at):
    asked(city, at)
    given = {"firm": city.enterprises[FIRM], "why": "合并", "by": city.people["office"], "at": at}
    with pytest.raises(Incomplete, match="没有叫"):
        actions.follow_merger(**given, into="光电二")
    assert actions.follow_merger(**given, into=FIRMS[1][0]) == 1


def test_what_a_lateness_raised_is_said_in_the_readers_language(city, at):
    one = asked(city, at)
    late = at + timedelta(hours=2)
    assert actions.raise_late_requests(by="system:services", at=late) == 1
    office = viewer_of_person(city.people["office"])
    with translation.override("en"):
        said = queries.request_page(one.key, office, Moment(late)).timeline[-1].sentence
    assert not re.search(r"[一-鿿]", said)


def test_a_call_from_before_the_firm_was_registered_is_found_by_its_name(city, at):
    one = noted(city, at, received_at=at - timedelta(days=1))
    found = queries.find_request(one.key)
    assert found is not None and FIRM in found.body
