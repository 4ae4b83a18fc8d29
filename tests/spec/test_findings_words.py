"""The plan checker on wording, duties and targets: what must be found, and near misses."""

from __future__ import annotations

import pytest

from luodi.kit.compiled import compile_source
from luodi.kit.problems import Problem
from luodi.kit.readers import Source


def findings(text: str) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for one in compile_source(Source("a.txt", "", "txt", text, ((0, len(text)),))).findings:
        found.setdefault(one.code, []).append(one)
        assert all(0 <= start < end <= len(text) for start, end in one.spans)
    return found


PLAN = (
    "示例市河道整治工作方案（2026—2028年）\n一、总体要求\n统筹治理全市河道。\n{before}\n二、重点任务\n"
    "（一）疏浚河道。疏浚青河30公里，2026年6月底前完成。（责任单位：市水利局）\n"
    "（二）修建堤防。修建堤防12公里，2027年6月底前完成。（责任单位：市住房城乡建设局）\n"
    "{measures}三、保障措施\n{text}\n示例市人民政府\n2026年1月5日\n"
)


def plan(
    text: str = "加强组织领导。", measures: str = "", before: str = ""
) -> dict[str, list[Problem]]:
    return findings(PLAN.format(text=text, measures=measures, before=before))


def test_a_sound_plan_has_none() -> None:
    assert plan() == {}


TEXT_FIRES = {
    "ocr.look_alike": [
        "力口快建设步伐。", "规上王业企业30家。", "100豫完成。", "N0.6基地。", "己经建成。", "投人资金3亿元。",
        "选拨干部。", "扩大竟争优势。", "打牢政冶基础。", "活力充分进发。", "项日建设提速。", "规则and标准。",
        "若千措施。", "改善王艺制程。", "年底前完成项目建没。",
    ],
    "signs.doubled": ["修好路，，架好桥。", "修好路。，架好桥。", "修好路、、架好桥。"],
    "word.repeated": ["加快推进加快推进建设。", "产业集聚集聚发展。", "有力的的保障。"],
    "numbering.skipped": ["一是修路，二是架桥，四是植树。"],
    "numbering.duplicated": ["一是修路，二是架桥，二是植树。"],
    "date.invalid": ["2026年6月31日前完成。"],
    "reference.missing": ["任务分解见附件3。", "具体目标见表6。"],
    "abbreviation.two_bodies": [
        "示例经济技术开发区（以下简称“示范区”）加快建设。青河农业高新区（以下简称“示范区”）同步推进。"
    ],
    "signs.mixed_width": ["修好路,架好桥，植好树，管好河，看好岸，通好水。"],
}  # fmt: skip
TEXT_SILENT = {
    "ocr.look_alike": [
        "劳动力口径一致。", "河南豫北地区。", "回收人员名单。", "投入资金。", "三千部手机。", "自己经营。",
        "国土空间。", "当前日前。", "之间题材丰富。", "CO2排放。", "实干家。", "中介人的责任。",
    ],
    "signs.doubled": ["还要……。", "“路”、“桥”。"],
    "word.repeated": ["研究研究再定。", "的的确确。", "企业企业所得税。", "要实实在在办事。"],
    "numbering.skipped": ["一是修路，二是架桥，三是植树。", "一是修路。一是架桥。"],
    "date.invalid": ["2028年2月29日前完成。"],
    "reference.missing": ["报表2份。", "发表3篇论文。"],
    "abbreviation.two_bodies": ["青河农业高新区（以下简称“高新区”），示例开发区（以下简称“示范区”）。"],
    "signs.mixed_width": ["长度为1,200米。"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in TEXT_FIRES.items() for text in texts]
)
def test_faults_of_writing_are_found(code: str, text: str) -> None:
    assert code in plan(text)


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in TEXT_SILENT.items() for text in texts]
)
def test_sound_writing_is_left_alone(code: str, text: str) -> None:
    assert code not in plan(text)


def test_numbers_of_measures_skip_repeat_or_start_wrongly() -> None:
    third = "（三）植树。植树2000棵，2026年8月底前完成。（责任单位：市林业局）\n"
    assert plan(measures=third) == {}
    assert "numbering.skipped" in plan(measures=third.replace("（三）", "（四）"))
    assert "numbering.duplicated" in plan(measures=third.replace("（三）", "（二）"))


def test_two_leads_and_a_lead_that_also_helps() -> None:
    note = "（三）植树。植树2000棵，2026年8月底前完成。（牵头单位：{}；配合单位：{}）\n"
    assert plan(measures=note.format("市林业局", "市财政局")).keys() <= {"measure.no_unit"}
    (one,) = plan(measures=note.format("市林业局、市水利局", "市财政局"))["lead.two"]
    assert "市林业局、市水利局" in one.message
    (two,) = plan(measures=note.format("市林业局", "市财政局、市林业局"))["lead.also_cooperates"]
    assert "市林业局" in two.message


def test_units_that_nobody_can_assign() -> None:
    third = "（三）植树。植树2000棵，2026年8月底前完成。（责任单位：各有关部门）\n"
    assert "organ.unknown" in plan(measures=third)
    assert "organ.unknown" not in plan(measures=third.replace("各有关部门", "市林业局、各有关部门"))


def test_vague_words_are_no_measure() -> None:
    third = "（三）做好宣传。积极推进相关工作，进一步加强管理。（责任单位：市林业局）\n"
    assert "measure.vague" in plan(measures=third)
    sound = third.replace("积极推进相关工作", "在青河两岸设置警示牌")
    assert "measure.vague" not in plan(measures=sound)


def test_a_measure_written_twice() -> None:
    again = "（三）疏浚河道。疏浚青河30公里，2026年6月底前完成。（责任单位：市水利局）\n"
    assert "measure.twice" in plan(measures=again)


def test_deadlines_outside_the_years_of_the_plan() -> None:
    late = "（三）植树。植树2000棵，2031年8月底前完成。（责任单位：市林业局）\n"
    (one,) = plan(measures=late)["deadline.outside_plan"]
    assert "2031年" in one.message and "2026—2028" in one.message


def test_goal_years_before_the_plan_begins() -> None:
    (one,) = plan(before="力争到2025年，河道整治率达到80%。")["period.outside_plan"]
    assert "2025" in one.message
    assert "period.outside_plan" not in plan(before="力争到2028年，河道整治率达到80%。")
    assert "period.outside_plan" not in plan(before="“十四五”期间，到2025年河道整治率达到80%。")


def test_one_county_named_among_collective_bodies() -> None:
    all_of = "（三）植树。植树20棵，2026年8月底前完成。（责任单位：各县（市、区）人民政府）\n"
    more = all_of.replace("（三）植树", "（四）护岸") + all_of.replace("（三）植树", "（五）清障")
    once = "（六）造林。造林20亩，2026年8月底前完成。（责任单位：青河县人民政府）\n"
    assert "organ.named_once" in plan(measures=all_of + more + once)
    assert "organ.named_once" not in plan(measures=all_of + more)


GOALS = (
    "示例市发展规划（2026—2030年）\n第一章 目标\n表1 主要指标\n"
    "指标\t2025年现状\t2030年目标\n"
    "产业集群产值（亿元）\t220\t1200\n光电产值（亿元）\t150.8\t1000\n煤机产值（亿元）\t30.8\t100\n"
    "新能源产值（亿元）\t15.1\t50\n铸件产值（亿元）\t10.9\t50\n绿色工厂（家）\t5\t8\n"
)


def test_targets_beside_their_base() -> None:
    found = findings(GOALS)
    (one,) = found["target.no_residual"]
    assert "1000 + 100 + 50 + 50 = 1200" in one.message and "12.4" in one.message
    assert "target.reached" in findings(GOALS.replace("（家）\t5\t8", "（家）\t5\t5"))
    assert "target.weaker" in findings(GOALS.replace("（家）\t5\t8", "（家）\t5\t4"))
    assert "target.no_base" in findings(GOALS.replace("（家）\t5\t8", "（家）\t—\t8"))
    left = findings(GOALS.replace("50\n铸件", "40\n铸件"))
    assert not {"target.no_residual", "target.weaker", "target.reached"} & left.keys()


def test_a_falling_indicator_gets_better_by_falling() -> None:
    falls = GOALS + "单位能耗\t5.2\t4.8\n"
    assert "target.weaker" not in findings(falls)
    assert "target.weaker" in findings(falls.replace("4.8", "5.8"))


def test_one_target_with_two_values() -> None:
    text = (
        "示例市发展规划\n一、主要目标\n到2030年，全市数字经济核心产业增加值达到300亿元。{}\n"
        "二、重点任务\n做强数字产业，带动上下游企业协同发展，培育新的增长点。到2030年，全市数字经济核心产业增加值达到{}亿元。\n"
    )
    (one,) = findings(text.format("", 350))["target.two_values"]
    assert "300亿元 和 350亿元" in one.message
    assert "target.two_values" not in findings(text.format("", 300))


def test_targets_of_different_strength() -> None:
    text = "示例市报告\n“3年500亿”产值如期实现，加快迈向“5年1000亿”目标。\n力争未来3年产值年均增速达到{}%以上。\n"
    (one,) = findings(text.format(70))["target.two_strengths"]
    assert "2.89 倍" in one.message and "2.00 倍" in one.message
    assert "target.two_strengths" not in findings(text.format(40))


def test_a_title_below_its_table_and_a_number_of_another_year() -> None:
    rows = "县区\t人口\t面积\n青河区\t10\t20\n白石县\t30\t40\n"
    text = "示例市报告\n一、情况\n{}表1 各县区情况\n各县区情况如上。\n"
    assert "table.title_after" in findings(text.format(rows))
    assert "table.title_after" not in findings("示例市报告\n一、情况\n表1 各县区情况\n" + rows)
    old = "示例市人民政府文件\n示政发〔2024〕5号\n" + PLAN.format(
        text="好。", measures="", before=""
    )
    assert "number.year" in findings(old)
    assert "number.year" not in findings(old.replace("2024", "2026"))
