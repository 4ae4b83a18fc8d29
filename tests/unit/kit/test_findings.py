"""The plan checker: each check fires on its fault and is silent beside it."""

from __future__ import annotations

import pytest

from luodi.kit.compiled import compile_source
from luodi.kit.problems import Problem
from luodi.kit.readers import Source


def findings(text: str) -> dict[str, list[Problem]]:
    compiled = compile_source(Source("plan.txt", "", "txt", text, ((0, len(text)),)))
    by_code: dict[str, list[Problem]] = {}
    for one in compiled.findings:
        by_code.setdefault(one.code, []).append(one)
        assert all(0 <= start < end <= len(text) for start, end in one.spans)
    return by_code


GOOD = (
    "示例市修路工作方案\n一、重点任务\n（一）修路。2026年6月底前完成。（责任单位：市水利局）\n"
    "（二）架桥。2026年7月底前完成。（责任单位：市财政局）\n（三）植树。2026年8月底前完成。（责任单位：市水利局）\n2026年1月5日\n"
)


def test_a_sound_plan_has_no_findings() -> None:
    assert findings(GOOD) == {}


def test_a_plan_without_measures_is_told() -> None:
    assert list(findings("示例市修路工作方案\n大家都要重视修路。\n")) == ["plan.no_measure"]


def test_an_item_without_a_unit_beside_items_with_one_is_told() -> None:
    (one,) = findings(GOOD.replace("7月底前完成。（责任单位：市财政局）", "7月底前完成。"))[
        "measure.no_unit"
    ]
    assert "（二）架桥" in one.message


def test_a_plan_without_any_unit_is_told_once() -> None:
    text = GOOD.replace("（责任单位：市水利局）", "").replace("（责任单位：市财政局）", "")
    (one,) = findings(text)["measure.no_unit"]
    assert "3 项措施都没有写责任单位" in one.message


def test_missing_deadlines_are_one_finding() -> None:
    (one,) = findings(GOOD.replace("2026年7月底前完成。", ""))["measure.no_deadline"]
    assert "里有 1 项" in one.message and one.params == {"count": 1}


def test_a_deadline_before_the_date_of_issue_is_told() -> None:
    (one,) = findings(GOOD.replace("2026年6月", "2025年6月"))["deadline.past"]
    assert "2025年6月底前" in one.message and "2026-01-05" in one.message


def test_years_counted_from_nowhere_are_told() -> None:
    (one,) = findings(GOOD + "力争产值“3年500亿”，再做3年500亿。\n")["target.no_period"]
    assert len(one.spans) == 2
    assert "target.no_period" not in findings(GOOD + "从2025年起，3年500亿元。\n")


@pytest.mark.parametrize(
    "text",
    [
        "共签约项目86个，其中亿元以上项目68个，占比70.0%。",
        "签约86个，总投资358.77亿元，其中大项目68个，总投资350.48亿元，数量及投资额占比分别达到79.1%、92.7%。",
    ],
)
def test_shares_are_recomputed(text: str) -> None:
    (one,) = findings(GOOD + text + "\n")["share.contradicts"]
    assert one.severity == "error" and "÷" in one.message


@pytest.mark.parametrize(
    "text",
    [
        "共签约项目86个，其中亿元以上项目68个，占比79.1%。",
        "签约86个，总投资358.77亿元，其中大项目68个，总投资350.48亿元，数量及投资额占比分别达到79.1%、97.7%。",
        "企业由28家增长至51家，年均增长12.7%，没有写年份。",
        "企业（2015年）由28家增长至（2020年）51家，年均增长12.7%。",
        "产值由100亿元增长到110亿元，增长10%。",
        "地区生产总值由100亿元增长到110亿元，增长5%。",
        "产值由0亿元增长到110亿元，增长5%。",
        "总数0个，其中好的0个，占比5%。",
    ],
)
def test_sound_arithmetic_and_what_cannot_be_computed_pass(text: str) -> None:
    assert findings(GOOD + text + "\n") == {}


def test_growth_is_recomputed_with_its_working() -> None:
    (one,) = findings(GOOD + "2015年至2020年，企业由28家增长至51家，年均增长16.4%。\n")[
        "growth.average"
    ]
    assert "5 次方根" in one.message and "12.7%" in one.message
    (two,) = findings(GOOD + "产值由100亿元增长到110亿元，增长15%。\n")["growth.contradicts"]
    assert "10%" in two.message


def test_one_indicator_with_two_values_is_told() -> None:
    text = (
        GOOD
        + "2024年，规上工业总产值达到500亿元。\n这一年全市上下一心，各项工作都有起色，群众很满意，企业也很满意。2024年，规上工业总产值达到520亿元。\n"
    )
    (one,) = findings(text)["indicator.two_values"]
    assert "500 和 520" in one.message and len(one.spans) == 2


def test_odd_units_are_told() -> None:
    assert "万元/亩" in findings(GOOD + "平均产出达到60万/亩以上。\n")["unit.odd"][0].message


def test_organs_written_in_two_ways_are_told() -> None:
    text = GOOD.replace("市财政局）", "市市场监管局）").replace(
        "市水利局）", "市市场监督管理局）", 1
    )
    (one,) = findings(text)["organ.look_alike"]
    assert "市市场监管局" in one.message
    turned = GOOD.replace("市财政局）", "市规划和自然资源局）").replace(
        "市水利局）", "市自然资源和规划局）", 1
    )
    assert "organ.look_alike" in findings(turned)
    different = GOOD.replace("市财政局）", "市统计局）").replace("市水利局）", "市审计局）", 1)
    assert "organ.look_alike" not in findings(different)


def test_broken_numbering_is_told_and_a_new_start_is_not() -> None:
    (one,) = findings(GOOD.replace("（三）", "（四）"))["numbering.skipped"]
    assert "（四）" in one.message and "（二）" in one.message
    assert findings(GOOD.replace("（三）", "（一）")) == {}


def test_lonely_signs_are_told_and_halves_on_two_pages_are_not() -> None:
    (one,) = findings(GOOD + "推进百村百院”工程，建好路。\n")["signs.unpaired"]
    assert "”" in one.message
    (two,) = findings(GOOD + "推进（百村《百院）工程，建好路。\n")["signs.unpaired"]
    assert two.params == {"sign": "《"}
    assert findings(GOOD + "这是“甲的话。\n这是乙的话”。\n") == {}
    assert findings(GOOD + "分为1）修路，2）架桥。\n") == {}


@pytest.mark.parametrize(
    "text",
    ["基础设施方面，基础设施方面，很好。", "加快推进加快推进建设。", "很好的的路。"],
)
def test_doubled_words_are_told(text: str) -> None:
    assert "word.repeated" in findings(GOOD + text + "\n")
