"""The figures that texts state: listed with their source, apart from what units report."""

from __future__ import annotations

import io

import openpyxl
import pytest

from factories.collection import viewer
from luodi.common.moments import Moment
from luodi.indicators.actions import adopt_pack_indicators
from luodi.indicators.models import Definition, Value
from luodi.indicators.queries import stated_facts

pytestmark = pytest.mark.django_db(databases="__all__")


def facts(city, at):
    return {row.key: row for row in stated_facts(viewer(city, "statistician"), Moment(at))}


def test_each_figure_says_where_it_stands_and_what_is_left_open(city, at):
    rows = facts(city, at)
    assert rows and all(row.document and row.source and row.subject for row in rows.values())
    count, value = (rows[f"promised-benefit-{way}-2023"] for way in ("count", "value"))
    assert "达效项目 ÷ 投产项目" in count.over and "实际产值 ÷ 承诺产值" in value.over
    assert (count.stated, count.unit) == ("100", "%") and "两种口径" in count.open_point
    assert "分子" in rows["output-per-mu-goal"].open_point
    assert "四舍五入" in rows["zones-transition-share-2023"].over
    assert rows["etdz-value-added-2023"].stated == "279.17", "every digit of the text"
    assert rows["zones-signed-investment-goal-2024"].stated.startswith("≥")
    assert rows["batch-start-rate-2023"].period == "2022—2023"


def test_a_figure_is_tied_to_its_indicator_once_that_is_adopted(city, at):
    row = facts(city, at)["etdz-value-added-2023"]
    assert not row.address
    adopt_pack_indicators(
        city=city.key, codes=["zone-value-added"], by=city.people["statistician"], at=at
    )
    key = Definition.objects.get(indicator__code="zone-value-added").indicator_id
    row = facts(city, at)["etdz-value-added-2023"]
    assert row.address == f"/indicators/{key}/" and row.meaning
    assert not Value.objects.exists(), "a fact is nobody's reported value"


def test_the_page_filters_by_zone_and_exports(city, sign_in):
    client = sign_in("clerk")
    page = client.get("/indicators/facts/").content.decode()
    assert "达效率（按个数）" in page and "达效率（按产值）" in page and "文件没有写明" in page
    some = client.get("/indicators/facts/", {"f_subject": "晋城经济技术开发区"}).content.decode()
    assert "279.17" in some and "489.69" not in some
    sheet = client.get("/indicators/facts/", {"export": "xlsx", "f_code": "output-per-mu"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet)).active.values)
    assert any("产出强度" in str(cell) for row in rows for cell in row)
    assert "/indicators/facts/" in client.get("/indicators/").content.decode()
    assert client.get("/indicators/facts/", {"lang": "en"}).status_code == 200
