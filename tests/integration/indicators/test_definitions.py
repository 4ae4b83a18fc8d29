"""The dictionary: entering, revising with a reason, taking what the packs say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luodi.audit.queries import moment_at, verify
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotFound
from luodi.indicators.actions import (
    adopt_pack_indicators,
    enter_indicator,
    revise_definition,
)
from luodi.indicators.models import Definition
from luodi.indicators.queries import declarations, definitions_by_key, proposals, versions_by_key
from luodi.indicators.queries.books import breaks_of, joined_since
from luodi.indicators.rules import break_between, version_for
from luodi.orgs.actions import enter_city
from luodi.orgs.models import UnitState
from luodi.packs import resolve

FIELDS = {
    "name": "研发投入强度", "measured_in": "%", "scale": 2, "purpose": "statistics",
    "meaning": "研发经费与营业收入之比", "counts": "year_to_date",
}  # fmt: skip


@pytest.fixture
def who(city, at):
    return {"by": city.people["statistician"], "at": at}


@pytest.fixture
def entered(city, who) -> Definition:
    return enter_indicator(city=city.key, fields=FIELDS, **who)


def revised(row, who, at, why="统计制度修订", **fields):
    return revise_definition(
        indicator=row.indicator_id, seen=row.pk, fields=fields_of(row) | fields, by=who["by"],
        at=at, why=why,
    )  # fmt: skip


def fields_of(row):
    return {name: getattr(row, name) for name in FIELDS}


def test_months_and_prices_are_part_of_a_definition(city, who):
    with pytest.raises(Incomplete, match="1—2月"):
        enter_indicator(
            city=city.key, fields=FIELDS | {"combined": True, "measure": "stock"}, **who
        )
    with pytest.raises(Incomplete, match="可比价"):
        enter_indicator(city=city.key, fields=FIELDS | {"growth_by": "x"}, **who)
    fields = FIELDS | {"name": "增加值", "measured_in": "亿元", "counts": "in_period"}
    fields |= {"combined": True, "prices": "comparable", "growth_by": "vag"}
    row = enter_indicator(city=city.key, fields=fields, **who)
    (one,) = declarations(city.key, Moment(who["at"]))
    assert (one.combined, one.prices, one.growth_by) == (True, "comparable", "vag")
    assert one.combined_since is None and row.combined


def test_months_joined_from_a_period_on_compare_with_none_before(city, who, at):
    fields = FIELDS | {"measured_in": "亿元", "counts": "in_period"}
    row = enter_indicator(city=city.key, fields=fields, **who)
    revise_definition(
        indicator=row.indicator_id, seen=row.pk, why="改为合并报", by=who["by"], at=at,
        fields=fields | {"combined": True, "valid_from": "2026-01"},
    )  # fmt: skip
    versions = versions_by_key([row.indicator_id], Moment(at))[row.indicator_id]
    assert [p.key for p in breaks_of(versions)] == ["2026-01"]
    assert joined_since(versions).key == "2026-01" and joined_since(versions[:1]) is None


def test_a_revision_stands_beside_the_old_version_with_its_reason(entered, who, at):
    later = at + timedelta(days=9)
    revised(entered, who, later, meaning="研发经费与主营业务收入之比", valid_from="2026-04")
    key = entered.indicator_id
    first, second = versions_by_key([key], Moment(later))[key]
    assert (first.meaning, second.meaning) == (FIELDS["meaning"], "研发经费与主营业务收入之比")
    assert second.since.why == "统计制度修订"
    assert version_for([first, second], "2026-03") == first
    assert version_for([first, second], "2026-04") == second
    known_then = definitions_by_key([key], moment_at(first.since_id))
    assert known_then[key].meaning == FIELDS["meaning"]
    assert not verify().breaks


def test_a_break_parts_the_periods_on_both_sides_of_it(entered, who, at):
    revised(entered, who, at, valid_from="2026", comparable=False)
    versions = versions_by_key([entered.indicator_id], Moment(at))[entered.indicator_id]
    assert break_between(versions, "2025-06", "2026-06") == versions[1]
    assert break_between(versions, "2026-06", "2025-06") == versions[1]
    assert break_between(versions, "2026-01", "2026-06") is None
    assert break_between(versions, "2024-01", "2025-06") is None


@pytest.mark.parametrize(
    ("fields", "why", "sentence"),
    [
        ({"meaning": "改"}, " ", "请写明修订的原因"),
        ({}, "再看一遍", "没有改动"),
        ({"measured_in": "亿元"}, "换单位", "计量单位和用途不能修改"),
        ({"purpose": "dispatch"}, "换用途", "计量单位和用途不能修改"),
        ({"valid_from": "去年"}, "改起始", "“去年”不是时期"),
        ({"numerator": "研发经费"}, "写分子", "分子与分母须一并写明"),
        ({"name": " "}, "去名", "请写明指标名称"),
    ],
)
def test_what_a_revision_may_not_do_is_said(entered, who, at, fields, why, sentence):
    with pytest.raises(Incomplete, match=sentence):
        revised(entered, who, at, why, **fields)
    assert Definition.objects.count() == 1


def test_of_two_who_revise_the_second_is_told(entered, who, at):
    revised(entered, who, at, meaning="甲")
    with pytest.raises(Conflict, match="别人刚刚修订过"):
        revised(entered, who, at, meaning="乙")
    entered.indicator_id = "nothing"
    with pytest.raises(NotFound):
        revised(entered, who, at, meaning="乙")


def test_one_name_has_one_indicator_for_a_purpose(entered, city, who):
    with pytest.raises(Conflict, match="请修订原来的指标"):
        enter_indicator(city=city.key, fields=FIELDS, **who)
    other = enter_indicator(city=city.key, fields={**FIELDS, "purpose": "dispatch"}, **who)
    assert other.indicator_id != entered.indicator_id


@pytest.fixture
def parts(city, who):
    """Two amounts and a number of people, to write formulas over; their codes by name."""
    made = [
        enter_indicator(city=city.key, fields=FIELDS | {"name": name, "measured_in": unit}, **who)
        for name, unit in (("研发经费", "亿元"), ("营业收入", "万元"), ("研发人员", "人"))
    ]
    rows = Definition.objects.select_related("indicator")
    return {row.name: row.indicator.code for row in rows.filter(pk__in=[one.pk for one in made])}


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        ("ratio({研发经费}, [没有的])", "没有指标“没有的”"),
        ("{研发经费} + {研发人员}", "不是同类的量"),
        ("ratio({研发经费}, {研发人员})", "不能以“%”为单位"),
        ("ratio({研发经费}", "公式没有写完"),
        ("share([研发投入强度|statistics|%], {研发经费})", "成环|不是|比重"),
    ],
)
def test_a_formula_that_cant_run_is_refused_in_words(parts, city, who, formula, sentence):
    text = formula.format(**{name: f"[{code}]" for name, code in parts.items()})
    with pytest.raises(Incomplete, match=f"公式有误：.*({sentence})"):
        enter_indicator(city=city.key, fields=FIELDS | {"formula": text}, **who)


def test_a_formula_rests_on_its_parts_and_they_may_not_leave_it(parts, city, who, at):
    text = f"ratio([{parts['研发经费']}], [{parts['营业收入']}])"
    made = enter_indicator(city=city.key, fields=FIELDS | {"formula": text}, **who)
    assert made.formula == text
    part = Definition.objects.get(name="研发经费")
    with pytest.raises(Incomplete, match="成环"):
        revised(part, who, at, formula="ratio([研发投入强度|statistics|%], 2)")
    revised(part, who, at, meaning="只改说明")
    assert [one.key for one in declarations(city.key, Moment(at)) if one.formula] == [
        "研发投入强度|statistics|%"
    ]


def test_the_packs_indicators_are_taken_once_and_a_changed_rule_is_shown(city, who, at):
    moment = Moment(at)
    offered = proposals(city.key, moment)
    assert {one.state for one in offered} == {"new"} and len(offered) > 5
    code = offered[0].code
    assert adopt_pack_indicators(city=city.key, codes=[code], **who) == [code]
    rest = adopt_pack_indicators(city=city.key, **who)
    assert len(rest) == len(offered) - 1
    assert {one.state for one in proposals(city.key, moment)} == {"same"}
    row = Definition.objects.select_related("indicator").get(indicator__code=code)
    assert row.name == offered[0].name and row.counts == offered[0].last["counts"]
    revise_definition(
        indicator=row.indicator_id, seen=row.pk, fields={"name": row.name, "measured_in":
        row.measured_in, "meaning": "本地改写"}, why="本地口径", **who,
    )  # fmt: skip
    assert proposals(city.key, moment)[0].state == "changed"
    adopt_pack_indicators(city=city.key, codes=[code], **who)
    assert proposals(city.key, moment)[0].state == "same"
    assert Definition.objects.filter(indicator=row.indicator_id).count() == 3
    assert not verify().breaks


def test_a_packs_rule_answers_by_a_unit_of_the_city(db, at):
    enter_city(stack=resolve("jincheng"), by="system:test", at=at)
    adopt_pack_indicators(city="jincheng", by="system:test", at=at)
    answering = set(Definition.objects.open().values_list("answers", flat=True)) - {""}
    names = {row.of_id: row.name for row in UnitState.objects.open()}
    assert "晋城市统计局" in {names[key] for key in answering}


def test_the_statistician_enters_and_revises_in_the_browser(city, sign_in):
    client = sign_in("statistician")
    posted = {
        "name": "亩均税收", "measured_in": "万元", "scale": "2", "purpose": "dispatch",
        "period_kind": "year", "measure": "flow", "counts": "in_period", "direction": "up",
        "over_units": "none", "answers": city.units["市工信局"], "meaning": "税收除以占地",
    }  # fmt: skip
    assert client.get("/indicators/new/").status_code == 200
    page = client.post("/indicators/new/", posted, follow=True).content.decode()
    assert "已登记指标 亩均税收" in page and "市工信局" in page
    again = client.post("/indicators/new/", posted)
    assert again.status_code == 422 and "请修订原来的指标" in again.content.decode()
    row = Definition.objects.get(name="亩均税收")
    address = f"/indicators/{row.indicator_id}/revise/"
    assert "税收除以占地" in client.get(address).content.decode()
    posted |= {"meaning": "税收除以登记占地", "why": "与自然资源部门一致", "seen": row.pk}
    posted |= {"comparable": "", "valid_from": "2027"}
    page = client.post(address, posted, follow=True).content.decode()
    assert "与自然资源部门一致" in page and "第 2 版" in page and "与此前不可比" in page
    stale = client.post(address, posted)
    assert stale.status_code == 422 and "别人刚刚修订过" in stale.content.decode()


def test_the_statistician_takes_the_packs_indicators_in_the_browser(city, sign_in):
    client = sign_in("statistician")
    page = client.get("/indicators/pack/").content.decode()
    assert "招商签约额" in page and "尚未采用" in page
    chosen = ["signed-investment", "signed-projects"]
    page = client.post("/indicators/pack/", {"selected": chosen}, follow=True).content.decode()
    assert "已采用 2 个指标的定义" in page
    assert client.get("/indicators/pack/?export=xlsx").status_code == 200
    listed = sign_in("clerk").get("/indicators/").content.decode()
    assert "招商签约额" in listed and "本年累计" in listed
