"""The pages of an appraisal: what each person sees, and that a form sent wrong loses nothing."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories.appraisals import (
    OTHERS,
    SMALL,
    ZONE,
    as_office,
    figures,
    frozen,
    more_zones,
    staged,
    with_scheme,
)
from luodi.assessment.actions import freeze_scheme, open_appraisal, run_appraisal
from luodi.assessment.models import Appraisal, AppraisalMember, AppraisalRun

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def appraisal(city, at):
    return frozen(city, at)


@pytest.fixture
def ran(city, at, appraisal):
    run_appraisal(appraisal=appraisal.key, **as_office(city, at + timedelta(days=1)))
    return appraisal


def address(name, appraisal, *more):
    return reverse(name, args=[appraisal.key, *more])


def test_the_office_opens_an_appraisal_and_freezes_its_scheme(city, at, sign_in):
    office = sign_in("office")
    page = text(office.get(reverse("assessment")))
    assert "还没有考核" in page and reverse("open_appraisal") in page
    wrong = office.post(reverse("open_appraisal"), {"scheme": "three-chain-cluster", "year": "1"})
    assert wrong.status_code == 422 and 'value="1"' in text(wrong)
    given = {"scheme": "three-chain-cluster", "year": "2025", "title": ""}
    made = office.post(reverse("open_appraisal"), given)
    appraisal = Appraisal.objects.get()
    assert made.url == address("appraisal", appraisal)
    again = office.post(reverse("open_appraisal"), given)
    assert again.status_code == 409 and "已经有了" in text(again)
    page = text(office.get(made.url))
    assert "示例方案" in page and "方案定稿" in page and "本地默认" in page
    office.post(address("appraisal_freeze", appraisal), {"seen": ""})
    stale = office.post(address("appraisal_freeze", appraisal), {"seen": "0" * 64, "why": "改"})
    assert stale.status_code == 409
    assert "方案已定稿，与规则包一致" in text(office.get(made.url))


def test_members_are_changed_while_it_is_a_draft(city, at, sign_in):
    more_zones(city, at)
    with_scheme(city, at)
    who = as_office(city, at)
    chosen = {city.units[ZONE]: "", city.units[OTHERS[0]]: ""}
    appraisal = open_appraisal(scheme="small", year=2025, members=chosen, **who)
    office = sign_in("office")
    assert OTHERS[1] in text(office.get(address("appraisal", appraisal)))
    office.post(address("appraisal_member", appraisal), {"unit": city.units[OTHERS[1]]})
    office.post(address("appraisal_member", appraisal), {"unit": city.units[ZONE], "out": "1"})
    there = AppraisalMember.objects.open().filter(appraisal=appraisal)
    assert {one.unit for one in there} == {city.units[name] for name in OTHERS}
    assert office.post(address("appraisal_member", appraisal), {}).status_code == 422


def test_the_ranked_table_unfolds_into_contributions(appraisal, sign_in):
    office = sign_in("office")
    assert "还没有计算过" in text(office.get(address("appraisal", appraisal)))
    done = office.post(address("appraisal_run", appraisal), {"note": "第一次"})
    page = text(office.get(done.url))
    for said in ("82.00", "80.00", "第一档", "功效系数", "核实数", "第一次", "没有报"):
        assert said in page
    sheet = office.get(done.url, {"export": "xlsx"})
    assert sheet["Content-Type"].endswith("sheet")
    too_long = office.post(address("appraisal_run", appraisal), {"note": "长" * 301})
    assert too_long.status_code == 422
    assert AppraisalRun.objects.count() == 1


def test_a_score_has_a_page_with_the_cost_of_a_point(city, ran, sign_in):
    office = sign_in("office")
    page = text(office.get(address("appraisal_score", ran, 1, city.units[OTHERS[0]])))
    assert "重算，结果一致" in page
    assert "再得 1 分要怎样" in page and "20.5" in page
    assert office.get(address("appraisal_score", ran, 1, "0" * 16)).status_code == 404
    assert office.get(address("appraisal_score", ran, 9, city.units[ZONE])).status_code == 404


def test_two_runs_are_compared(city, at, ran, sign_in):
    office = sign_in("office")
    assert office.get(address("appraisal_compare", ran)).status_code == 404
    later = at + timedelta(days=2)
    figures(city, later, ran.key, {OTHERS[0]: {"output": 28}})
    run_appraisal(appraisal=ran.key, **as_office(city, later))
    page = text(office.get(address("appraisal_compare", ran)))
    assert "数据 20 → 28" in page and "2 → 1" in page
    back = text(office.get(address("appraisal_compare", ran), {"a": "2", "b": "1"}))
    assert "1 → 2" in back
    assert office.get(address("appraisal_compare", ran), {"a": "7"}).status_code == 404


def test_a_zone_sees_its_own_score_once_it_is_shown(city, at, ran, sign_in):
    zone = sign_in("zone_staff")
    assert zone.get(address("appraisal", ran)).status_code == 404
    staged(city, at, ran.key, "first_result")
    assert "还没有告知" in text(zone.get(address("appraisal", ran)))
    staged(city, at, ran.key, "shown")
    page = text(zone.get(address("appraisal", ran)))
    assert "82.00" in page and "80.00" not in page
    own = address("appraisal_score", ran, 1, city.units[ZONE])
    assert "再得 1 分" not in text(zone.get(own))
    assert zone.get(address("appraisal_score", ran, 1, city.units[OTHERS[0]])).status_code == 404
    staged(city, at, ran.key, "published")
    assert "80.00" in text(zone.get(address("appraisal", ran)))
    assert "再得 1 分" in text(zone.get(own))


def test_the_past_shows_the_run_of_then_and_no_forms(city, at, ran, sign_in):
    later = at + timedelta(days=9)
    figures(city, later, ran.key, {OTHERS[0]: {"output": 28}})
    run_appraisal(appraisal=ran.key, **as_office(city, later))
    office = sign_in("office")
    office.post(reverse("as_of"), {"day": (at + timedelta(days=3)).date().isoformat()})
    page = text(office.get(address("appraisal", ran)))
    assert "80.00" in page and "96.00" not in page
    assert address("appraisal_run", ran) not in page
    refused = office.post(address("appraisal_run", ran), {"note": ""})
    assert refused.status_code in {403, 409} and AppraisalRun.objects.count() == 2


def test_a_scheme_changed_in_the_pack_is_said(city, at, ran, sign_in):
    with_scheme(city, at + timedelta(days=2), changed())
    page = text(sign_in("office").get(address("appraisal", ran)))
    assert "与定稿时不同" in page


def changed():
    """The small scheme with other weights."""
    rule = copy.deepcopy(SMALL)
    rule["groups"][0]["indicators"][0]["weight"] = "30"
    rule["groups"][0]["indicators"][1]["weight"] = "30"
    return rule


def test_pages_take_the_same_queries_for_more_units(city, at, ran, sign_in):
    office = sign_in("office")

    def count():
        with CaptureQueriesContext(connection) as found:
            assert office.get(address("appraisal", ran)).status_code == 200
        return len(found)

    count()
    few = count()
    names = tuple(f"示例{n}区" for n in range(9))
    more_zones(city, at, names)
    who = as_office(city, at + timedelta(days=3))
    chosen = {city.units[n]: "" for n in (ZONE, *OTHERS, *names)}
    other = open_appraisal(scheme="small", year=2024, members=chosen, **who)
    freeze_scheme(appraisal=other.key, **who)
    run_appraisal(appraisal=other.key, **who)
    with CaptureQueriesContext(connection) as found:
        assert office.get(address("appraisal", other)).status_code == 200
    assert len(found) <= few


def test_english_pages_hold_no_chinese_formula(ran, city, sign_in):
    office = sign_in("office")
    office.post(reverse("language"), {"language": "en"})
    page = text(office.get(address("appraisal_score", ran, 1, city.units[ZONE])))
    assert "share (efficacy)" in page and "points = " in page and "功效系数" not in page
