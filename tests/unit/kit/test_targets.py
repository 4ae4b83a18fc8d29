"""Targets: numbers with units, comparators, periods and names."""

from __future__ import annotations

import pytest

from luodi.kit.compiled import compile_source
from luodi.kit.readers import Source
from luodi.kit.targets import Indicator, figures_in, period_before, period_marks


def indicators(text: str) -> tuple[Indicator, ...]:
    whole = f"一、现状\n{text}\n"
    (one,) = compile_source(Source("t.txt", "", "txt", whole, ((0, len(whole)),))).documents
    return one.indicators


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("产值500亿", "500", "亿元", "="), ("产值达到1,200亿元以上", "1200", "亿元", ">="), ("占比不低于35%", "35", "%", ">="),
        ("降幅控制在3%以内", "3", "%", "<="), ("企业超过20家", "20", "家", ">"), ("库容约6万吨", "6", "万吨", "~"),
        ("提高2.5个百分点", "2.5", "个百分点", "="), ("产出60万元/亩", "60", "万元/亩", "="), ("面积不超过9平方公里", "9", "平方公里", "<="),
        ("费用低于5万元", "5", "万元", "<"), ("提高2百分点", "2", "个百分点", "="),
    ],
)  # fmt: skip
def test_figures_have_value_unit_and_comparator(
    text: str, value: str, unit: str, comparator: str
) -> None:
    (one,) = figures_in(text)
    assert (one.value, one.unit, one.comparator) == (value, unit, comparator)


def test_ranges_years_and_labels() -> None:
    (one,) = figures_in("培育3-5家企业")
    assert (one.value, one.value_to) == ("3", "5")
    assert figures_in("2025年第3次") == []


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023年", "2023"), ("2021-2025年", "2021-2025"), ("“十三五”末", "2020"), ("“十四五”期间", "2021-2025"),
        ("“十四五”初", "2020"), ("“3年500亿", "3年"),
    ],
)  # fmt: skip
def test_periods(text: str, period: str) -> None:
    assert period_marks(text)[-1][1] == period


def test_no_period_is_an_empty_one() -> None:
    assert period_before(period_marks("十一五以前"), 0) == ""
    assert period_marks("今年 2023 件") == []


def test_names_come_from_the_clause_and_carry_on() -> None:
    first, second = indicators("2023年，全市规上工业总产值达到500亿元，同比增长8%。")
    assert (first.entity, first.name) == ("全市", "规上工业总产值")
    assert (first.period, first.kind) == ("2023", "actual")
    assert (second.entity, second.name) == ("全市", "规上工业总产值同比增长")


def test_respective_lists_pair_names_and_values() -> None:
    first, second = indicators("授信额、投放额分别达到130.4亿元、83.6亿元。")
    assert (first.name, first.value, second.name, second.value) == (
        "授信额",
        "130.4",
        "投放额",
        "83.6",
    )
    assert indicators("甲和乙分别走了两条路，共修路3公里。")[0].value == "3"
    assert indicators("甲路分别达到3公里。")[0].value == "3"


def test_goals_are_targets_and_ranks_are_ranks() -> None:
    assert indicators("力争新建标准厂房30万平方米。")[0].kind == "target"
    assert indicators("规模总量排全省第2位。")[:1] == ()
    assert indicators("综合实力位列全省第十2位。")[0].kind == "rank"


def test_counted_things_take_the_noun_behind() -> None:
    assert indicators("建成30个示范项目，很好。")[0].name == "建成示范项目"


def test_the_year_of_the_heading_serves_where_the_sentence_has_none() -> None:
    text = "一、2024年工作计划\n新建路网总里程30公里。\n"
    (one,) = compile_source(Source("t.txt", "", "txt", text, ((0, len(text)),))).documents
    assert (one.indicators[0].period, one.indicators[0].kind) == ("2024", "target")
