"""The pivot: what is in its cells for whom, as known when, and where each cell leads."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.figures import defined, reported
from luodi.analysis.queries.pivots import WORDS, pivot
from luodi.analysis.queries.scope import reader_for
from luodi.analysis.rules.questions import read_question
from luodi.audit.queries import moment_at
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Value
from luodi.orgs.queries import viewer_of_person


@pytest.fixture
def output(city, at) -> str:
    key = defined(city, at, "园区总产值")
    for unit, figures in {
        "甲县": ("10", "12.5"),
        "乙县": ("0", ""),
        "开发区管委会": ("30", "31"),
    }.items():
        for period, figure in zip(("2026-01", "2026-02"), figures, strict=True):
            reported(city, at, unit, period, {key: figure})
    return key


def asked(**said):
    return {"from": ["2026-01"], "to": ["2026-02"], **said}


def cells(city, who, at, **said):
    viewer = reader_for(
        viewer_of_person(city.people[who]), at.date() if hasattr(at, "date") else at.today
    )
    question = read_question(asked(**said), WORDS, at.date())
    found = pivot(viewer, question, at if isinstance(at, Moment) else Moment(at))
    return {row.labels: [cell.answer for cell in row.cells] for row in found.rows}


def test_cells_hold_figures_and_zero_is_not_missing(city, at, output):
    found = cells(city, "office", at, indicator=[output])
    name = "园区总产值（亿元）"
    assert [a.text for a in found[name, "甲县"]] == ["10.00", "12.50"]
    assert [a.text for a in found[name, "乙县"]] == ["0.00", ""]
    assert found[name, "乙县"][1].reason.code == "missing"


def test_groups_take_their_units_whether_or_not_they_reported(city, at, output):
    found = cells(city, "office", at, indicator=[output], unit=["counties"])
    assert [labels[1] for labels in found] == ["甲县", "乙县", "各县（市、区）合计"]
    found = cells(city, "office", at, indicator=[output], unit=["bureaus"])
    assert all(a.number is None for row in found.values() for a in row)


def test_what_stands_across_can_be_chosen(city, at, output):
    found = cells(city, "office", at, indicator=[output], across=["unit"], unit=["counties"])
    assert [a.text for a in found["园区总产值（亿元）", "2026年1月"]] == ["10.00", "0.00", ""]
    assert len(cells(city, "office", at, indicator=[output], across=["indicator"])) == 6


def test_a_year_is_made_of_its_months_and_says_where_one_is_missing(city, at, output):
    found = cells(
        city,
        "office",
        at,
        indicator=[output],
        unit=["counties"],
        **{"from": ["2026"], "to": ["2026"]},
    )
    assert found["园区总产值（亿元）", "甲县"][0].reason.code == "missing"


def test_a_unit_sees_its_own_figures_only(city, at, output):
    reported(city, at, "市工信局", "2026-01", {output: "5"})
    found = cells(city, "clerk", at, indicator=[output], unit=["counties", "bureaus"])
    assert "不在您的数据范围内" in str(found["园区总产值（亿元）", "甲县"][0].reason)
    assert found["园区总产值（亿元）", "市工信局"][0].text == "5.00"
    mine = cells(city, "clerk", at, indicator=[output])
    assert [labels[1] for labels in mine] == ["市工信局"]


def test_purposes_never_merge_and_rows_of_enterprises_stay_out(city, at, output):
    reported(city, at, "甲县", "2026-01", {output: "99"}, Purpose.STATISTICS)
    assert (
        cells(city, "office", at, indicator=[output])["园区总产值（亿元）", "甲县"][0].text
        == "10.00"
    )
    official = cells(city, "office", at, indicator=[output], purpose=["statistics"])
    assert [a.text for a in official["园区总产值（亿元）", "甲县"]] == ["99.00", ""]


def test_as_known_on_a_day_before_a_revision(city, at, output):
    before = Value.objects.order_by("-since").first().since_id
    reported(city, at + timedelta(days=1), "甲县", "2026-01", {output: "11"})
    name = "园区总产值（亿元）", "甲县"
    assert cells(city, "office", at, indicator=[output])[name][0].text == "11.00"
    viewer = reader_for(
        viewer_of_person(city.people["office"]), at.date() if hasattr(at, "date") else at.today
    )
    question = read_question(asked(indicator=[output]), WORDS, at.date())
    then = pivot(viewer, question, moment_at(before))
    assert "10.00" in [cell.answer.text for row in then.rows for cell in row.cells]


def test_the_page_leads_to_the_working_of_each_cell(city, at, output, sign_in):
    reported(city, at + timedelta(days=1), "甲县", "2026-01", {output: "11"})
    client = sign_in("office")
    query = urlencode(asked(indicator=[output]), doseq=True)
    page = client.get(f"/analysis/pivot/?{query}").content.decode()
    unit = city.units["甲县"]
    address = f"/analysis/working/?indicator={output}&unit={unit}&period=2026-01&purpose=dispatch&of=units&show=value"
    assert address.replace("&", "&amp;") in page
    working = client.get(address).content.decode()
    assert "11.00" in working and "10.00" in working and "以前的数" in working
    assert sign_in("clerk").get(address).status_code == 404
    assert client.get(address.replace("2026-01", "rubbish")).status_code == 404
    empty = client.get(address.replace("2026-01", "2026-03")).content.decode()
    assert "没有数" in empty


def test_the_question_of_a_day_shows_that_day(city, at, output, sign_in):
    query = urlencode(asked(indicator=[output], on=["2026-03-01"]), doseq=True)
    page = sign_in("office").get(f"/analysis/pivot/?{query}").content.decode()
    assert "2026-03-01 当日所知" in page and "10.00" not in page


def test_excel_and_csv_go_down_with_numbers_and_reasons(city, at, output, sign_in):
    query = urlencode(asked(indicator=[output]), doseq=True)
    client = sign_in("office")
    sheet = client.get(f"/analysis/pivot/?{query}&export=xlsx")
    assert sheet.content[:2] == b"PK"
    text = client.get(f"/analysis/pivot/?{query}&export=csv").content.decode("utf-8-sig")
    assert "园区总产值（亿元）,甲县,10.00,12.50" in text and "乙县,0.00,\r\n" in text


def test_too_many_cells_are_refused_in_words(city, at, output, sign_in, monkeypatch):
    monkeypatch.setattr("luodi.analysis.queries.asking.MOST_CELLS", 3)
    query = urlencode(asked(indicator=[output]), doseq=True)
    answer = sign_in("office").get(f"/analysis/pivot/?{query}")
    assert answer.status_code == 422 and "一次最多看 3 格" in answer.content.decode()


def test_too_many_named_cells_are_refused_before_a_figure_is_read(city, at, output, monkeypatch):
    figures = Value._meta.db_table

    def statements(most: int) -> list[str]:
        monkeypatch.setattr("luodi.analysis.queries.asking.MOST_CELLS", most)
        with CaptureQueriesContext(connection) as taken, suppress(Incomplete):
            cells(city, "office", at, indicator=[output], unit=["counties"])
        return [one["sql"] for one in taken if figures in one["sql"]]

    assert statements(20_000)
    assert not statements(3)
    with pytest.raises(Incomplete):
        cells(city, "office", at, indicator=[output], unit=["counties"])


def test_a_pivot_takes_the_same_queries_for_few_cells_and_many(city, at, output):
    other = defined(city, at, "另一个指标")
    viewer = reader_for(
        viewer_of_person(city.people["office"]), at.date() if hasattr(at, "date") else at.today
    )

    def count(**said) -> int:
        question = read_question(said, WORDS, at.date())
        with CaptureQueriesContext(
            connection,
        ) as taken:
            pivot(viewer, question, Moment(at))
        return len(taken)

    few = count(indicator=[output], **{"from": ["2026-01"], "to": ["2026-01"]})
    many = count(indicator=[output, other], **{"from": ["2024-01"], "to": ["2026-02"]})
    assert few == many <= 4
