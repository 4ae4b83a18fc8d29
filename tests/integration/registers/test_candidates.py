"""Enterprises that the facts propose for a register, and entries that should run no longer."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.city import FIRMS
from factories.policies import known
from factories.registers import entered, moved
from luodi.common.moments import Moment
from luodi.orgs.actions import change_enterprise, close_enterprise
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import viewer_of_person
from luodi.registers.queries import proposal, rules_at

ONE, TWO = (name for name, _home in FIRMS)
GOOD = {"revenue": "3000万元", "rd_spend": "150万元", "rd_share": "5"}


def text(response) -> str:
    return response.content.decode()


def found(city, at, register="specialised", who="office"):
    moment = Moment(at)
    rule = rules_at(city.key, moment)[register]
    return proposal(rule, viewer_of_person(city.people[who]), moment)


@pytest.mark.parametrize(
    ("facts", "state", "why"),
    [
        ({}, "unknown", "缺：上年度营业收入、上年度研发费用"),
        (GOOD, "fits", "上年度研发费用不低于100万元"),
        (GOOD | {"rd_share": "2.99"}, "near", "2.99"),
        ({"revenue": "3000万元", "rd_spend": "150万元"}, "unknown", "缺：研发费用占营业收入比重"),
    ],
)
def test_a_firm_is_proposed_with_reasons(city, at, facts, state, why):
    known(city, at, ONE, **facts)
    (row,) = [one for one in found(city, at).entering if one.name == ONE]
    assert row.state == state and why in row.why and row.may_enter


def test_what_fits_by_one_way_is_not_told_the_other_ways(city, at):
    """A high-tech firm fits by one of three sizes: the two that are not its own say nothing."""
    known(city, at, ONE, revenue="3亿元", rd_share="3.5")
    (row,) = [one for one in found(city, at, "high-tech").entering if one.name == ONE]
    assert row.state == "fits" and "研发费用占营业收入比重不低于3%" in row.why
    parts = row.why.split("；")
    assert "不符合" not in row.why and len(parts) == len(set(parts))


def test_who_fails_or_is_on_it_or_closed_is_not_proposed(city, at):
    known(city, at, ONE, revenue="10万元", rd_spend="1万元", rd_share="1")
    first = found(city, at)
    assert [one.name for one in first.entering] == [TWO] and first.failing == 1
    entered(city, at, "specialised", 1)
    assert found(city, at).entering == ()
    close_enterprise(enterprise=city.enterprises[TWO], why="示例", by=city.people["office"], at=at)
    (row,) = found(city, at).leaving
    assert (row.name, row.state) == (TWO, "gone")


def test_who_left_is_proposed_again_and_said_to_have_been_there(city, at):
    known(city, at, ONE, **GOOD)
    moved(city, at, entered(city, at, "specialised"), "leave", reason="示例")
    (row,) = [one for one in found(city, at).entering if one.name == ONE]
    assert row.before == "已退出"


def pooled_as(city, at, size, revenue=""):
    state = EnterpriseState.objects.open().get(of=city.enterprises[ONE])
    entered(city, at)
    if revenue:
        known(city, at, ONE, revenue=revenue)
    change_enterprise(
        enterprise=state.of_id, details={"size_class": size}, seen=state.since_id, why="示例",
        by=city.people["office"], at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("size", "revenue", "state"),
    [
        ("below_scale", "1999.99万元", None),
        ("below_scale", "2000万元", "fails"),
        ("below_scale", "", "unknown"),
    ],
)
def test_who_reached_the_threshold_should_leave_the_pool(city, at, size, revenue, state):
    pooled_as(city, at, size, revenue)
    rows = found(city, at, "small-to-large").leaving
    assert [row.state for row in rows] == ([state] if state else [])
    assert all("上年度营业收入" in row.why for row in rows)


def test_a_firm_of_another_size_is_no_near_miss(city, at):
    known(city, at, ONE, revenue="3000万元")
    assert ONE not in {row.name for row in found(city, at, "small-to-large").entering}


def test_a_zone_is_proposed_its_own_firms(city, at):
    names = {one.name for one in found(city, at, who="zone_staff").entering}
    assert names == {ONE}


def test_the_past_is_judged_by_what_was_known_then(city, at):
    before = Moment(at, 0)
    known(city, at, ONE, **GOOD)
    rule = rules_at(city.key, Moment(at))["specialised"]
    viewer = viewer_of_person(city.people["office"])
    assert not [one for one in proposal(rule, viewer, before).entering if one.state == "fits"]


def test_one_click_opens_the_form_filled_in(city, at, sign_in):
    known(city, at, ONE, **GOOD)
    office = sign_in("office")
    assert "候选与应退出" in text(office.get("/registers/of/specialised/"))
    address = "/registers/of/specialised/candidates/"
    page = text(office.get(address))
    link = f"/registers/of/specialised/new/?about={city.enterprises[ONE]}"
    assert f'href="{link}"' in page and "工信部企业〔2022〕63号" in page
    code = EnterpriseState.objects.open().get(of=city.enterprises[ONE]).credit_code
    assert f'value="{code}"' in text(office.get(link))
    answer = office.post(link, {"firm": code}, follow=True)
    assert "已登记。" in text(answer) and link not in text(office.get(address))
    assert "new/?about=" not in text(sign_in("leading_group").get(address))
    sheet = office.get(f"{address}?register-entering.export=xlsx")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    assert sign_in("enterprise").get(address).status_code == 403
    assert office.get("/registers/of/green-parks/candidates/").status_code == 404
    office.post("/language/", {"language": "en", "next": "/"})
    assert "候选" not in text(office.get(address)) and "判断" not in text(office.get(address))


def test_queries_do_not_grow_with_the_firms(city, at, sign_in):
    office = sign_in("office")

    def counted() -> int:
        office.get("/registers/of/specialised/candidates/")
        with CaptureQueriesContext(connection) as caught:
            office.get("/registers/of/specialised/candidates/")
        return len(caught)

    entered(city, at, "specialised")
    one = counted()
    entered(city, at, "specialised", 1)
    known(city, at, TWO, **GOOD)
    assert counted() == one


def test_an_unknown_register_has_no_candidates(city, at, sign_in):
    assert sign_in("office").get("/registers/of/nothing/candidates/").status_code == 404
    with pytest.raises(KeyError):
        found(city, at, "nothing")
