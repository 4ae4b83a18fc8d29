"""The matching rate by the pack's definitions, and shares that don't add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from factories.chains import chain_text, drawn_in, firm_key, product_key
from luodi.chain import actions
from luodi.chain.models import Supply
from luodi.chain.queries import chain_map, definitions, supply_rows
from luodi.chain.queries.imports import import_plan
from luodi.chain.queries.rates import definition_in_words, rate_of
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete
from luodi.packs import Stack
from luodi.packs.schemas import MatchingRateRule

pytestmark = pytest.mark.django_db(databases="__all__")


def text(response) -> str:
    return response.content.decode()


def rule(**more) -> MatchingRateRule:
    return MatchingRateRule(
        key="x", owner={"body": "city", "name": "示例市"}, kind="rule", source="示例文件", title="示例",
        title_en="Example", order=1, version=1, **({"by": "value"} | more),
    )  # fmt: skip


@pytest.fixture
def buy(city, at):
    """Put down what the second firm buys of lenses: supplier, share, and from when until when."""

    def said(supplier: str, share: str, since: date | None = None, until: date | None = None):
        given = {
            "share": share,
            "value": "",
            "source": "走访",
            "since_on": since,
            "until_on": until,
        }
        actions.record_supply(
            buyer=firm_key(city, "示例光电二厂"), supplier=supplier, details=given,
            product=product_key(city, "示例镜片"), by=city.people["office"], at=at,
        )  # fmt: skip

    return said


def test_the_page_names_definition_version_and_what_the_text_states(sign_in, city, at):
    key = drawn_in(city, at)
    page = text(sign_in("office").get(f"/chains/{key}/"))
    assert "口径第 1 版" in page and "本地默认，待确认" in page and "2022-01-01 起" in page
    assert "30.00%" in page and "0.6 ÷ 2 项" in page, "by shares: 0.6 of two, the module has none"
    assert "1 项没有占比，不计入" in page
    assert "晋城经济技术开发区光机电产业 2025 年 70 %" in page and "只并列，不比较" in page
    page = text(sign_in("office").get("/chains/"))
    assert "本地配套率·按占比（%）" in page


def test_who_counts_as_local_is_the_definition_s(city, at):
    key = drawn_in(city, at)
    found = chain_map(city.key, Moment(at))

    def percent(**more) -> Decimal | None:
        return rate_of(found, key, rule(**more)).percent

    assert percent() == percent(near="city") == Decimal("50.00")
    assert percent(near="places", places=("外省示例市",)) == Decimal("100.00")
    assert percent(near="places", places=("别处",)) == Decimal("50.00")
    assert percent(near="unit") in (Decimal("0.00"), Decimal("50.00"))
    assert "别处" in definition_in_words(rule(near="places", places=("别处",)))


def test_a_pack_without_a_definition_computes_none_and_says_so(sign_in, city, at, monkeypatch):
    key = drawn_in(city, at)
    monkeypatch.setattr("luodi.chain.queries.rates.pack_of", lambda _city, _moment: Stack(()))
    assert definitions(city.key, Moment(at)) == []
    page = text(sign_in("office").get(f"/chains/{key}/"))
    assert "没有本地配套率的口径，所以不计算" in page
    assert sign_in("office").get("/chains/").status_code == 200


def test_shares_past_the_whole_are_refused_with_whose_they_are(city, at, buy):
    drawn_in(city, at)
    far = firm_key(city, "外地示例传感厂")
    with pytest.raises(Incomplete) as refused:
        buy(far, "0.01")
    said = refused.value.sentence
    assert "合计 100.01%" in said and "示例光电一厂 60%（走访）" in said and "0.01%" in said
    assert "外地示例镜片厂 40%（走访）" in said
    buy(firm_key(city, "外地示例镜片厂"), "30")
    buy(far, "10")
    assert Supply.objects.open().filter(share=1000).count() == 1
    with pytest.raises(Incomplete):
        buy("", "1")


def test_shares_of_different_times_stand_side_by_side(city, at, buy):
    drawn_in(city, at)
    local, far = firm_key(city, "示例光电一厂"), firm_key(city, "外地示例镜片厂")
    buy(far, "40", until=date(2025, 12, 31))
    buy(local, "100", since=date(2026, 1, 1))
    with pytest.raises(Incomplete):
        buy(far, "40", until=date(2026, 1, 1))


def test_an_import_refuses_the_line_that_passes_the_whole(city, at):
    drawn_in(city, at)
    head = "采购方\t供应方\t产品\t占比\t来源"
    lines = [
        "示例光电二厂\t外地示例传感厂\t示例传感器\t60\t走访",
        "示例光电二厂\t新厂甲\t示例传感器\t40\t填报",
        "示例光电二厂\t新厂乙\t示例传感器\t1\t填报",
        "示例光电二厂\t新厂甲\t示例传感器\t20\t填报",
        "示例光电二厂\t新厂丙\t示例传感器\t20\t填报",
    ]
    plan = import_plan(city.key, "示例光电链", "\n".join([head, *lines]), Moment(at))
    assert [one.what for one in plan.lines] == ["changed", "new", "refused", "changed", "new"]
    assert "合计 101%" in plan.lines[2].problem and "新厂甲 40%（填报）" in plan.lines[2].problem
    again = import_plan(city.key, "示例光电链", chain_text(), Moment(at))
    assert {one.what for one in again.lines} == {"same"}


def test_supplies_say_whether_their_shares_are_complete(sign_in, city, at, buy):
    key = drawn_in(city, at)
    buy(firm_key(city, "外地示例镜片厂"), "30")
    rows = supply_rows(chain_map(city.key, Moment(at)), city.key, Moment(at), chain=key)
    said = {(row.product, row.shares_in_words, row.shares) for row in rows}
    assert ("示例镜片", "不足，其余未知", 90) in said and ("示例传感器", "正好 100%", 100) in said
    assert ("示例模组", "", None) in said
    office = sign_in("office")
    page = text(office.get(f"/chains/{key}/supplies/?f_full=不足，其余未知"))
    assert page.count("<tr><td") == 2
    assert "1 项占比合计不足 100%，其余供应方未知" in text(office.get(f"/chains/{key}/"))
    mine = sign_in("enterprise").get("/my-chain/")
    assert "占比合计" not in text(mine)
