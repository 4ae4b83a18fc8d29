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
    assert indicators("规模总量排全省第2位。")[0].name == "规模总量全省排名"
    assert indicators("综合实力位列全省第十二位。")[0].kind == "rank"


def test_counted_things_take_the_noun_behind() -> None:
    assert indicators("建成30个示范项目，很好。")[0].name == "建成示范项目"


def test_the_year_of_the_heading_serves_where_the_sentence_has_none() -> None:
    text = "一、2024年工作计划\n新建路网总里程30公里。\n"
    (one,) = compile_source(Source("t.txt", "", "txt", text, ((0, len(text)),))).documents
    assert (one.indicators[0].period, one.indicators[0].kind) == ("2024", "target")


def test_amounts_drop_the_growth_they_follow_and_lists_keep_their_verb() -> None:
    first, second = indicators("2025年，产值增长8%左右，力争突破500亿元。")
    assert (first.name, first.comparator, first.period) == ("产值增长", "~", "2025")
    assert (second.name, second.value, second.comparator) == ("产值", "500", ">")
    names = [one.name for one in indicators("工业投资、技改投资分别增长12%、15%。")]
    assert names == ["工业投资增长", "技改投资增长"]


def test_a_second_run_of_figures_keeps_the_names_of_the_first() -> None:
    text = "产值、税收分别由“十三五”末的5亿元、3亿元增加到“十四五”末的9亿元、4亿元。"
    found = [(one.name, one.value, one.period) for one in indicators(text)]
    assert found == [
        ("产值", "5", "2020"),
        ("税收", "3", "2020"),
        ("产值", "9", "2025"),
        ("税收", "4", "2025"),
    ]


def test_a_size_that_qualifies_a_noun_is_no_figure() -> None:
    (one,) = indicators("全年引进10亿元以上项目不少于5个。")
    assert (one.name, one.value, one.unit) == ("引进10亿元以上项目", "5", "个")


def test_the_part_of_a_whole_is_named_after_it() -> None:
    names = [one.name for one in indicators("获得科技奖22项，其中一等奖2项、二等奖7项。")]
    assert names == ["获得科技奖", "获得科技奖一等奖", "获得科技奖二等奖"]


def test_nature_is_read_behind_the_number_and_before_it() -> None:
    first, second = indicators("单位能耗下降3%（约束性）。预期性指标：粮食产量达到40万吨。")
    assert (first.nature, second.nature) == ("约束性", "预期性")


def test_since_a_year_runs_to_the_year_last_named() -> None:
    assert period_marks("2023年底，2021年以来")[-1][1] == "2021-2023"
    assert period_marks("2021年以来", "2024")[-1][1] == "2021-2024"


def test_a_table_of_indicators_gives_base_goal_growth_and_nature() -> None:
    rows = (
        "指标名称\t单位\t2020年\t2025年\t年均增速（%）\t属性\n"
        "工业增加值\t亿元\t520\t800\t9\t预期性\n能耗降低\t%\t—\t[15]\t—\t约束性\n"
        "高新企业（家）\t\t210\t≥400\t13.7\t预期性\n"
    )
    found = [
        (one.name, one.value, one.unit, one.comparator, one.period, one.kind, one.nature)
        for one in indicators(rows)
    ]
    assert found == [
        ("工业增加值", "520", "亿元", "=", "2020", "actual", "预期性"),
        ("工业增加值", "800", "亿元", "=", "2025", "target", "预期性"),
        ("工业增加值年均增长", "9", "%", "=", "2020-2025", "target", "预期性"),
        ("能耗降低", "15", "%", "=", "2025", "target", "约束性"),
        ("高新企业", "210", "家", "=", "2020", "actual", "预期性"),
        ("高新企业", "400", "家", ">=", "2025", "target", "预期性"),
        ("高新企业年均增长", "13.7", "%", "=", "2020-2025", "target", "预期性"),
    ]


def test_a_table_of_places_gives_each_place_its_values_and_ranks() -> None:
    rows = (
        "表1 2024年示例省各市工业增加值及排名\n城市\t工业增加值（亿元）\t排名\t增速（%）\n"
        "青河市\t1,200.5\t1\t-3.5\n云岭市\t980\t2\t—\n"
    )
    found = [
        (one.entity, one.name, one.value, one.unit, one.period, one.kind)
        for one in indicators(rows)
    ]
    assert found == [
        ("青河市", "工业增加值", "1200.5", "亿元", "2024", "actual"),
        ("青河市", "工业增加值排名", "1", "位", "2024", "rank"),
        ("青河市", "工业增加值增速", "-3.5", "%", "2024", "actual"),
        ("云岭市", "工业增加值", "980", "亿元", "2024", "actual"),
        ("云岭市", "工业增加值排名", "2", "位", "2024", "rank"),
    ]


def test_units_beside_the_number_come_before_those_of_the_head() -> None:
    rows = (
        "指标\t2020年现状\t2025年目标\n工业产值\t220亿\t≥1200亿\n绿色工厂\t2家\t年均增长18%\n"
        "重点实验室\t1\t3\n项目/平台/基地\t0/0/0\t—\n"
    )
    found = [(one.name, one.value, one.unit, one.comparator, one.kind) for one in indicators(rows)]
    assert found == [
        ("工业产值", "220", "亿元", "=", "actual"),
        ("工业产值", "1200", "亿元", ">=", "target"),
        ("绿色工厂", "2", "家", "=", "actual"),
        ("绿色工厂", "18", "%", "=", "target"),
        ("重点实验室", "1", "个", "=", "actual"),
        ("重点实验室", "3", "个", "=", "target"),
    ]
