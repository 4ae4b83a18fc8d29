"""Indicators: definitions, goals, values known at a moment, who is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.reading import adopted
from luodi.audit.actions import perform
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.indicators.actions import ask_unit, define_indicator, stop_asking, submit_values
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Asked, Definition, Value
from luodi.indicators.queries import asked_of, figure_problems, figures_of, value_of


@pytest.fixture
def indicator(city, at) -> str:
    with perform("define", by="x", at=at, scope={"city": city.key}) as deed:
        found = define_indicator(
            deed=deed, city=city.key, name="园区总产值", measured_in="亿元", scale=2
        )
    return found.indicator_id


@pytest.fixture
def submit(city):
    """`submit({key: typed}, at)`: figures of the bureau about February."""

    def write(figures, at, purpose=Purpose.DISPATCH):
        unit = city.units["市工信局"]
        scope = {"city": city.key, "unit": unit}
        by = city.people["clerk"]
        with perform("report", by=by, at=at, subjects=["report:R"], scope=scope) as deed:
            return submit_values(
                deed=deed, city=city.key, unit=unit, period="2026-02", figures=figures,
                origin="report:R", purpose=purpose,
            )  # fmt: skip

    return write


def test_typed_figures_are_read_exactly_and_converted(indicator, submit, at, city):
    written = submit({indicator: "123400万元"}, at)
    assert [w.figure for w in written] == ["12.34亿元"]
    found = value_of(indicator, city.units["市工信局"], "2026-02", Moment(at))
    assert (found.amount, found.scale, found.text, found.origin) == (1234, 2, "12.34", "report:R")
    assert found.by == city.people["clerk"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("大概十来亿", "不是可以识别的数值"),
        ("120亩", "不是同类计量单位"),
        ("1.23456", "小数位过多"),
    ],
)
def test_what_is_no_figure_is_refused_in_words_and_nothing_written(
    indicator, submit, at, typed, sentence
):
    with pytest.raises(Incomplete, match=f"园区总产值：.*{sentence}"):
        submit({indicator: typed}, at)
    assert not Value.objects.exists()
    assert sentence in figure_problems({indicator: typed}, Moment(at))[indicator]


def test_an_empty_cell_is_no_zero_and_an_unknown_indicator_is_told(indicator, submit, at):
    assert submit({indicator: "  "}, at) == []
    assert not Value.objects.exists()
    assert "没有这个指标" in figure_problems({"nothing": "1"}, Moment(at))["nothing"]


def test_a_revision_is_a_new_row_and_the_past_keeps_the_old(indicator, submit, at, city):
    unit = city.units["市工信局"]
    submit({indicator: "10"}, at)
    first = Value.objects.get().since_id
    later = at + timedelta(days=3)
    assert submit({indicator: "10.00"}, later) == [], "the same amount isn't written again"
    submit({indicator: "11"}, later)
    assert value_of(indicator, unit, "2026-02", Moment(later)).text == "11.00"
    assert value_of(indicator, unit, "2026-02", moment_at(first)).text == "10.00"


def test_dispatch_and_statistics_are_two_series(indicator, submit, at, city):
    unit = city.units["市工信局"]
    submit({indicator: "10"}, at)
    submit({indicator: "9.5"}, at, Purpose.STATISTICS)
    keys = [indicator], [unit], ["2026-02"]
    assert [f.text for f in figures_of(*keys, Moment(at)).values()] == ["10.00"]
    official = figures_of(*keys, Moment(at), Purpose.STATISTICS)
    assert [f.text for f in official.values()] == ["9.50"]


def test_a_unit_is_asked_once_for_a_subject(indicator, city, at):
    unit, by = city.units["市工信局"], city.people["office"]
    ask_unit(indicator=indicator, unit=unit, subject="measure:M", by=by, at=at)
    assert [a.name for a in asked_of(unit, "measure:M", Moment(at))] == ["园区总产值"]
    assert asked_of(city.units["市统计局"], "measure:M", Moment(at)) == []
    with pytest.raises(Conflict, match="只报一次"):
        ask_unit(indicator=indicator, unit=unit, subject="measure:M", by=by, at=at)
    with pytest.raises(NotFound):
        ask_unit(indicator=indicator, unit="", subject="", by=by, at=at)
    with perform("stop", by=by, at=at, scope={"city": city.key}) as deed:
        stop_asking(deed=deed, subject="measure:M")
    assert asked_of(unit, "measure:M", Moment(at)) == []


def test_the_pages_show_goal_sentence_and_vintage(city, at, sign_in, submit):
    document = adopted(city, at)
    client = sign_in("office")
    page = client.get("/indicators/").content.decode()
    assert "小微园区总产值" in page and "≥ 120 亿元（2027）" in page
    assert f"/sentence/{document.sha256}/" in page
    key = Definition.objects.get(name="小微园区总产值").indicator_id
    submit({key: "30"}, at)
    submit({key: "31"}, at + timedelta(days=1))
    page = client.get(f"/indicators/{key}/").content.decode()
    assert "已被后来的数替代" in page and "示例-02" in page and "全市" in page
    assert client.get("/indicators/?export=xlsx").status_code == 200
    assert client.get(f"/indicators/{key}/?export=xlsx").status_code == 200


def test_another_units_values_are_not_shown(indicator, submit, at, sign_in):
    submit({indicator: "77.77"}, at)
    address = f"/indicators/{indicator}/"
    assert "77.77" in sign_in("clerk").get(address).content.decode()
    assert "77.77" not in sign_in("other_clerk").get(address).content.decode()
    assert "77.77" not in sign_in("other_clerk").get("/indicators/").content.decode()
    assert "77.77" not in sign_in("zone_staff").get(f"{address}?export=xlsx").content.decode(
        "latin1"
    )


def test_the_office_asks_a_unit_and_others_may_not(indicator, city, sign_in):
    address, unit = f"/indicators/{indicator}/ask/", city.units["市工信局"]
    assert sign_in("clerk").post(address, {"unit": unit}).status_code == 403
    page = sign_in("office").post(address, {"unit": unit}, follow=True).content.decode()
    assert "今后由该单位报这个数" in page
    assert Asked.objects.get().subject == f"indicator:{indicator}"
    assert sign_in("office").post(address, {"unit": "nobody"}).status_code == 404


def test_lists_take_the_same_queries_for_one_row_and_many(indicator, submit, city, at, sign_in):
    client = sign_in("office")
    submit({indicator: "5"}, at)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    pages = ["/indicators/", f"/indicators/{indicator}/"]
    few = [queries(page) for page in pages]
    with perform("define", by="x", at=at, scope={"city": city.key}) as deed:
        more = [
            define_indicator(deed=deed, city=city.key, name=f"第{n}项", measured_in="家", scale=0)
            for n in range(40)
        ]
    submit({row.indicator_id: "3" for row in more}, at)
    for n in range(5):
        submit({indicator: str(20 + n)}, at)
    assert [queries(page) for page in pages] == few


def test_an_unknown_indicator_is_not_found(city, sign_in):
    assert sign_in("office").get("/indicators/nothing/").status_code == 404
