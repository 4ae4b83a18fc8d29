"""The pages of chains and promotion: what they say, who sees them, queries that don't grow."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from factories.chains import (
    bulk_chain,
    chain_text,
    drawn_in,
    firm_key,
    invited,
    product_key,
    spoken,
)
from factories.city import make_city
from luodi.chain.models import Contact, IndustrialChainState, TargetFirmState
from luodi.packs import resolve
from luodi.projects.models import LeadSource, ProjectState

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def test_a_workbook_is_looked_at_then_taken_and_the_chain_shows_its_rates(sign_in, city, at):
    office = sign_in("office")
    given = {"new_chain": "示例光电链", "text": chain_text()}
    page = text(office.post("/chains/import/", given))
    assert "可以导入 9 行" in page and "还没有写入任何内容" in page
    assert not IndustrialChainState.objects.exists()
    token = page.split('name="looked_at" value="')[1].split('"')[0]
    page = text(office.post("/chains/import/", given | {"looked_at": token}, follow=True))
    assert "已写入 9 行" in page and "示例光电链" in page
    key = IndustrialChainState.objects.get().chain_id
    page = text(office.get(f"/chains/{key}/"))
    assert "50.00%" in page and "300 ÷ 600 万元" in page and "1 项没有金额，不计入" in page
    assert "66.67%" in page and "2 ÷ 3 项" in page
    assert "示例传感器" in page and "本地企业在外采购" in page
    assert "供应关系成环" in page and "示例光电一厂 → 示例光电二厂" in page


@pytest.mark.parametrize("view", ["segments", "techniques", "applications", "regions", "firms"])
def test_each_view_is_a_picture_and_the_same_as_a_table(sign_in, city, at, view):
    key = drawn_in(city, at)
    office = sign_in("office")
    page = text(office.get(f"/chains/{key}/views/{view}/"))
    assert (
        '<svg class="graph"' in page and "<script" not in page.split("<svg")[1].split("</svg>")[0]
    )
    sheet = office.get(f"/chains/{key}/views/{view}/?export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert len(rows) >= 3 and all(str(row[1]) in page for row in rows[1:])
    assert ("缺口" in rows[0]) == (view in ("segments", "techniques", "applications"))


def test_a_gap_leads_to_a_target_firm_and_on_to_a_project_without_retyping(sign_in, city, at):
    drawn_in(city, at)
    zone = sign_in("zone_staff")
    page = text(zone.get("/chains/gaps/"))
    firm, product = firm_key(city, "外地示例传感厂"), product_key(city, "示例传感器")
    assert f"/chain-targets/new/?firm={firm}&amp;product={product}" in page
    page = text(zone.get(f"/chain-targets/new/?firm={firm}&product={product}"))
    assert 'value="外地示例传感厂"' in page and 'value="示例传感器"' in page
    given = {"firm": "外地示例传感厂", "product": "示例传感器", "mode": "chain",
             "unit": city.units["开发区管委会"], "why": ""}  # fmt: skip
    page = text(zone.post("/chain-targets/new/", given, follow=True))
    assert "已列入目标企业库" in page and "本地没有企业生产“示例传感器”" in page
    key = TargetFirmState.objects.get().target_id
    said = {"on": "2026-03-01", "kind": "went_there", "reached": "talking", "words": "谈了用地。"}
    page = text(zone.post(f"/chain-targets/{key}/contacts/", said, follow=True))
    assert "对接记录已写入" in page and "谈了用地。" in page and "洽谈" in page
    page = text(zone.get(f"/projects/new/?target={key}"))
    assert 'value="外地示例传感厂示例传感器项目"' in page and 'value="外地示例传感厂"' in page
    form = {"name": "外地示例传感厂示例传感器项目", "investor": "外地示例传感厂", "origin": "lead_origin",
            "lead": city.units["开发区管委会"], "zone": city.units["开发区管委会"], "mode": "chain",
            "signing": "", "source": "目标企业", "target": key}  # fmt: skip
    from luodi.projects.choices import Origin, Signing

    form |= {"origin": Origin.values[0], "signing": Signing.values[0]}
    page = text(zone.post("/projects/new/", form, follow=True))
    assert "项目已登记" in page and f"/chain-targets/{key}/" in page
    assert LeadSource.objects.get().target == key
    page = text(zone.get(f"/chain-targets/{key}/"))
    assert ProjectState.objects.get().project_id in page and "已经登记为项目" in page
    assert zone.post("/projects/new/", form | {"name": "另一个"}).status_code == 422


def test_a_failing_supplier_shows_what_it_touches_and_who_could_step_in(sign_in, city, at):
    drawn_in(city, at)
    key = firm_key(city, "外地示例镜片厂")
    page = text(sign_in("office").get(f"/chain-firms/{key}/?depth=1&to=示例光电一厂"))
    assert "最多波及 1 条供应关系" in page and "示例光电二厂" in page
    assert "外地示例镜片厂 —示例镜片→ 示例光电二厂 —示例模组→ 示例光电一厂" in page
    page = text(
        sign_in("office").get(f"/chain-firms/{firm_key(city, '示例光电二厂')}/?to=外地示例镜片厂")
    )
    assert "没有通路" in page


def test_what_a_failure_touches_is_a_table_with_filters_and_excel(sign_in, city, at):
    drawn_in(city, at)
    address = f"/chain-firms/{firm_key(city, '外地示例镜片厂')}/?depth=3"
    office = sign_in("office")
    assert 'name="impact.f_product"' in text(office.get(address))
    page = text(office.get(f"{address}&impact.f_product=示例模组&impact.sort=-depth"))
    table = page.split('id="table-impact"')[1].split("</table>")[0]
    assert table.count("<tr><td") == 1 and "示例模组" in table
    sheet = office.get(f"{address}&impact.export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "第几层" and len(rows) == page.count("最多波及 3 条") * 3 + 1
    assert rows[1][1:5] == ["外地示例镜片厂", "示例镜片", "示例光电二厂", "示例光电一厂"]
    assert "没有登记可替代的企业" in rows[2]


def test_rhythms_and_modes_are_tables_too(at):
    other = make_city(at=at, key="linxi", pack=resolve("linfen").content())
    office = Client()
    office.force_login(other.accounts["office"], backend="luodi.config.backends.AccountBackend")
    page = text(office.get("/promotion/trips/"))
    assert 'id="table-rhythms"' in page and "开发区主官外出招商" in page
    sheet = office.get("/promotion/trips/?rhythms.export=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["单位", "频次要求", "出处"] and "临汾市商务局" in str(rows[1][2])
    sheet = office.get("/promotion/funnel/?modes.export=xlsx")
    assert sheet.content[:2] == b"PK"


def test_a_long_table_is_turned_page_by_page_and_says_so(sign_in, city, at, monkeypatch):
    monkeypatch.setattr("luodi.chain.tables.PORTION", 5)
    drawn_in(city, at)
    key = bulk_chain(city, 12, at)
    office = sign_in("office")
    for name in ("products", "supplies", "gaps"):
        page = text(office.get(f"/chains/{key}/{name}/?page=3"))
        assert "第 3/3 页" in page and "导出 Excel 为全部" in page, name
        assert page.count("<tr><td") == 2, name
        sheet = office.get(f"/chains/{key}/{name}/?page=3&export=xlsx")
        read = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0)
        assert len(read.to_python()) == 13, name


def test_a_product_bought_by_many_says_how_many_are_listed(sign_in, city, at, monkeypatch):
    drawn_in(city, at)
    monkeypatch.setattr("luodi.chain.views.products.MOST_LINKS", 1)
    page = text(sign_in("office").get(f"/chain-products/{product_key(city, '示例镜片')}/"))
    assert "这里列前 1 条，共 2 条。" in page and "/supplies/?f_product=" in page


def test_suppliers_come_with_reasons(sign_in, city, at):
    drawn_in(city, at)
    page = text(sign_in("office").get("/chains/suppliers/?need=示例镜片"))
    assert "生产同名产品“示例镜片”" in page and "同一城市" in page and "持有ISO 9001" in page
    assert page.index("示例光电一厂") < page.index("外地示例镜片厂")
    assert "没有找到相近的企业" in text(sign_in("office").get("/chains/suppliers/?need=钢琴"))


def test_the_funnel_counts_firms_and_shows_the_review_beside(sign_in, city, at):
    drawn_in(city, at)
    target = invited(city, at)
    spoken(city, target, at, "contacted")
    spoken(city, target, at, "talking")
    assert Contact.objects.count() == 2
    page = text(sign_in("office").get("/promotion/funnel/"))
    assert "498 次" in page and "272 个" in page and "72 个" in page
    assert "共 2 条对接记录" in page and "产业链招商" in page


def test_an_enterprise_sees_its_own_supplies_and_never_the_library(sign_in, city, at):
    drawn_in(city, at)
    target = invited(city, at)
    own = sign_in("enterprise")
    page = text(own.get("/my-chain/"))
    assert "示例光电二厂" in page and "示例模组" in page
    assert "外地示例传感厂" not in page and "走访" not in page
    page = text(own.get("/my-enterprise/"))
    assert "产业链上下游" in page and "示例镜片" in page and "/chain-firms/" not in page
    for address in ("/chain-targets/", f"/chain-targets/{target}/", "/chains/", "/chain-firms/"):
        assert own.get(address).status_code == 403


def test_another_unit_doesnt_see_who_somebody_else_brings_along(sign_in, city, at):
    drawn_in(city, at)
    target = invited(city, at, unit=city.units["开发区管委会"])
    assert sign_in("zone_staff").get(f"/chain-targets/{target}/").status_code == 200
    assert sign_in("clerk").get(f"/chain-targets/{target}/").status_code == 404
    assert "外地示例传感厂" not in text(sign_in("clerk").get("/chain-targets/"))


PAGES = ("/chains/", "/chains/gaps/", "/chains/suppliers/?need=生成的产品", "/chain-firms/",
         "/chain-targets/", "/promotion/funnel/", "/promotion/trips/")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_queries_dont_grow_with_rows(sign_in, city, at, page, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    drawn_in(city, at)
    office = sign_in("office")
    bulk_chain(city, 2, at, "甲")
    office.get(page)
    with CaptureQueriesContext(
        connection,
    ) as few:
        office.get(page)
    bulk_chain(city, 20, at, "乙")
    office.get(page)
    with CaptureQueriesContext(connection) as many:
        office.get(page)
    assert len(many) <= len(few)


def test_the_pages_speak_english(sign_in, city, at):
    key = drawn_in(city, at)
    office = sign_in("office")
    office.post("/language/", {"language": "en", "next": "/"})
    page = text(office.get(f"/chains/{key}/"))
    assert "Local matching rate" in page and "Supplies run in a circle" in page
    for own in ("本地配套率", "缺口", "供应关系"):
        assert own not in page
    assert "Who could close gaps" in text(office.get("/chains/gaps/"))
