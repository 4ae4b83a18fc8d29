"""A form sent twice, a firm that moved, a month out of range, two tables on one page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from factories.city import FIRMS
from factories.registers import moved_home
from factories.requests import FIRM, answered, asked, noted, planned, visited
from luodi.audit.models import Act
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict
from luodi.orgs.queries import viewer_of_person
from luodi.services import actions, queries
from luodi.services.actions import rating as raising
from luodi.services.models import Draw, Gathering

SOON = (date.today() + timedelta(days=40)).isoformat()
"""The pages' clock is the real one."""

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def rows_of(response) -> list[list[str]]:
    return (
        CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    )


def test_nobody_draws_again_until_it_suits(city, at, sign_in):
    office, draw = sign_in("office"), {"count": "1", "purpose": "消防检查", "on": SOON}
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


def test_a_worker_killed_while_it_raises_leaves_the_rest_for_the_next(city, at, monkeypatch):
    for number in range(3):
        asked(city, at, title=f"第{number}件", text=f"{number}" * 30, category="sales", anyway=True)
    late, real, done = at + timedelta(hours=2), raising._raise, []

    def killed(*args):
        if done:
            raise KeyboardInterrupt
        done.append(args)
        return real(*args)

    monkeypatch.setattr(raising, "_raise", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.raise_late_requests(by="system:services", at=late)
    monkeypatch.setattr(raising, "_raise", real)
    assert actions.raise_late_requests(by="system:services", at=late) == 2
    assert actions.raise_late_requests(by="system:services", at=late) == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "x"])
def test_a_day_nobody_can_mean_is_asked_back_with_the_words(city, at, sign_in, day):
    zone = sign_in("zone_staff")
    for more in ({}, {"summary": "写好的情况"}):
        said = {"firm": FIRM, "kind": "visit", "purpose": "看看", "on": day, **more}
        page = zone.post("/visits/new/", said)
        assert page.status_code == 422 and "看看" in text(page)
    key = planned(city, at)
    page = zone.post(f"/visits/{key}/log/", {"on": day, "summary": "写好的情况"})
    assert page.status_code == 422 and "写好的情况" in text(page)
    drawn = sign_in("office").post("/draws/new/", {"count": "1", "purpose": "抽", "on": day})
    assert drawn.status_code == 422


@pytest.mark.parametrize("when", ["0001-01-01T00:00", "9999-12-31T23:59", "x", ""])
def test_a_noted_word_said_at_no_time_is_asked_back(city, at, sign_in, when):
    one = answered(city, at)
    said = {"satisfied": "satisfied", "how": "phone", "said_at": when, "words": "说好"}
    page = sign_in("zone_staff").post(f"/requests/{one.key}/rate/", said)
    assert page.status_code == 422 and "说好" in text(page)


def test_words_that_look_like_a_formula_stay_words_in_the_sheet(city, at, sign_in):
    asked(city, at, title="=1+1", text="@SUM(A1)")
    visited(city, at, purpose="+1+1")
    for address, word in (("/requests/", "=1+1"), ("/visits/", "+1+1")):
        sheet = sign_in("office").get(address, {"export": "xlsx"})
        assert b"<f>" not in b"".join(parts_of(sheet.content))
        assert word in {str(cell) for row in rows_of(sheet) for cell in row}


def parts_of(data: bytes) -> list[bytes]:
    with ZipFile(BytesIO(data)) as book:
        return [book.read(name) for name in book.namelist() if "sheet" in name]


@pytest.mark.parametrize(
    ("who", "address", "said"),
    [
        ("enterprise", "/requests/{r}/answer/", {"text": "x"}),
        ("clerk", "/requests/{r}/answer/", {"text": "x"}),
        ("statistician", "/requests/{r}/respond/", {"text": "x"}),
        ("leading_group", "/requests/{r}/rate/", {"satisfied": "satisfied"}),
        ("zone_staff", "/requests/{r}/withdraw/", {"why": "x"}),
        ("zone_staff", "/requests/{r}/own_word/", {"satisfied": "satisfied"}),
        ("zone_staff", "/requests/{r}/raise_level/", {}),
        ("enterprise", "/my-requests/{r}/answer/", {"text": "x"}),
        ("enterprise", "/my-requests/{r}/write_note/", {"text": "x"}),
        ("clerk", "/visits/{v}/log/", {"on": "2026-03-02", "summary": "x"}),
        ("enterprise", "/visits/{v}/log/", {"on": "2026-03-02", "summary": "x"}),
        ("zone_staff", "/ask/mine/{r}/withdraw/", {"why": "x"}),
        ("auditor", "/people/enterprise/phone/", {"phone": "10000000001"}),
    ],
)
def test_a_hand_made_post_of_somebody_else_writes_nothing(city, at, sign_in, who, address, said):
    one, key = answered(city, at), planned(city, at)
    client, before = sign_in(who), Act.objects.count()
    answer = client.post(address.format(r=one.key, v=key), said)
    assert answer.status_code in (302, 403, 404) and Act.objects.count() == before
