"""Totals of enterprises by zone, industry and cluster; small ones hidden beside every other cut."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from factories.city import MAKER, City, credit_code
from factories.figures import defined
from luodi.analysis.choices import Cut
from luodi.analysis.queries.pivots import WORDS, pivot
from luodi.analysis.queries.scope import reader_for
from luodi.analysis.rules.questions import read_question
from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.indicators.actions import Cell, write_figures
from luodi.orgs.actions import register_enterprise
from luodi.orgs.queries import viewer_of_person

pytestmark = pytest.mark.django_db(databases="__all__")
NAME = "营业收入（亿元）"


def firms(city: City, at, indicator: str, rows, first: int = 100) -> None:
    """Enterprises (unit, industry, amount at scale 2) with one figure each for January."""
    cells: dict[str, list[Cell]] = {}
    for number, (unit, industry, amount) in enumerate(rows, start=first):
        details = {
            "name": f"示例企业{number}", "credit_code": credit_code(number),
            "unit": city.units[unit], "county": city.units["甲县"],
            "size_class": "above_scale", "industry": industry,
        }  # fmt: skip
        firm = register_enterprise(city=city.key, details=details, by=MAKER, at=at, generated=True)
        cell = Cell(indicator, city.units[unit], firm.key, "2026-01", amount, 2)
        cells.setdefault(unit, []).append(cell)
    for unit, some in cells.items():
        zone = city.units[unit] if "开发区" in unit else ""
        with perform("report", by=MAKER, at=at, scope={"city": city.key}) as deed:
            write_figures(
                deed=deed, city=city.key, cells=some, origin=f"test:{unit}-{first}",
                purpose="statistics", zone=zone,
            )  # fmt: skip


@pytest.fixture
def revenue(city, at) -> str:
    key = defined(city, at, "营业收入", purpose="statistics")
    rows = [("甲县", "光电", n) for n in (100, 200, 300)]
    rows += [("开发区管委会", "光电", n) for n in (400, 500, 600)]
    rows += [("开发区管委会", "煤炭", n) for n in (1000, 1100, 1200, 1300)]
    rows += [("乙县", "煤炭", n) for n in (700, 800, 900)]
    firms(city, at, key, rows)
    return key


def texts(city, who, at, indicator, cut, **said):
    reader = reader_for(viewer_of_person(city.people[who]), at.date())
    asked = {
        "indicator": [indicator], "from": ["2026-01"], "to": ["2026-01"], "of": ["enterprises"],
        "purpose": ["statistics"], "by": [cut], **said,
    }  # fmt: skip
    found = pivot(reader, read_question(asked, WORDS, at.date()), Moment(at))
    return {row.labels[1]: [cell.answer for cell in row.cells] for row in found.rows}, found


def shown(*args, **said):
    return {name: [a.text for a in row] for name, row in texts(*args, **said)[0].items()}


def test_industries_and_zones_add_up_to_the_whole(city, at, revenue):
    found = shown(city, "statistician", at, revenue, Cut.INDUSTRY)
    assert found == {"光电": ["21.00"], "煤炭": ["70.00"], "全部企业": ["91.00"]}
    found = shown(city, "statistician", at, revenue, Cut.ZONE)
    assert found == {"开发区管委会": ["61.00"], "开发区外": ["30.00"], "全部企业": ["91.00"]}
    found = shown(city, "statistician", at, revenue, Cut.CLUSTER)
    assert found == {"未入集群": ["91.00"], "全部企业": ["91.00"]}
    assert texts(city, "statistician", at, revenue, Cut.INDUSTRY)[1].heads == ("指标", "行业")


def test_shares_and_ranks_are_among_the_groups(city, at, revenue):
    found = shown(city, "statistician", at, revenue, Cut.INDUSTRY, show=["share", "rank"])
    assert found["煤炭"] == ["76.9", "1"] and found["光电"] == ["23.1", "2"]


def test_a_small_industry_is_hidden_from_all_but_the_statisticians(city, at, revenue):
    key = defined(city, at, "利润", purpose="statistics")
    rows = [("甲县", "白酒", 50), ("乙县", "白酒", 60)]
    rows += [("甲县", "光电", n) for n in (100, 200, 300)]
    rows += [("乙县", "煤炭", n) for n in (700, 800, 900)]
    rows += [("开发区管委会", "轻工", n) for n in (700, 800, 900)]
    firms(city, at, key, rows, 150)
    found, _pivot = texts(city, "office", at, key, Cut.INDUSTRY)
    assert found["白酒"][0].number is None and "不" in found["白酒"][0].reason.says()
    hidden = {name for name, row in found.items() if row[0].number is None}
    assert len(hidden) >= 2, "one hidden industry alone could be worked out"
    everything = shown(city, "statistician", at, key, Cut.INDUSTRY)
    assert everything["白酒"] == ["1.10"]


def test_units_read_no_other_cut_and_releases_are_by_unit(city, at, revenue, sign_in):
    assert shown(city, "clerk", at, revenue, Cut.INDUSTRY) == {}
    said = {
        "indicator": revenue, "from": "2026-01", "to": "2026-01", "of": "enterprises",
        "purpose": "statistics", "by": "industry",
    }  # fmt: skip
    client = sign_in("statistician")
    page = client.get(f"/analysis/pivot/?{urlencode(said)}").content.decode()
    assert "光电" in page and "21.00" in page and reverse("new_release") not in page
    assert "by=industry" in page
    cell = {**said, "unit": "industry:光电", "period": "2026-01", "show": "value"}
    working = client.get(f"/analysis/working/?{urlencode(cell)}")
    assert working.status_code == 200 and "21.00" in working.content.decode()
    assert client.get(f"{reverse('new_release')}?{urlencode(said)}").status_code == 422
    sheet = client.get(f"/analysis/pivot/?{urlencode(said)}&export=csv").content.decode("utf-8-sig")
    assert "光电,21.00" in sheet
