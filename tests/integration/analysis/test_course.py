"""The course of a year: running sum, pace towards the goal, forecast with its interval."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.figures import defined
from luodi.analysis.queries.courses import course
from luodi.analysis.queries.scope import reader_for
from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.indicators.actions import Cell, write_figures
from luodi.indicators.choices import Counts, Measure, Purpose
from luodi.indicators.models import Target, TargetState
from luodi.orgs.queries import viewer_of_person

FLOW = {"measure": Measure.FLOW, "counts": Counts.IN_PERIOD}


@pytest.fixture
def write(city, at):
    def figures(key, years, unit="甲县"):
        cells = [
            Cell(key, city.units[unit], "", f"{year}-{n:02}", amount, 2)
            for year, amounts in years.items()
            for n, amount in enumerate(amounts, start=1)
            if amount is not None
        ]
        with perform("report", by="x", at=at, scope={"city": city.key}) as deed:
            write_figures(
                deed=deed, city=city.key, cells=cells, origin="test:1", purpose=Purpose.DISPATCH
            )

    return figures


@pytest.fixture
def read(city, at):
    def found(key, year=2026, who="office", unit="甲县"):
        reader = reader_for(viewer_of_person(city.people[who]), at.date())
        moment = Moment(at + timedelta(days=1))
        return course(reader, key, city.units[unit], year, Purpose.DISPATCH, moment)

    return found


def aim(city, at, key, amount):
    with perform("aim", by="x", at=at, scope={"city": city.key}) as deed:
        deed.write(Target(key="t1", city=city.key, indicator_id=key))
        deed.write(
            TargetState(target_id="t1", amount=amount, scale=0, comparator=">=", period="2026")
        )


def test_a_year_runs_against_its_pace_and_is_forecast(city, at, write, read):
    key = defined(city, at, "产值", **FLOW)
    write(key, {2024: [100] * 12, 2025: [200] * 12, 2026: [300, 300]})
    aim(city, at, key, 36)
    found = read(key)
    assert [step.reached for step in found.steps[:3]] == [300, 600, None]
    assert (found.steps[0].due, found.steps[11].due, found.goal) == (300, 3600, "36.00")
    assert (found.forecast.middle, found.forecast.low, found.forecast.high) == (3600, 3600, 3600)
    assert "前2年" in found.said and "前2年" in found.pace


def test_a_gap_or_too_few_years_says_why_there_is_no_forecast(city, at, write, read):
    key = defined(city, at, "产值", **FLOW)
    write(key, {2025: [200] * 12, 2026: [300, None, 300]})
    found = read(key)
    assert found.forecast is None and "缺数" in found.said
    assert [step.reached for step in found.steps[:3]] == [300, None, None], "no sum over a gap"
    write(key, {2026: [None, 300]})
    assert "不足2年" in read(key).said


def test_figures_to_date_are_parted_and_stocks_are_not_added(city, at, write, read):
    key = defined(city, at, "投资", measure=Measure.FLOW, counts=Counts.YEAR_TO_DATE)
    write(key, {2026: [100, 250]})
    assert [(s.own, s.reached) for s in read(key).steps[:2]] == [(100, 100), (150, 250)]
    stock = defined(city, at, "户数", "家", measure=Measure.STOCK, counts=Counts.AT_END)
    write(stock, {2026: [100, 250]})
    found = read(stock)
    assert found.steps[1].reached == 250 and "不作推算" in found.said and found.forecast is None


def test_the_page_draws_what_the_table_says_for_those_who_may_see(city, at, write, read, sign_in):
    key = defined(city, at, "产值", **FLOW)
    write(key, {2024: [100] * 12, 2025: [200] * 12, 2026: [300, 300]})
    address = f"/analysis/course/?indicator={key}&unit={city.units['甲县']}&year=2026"
    page = sign_in("office").get(address).content.decode()
    assert "<svg" in page and "interval" in page and "36.00" in page and "3.00" in page
    assert sign_in("office").get(f"{address}&export=xlsx").content[:2] == b"PK"
    assert sign_in("clerk").get(address).status_code == 404
    assert sign_in("office").get(address.replace("2026", "2026-01")).status_code == 404
    with pytest.raises(NotFound):
        read("nothing")
