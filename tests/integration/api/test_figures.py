"""Definitions and values by API: exact text, as known on a day, the same scope as the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from luodi.audit.actions import perform
from luodi.indicators.actions import define_indicator, submit_values
from luodi.indicators.choices import Purpose

from .test_tokens import caller, said, token_of


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


@pytest.fixture
def output(city, at) -> str:
    with perform("define", by="system:test", at=at, scope={"city": city.key}) as deed:
        row = define_indicator(
            deed=deed, city=city.key, name="产值", measured_in="亿元", scale=2, code="output"
        )
    return row.indicator_id


def write(city, at, indicator, figure, unit, period="2026-02", enterprise="", purpose="dispatch"):
    scope = {"city": city.key, "unit": unit, "enterprise": enterprise}
    with perform("submit", by="system:test", at=at, scope=scope) as deed:
        submit_values(
            deed=deed, city=city.key, unit=unit, enterprise=enterprise, period=period,
            figures={indicator: figure}, origin="report:x", purpose=purpose,
        )  # fmt: skip


def values(client, **asked):
    answer = client.get("/api/v1/values", asked)
    assert answer.status_code == 200, answer.content
    return [row["value"] for row in answer.json()["rows"]]


def test_definitions_are_given_as_they_stand(city, output):
    rows = caller(token_of(city, "clerk")).get("/api/v1/indicators", {"code": "output"}).json()
    assert [(r["code"], r["measured_in"], r["scale"]) for r in rows] == [("output", "亿元", 2)]


def test_a_value_is_exact_text_and_known_as_on_a_day(city, output, at):
    zone = city.units["开发区管委会"]
    write(city, at, output, "12.30", zone)
    write(city, at + timedelta(days=3), output, "12.34", zone)
    client = caller(token_of(city, "statistician"))
    assert values(client) == ["12.34"]
    assert values(client, known_on=(at + timedelta(days=1)).date().isoformat()) == ["12.30"]
    assert values(client, known_on=(at - timedelta(days=1)).date().isoformat()) == []
    assert values(client, indicator="output", period_from="2026-01", period_to="2026-02") != []
    assert values(client, period_from="2026-03") == []
    assert values(client, purpose="statistics") == []


@pytest.mark.parametrize(
    "asked", [{"known_on": "2026-13-01"}, {"purpose": "x"}, {"limit": "0"}, {"offset": "-1"}]
)
def test_an_unreadable_question_is_told_so(city, asked):
    answer = caller(token_of(city, "office")).get("/api/v1/values", asked)
    assert said(answer)[0] == 422


def test_a_nul_in_the_question_is_refused_as_json(city):
    answer = caller(token_of(city, "office")).get("/api/v1/values", {"unit": "a\x00b"})
    assert said(answer)[0] == 422


def test_pages_follow_one_another(city, output, at):
    zone = city.units["开发区管委会"]
    for month in range(1, 6):
        write(city, at, output, f"{month}", zone, f"2025-0{month}")
    client = caller(token_of(city, "office"))
    first = client.get("/api/v1/values", {"limit": 3}).json()
    assert (len(first["rows"]), first["total"], first["next_offset"]) == (3, 5, 3)
    last = client.get("/api/v1/values", {"limit": 3, "offset": 3}).json()
    assert [r["period"] for r in last["rows"]] == ["2025-04", "2025-05"]
    assert last["next_offset"] is None


def test_scope_is_that_of_the_person(city, output, at):
    zone, county = city.units["开发区管委会"], city.units["甲县"]
    first, second = city.enterprises["示例光电一厂"], city.enterprises["示例光电二厂"]
    write(city, at, output, "1", zone)
    write(city, at, output, "2", county)
    write(city, at, output, "3", zone, enterprise=first)
    write(city, at, output, "4", county, enterprise=second)
    seen = {
        who: set(values(caller(token_of(city, who))))
        for who in ("office", "zone_staff", "clerk", "enterprise")
    }
    assert seen["office"] == {"1.00", "2.00", "3.00", "4.00"}
    assert seen["zone_staff"] == {"1.00", "3.00"}
    assert seen["clerk"] == set()
    assert seen["enterprise"] == {"3.00"}
    codes = caller(token_of(city, "enterprise")).get("/api/v1/indicators").json()
    assert [row["code"] for row in codes] == ["output"]


def test_statistics_of_an_enterprise_serve_no_other_purpose(city, output, at):
    zone, firm = city.units["开发区管委会"], city.enterprises["示例光电一厂"]
    write(city, at, output, "5", zone, enterprise=firm, purpose=Purpose.STATISTICS)
    asked = {"purpose": "statistics"}
    assert values(caller(token_of(city, "statistician")), **asked) == ["5.00"]
    assert values(caller(token_of(city, "zone_staff")), **asked) == ["5.00"]
    assert values(caller(token_of(city, "enterprise")), **asked) == ["5.00"]
    assert values(caller(token_of(city, "office")), **asked) == []
    assert values(caller(token_of(city, "leading_group")), **asked) == []


def test_the_questions_asked_of_the_database_do_not_grow(
    city, output, at, django_assert_max_num_queries
):
    zone = city.units["开发区管委会"]
    for month in range(1, 10):
        write(city, at, output, f"{month}", zone, f"2025-0{month}")
    client = caller(token_of(city, "office"))
    with django_assert_max_num_queries(16):
        client.get("/api/v1/values")
