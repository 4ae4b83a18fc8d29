"""The plan checker on tables: inside one, between two, and against the text."""

from __future__ import annotations

from luodi.kit.compiled import compile_source
from luodi.kit.problems import Problem
from luodi.kit.readers import Source


def findings(text: str) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for one in compile_source(Source("a.txt", "", "txt", text, ((0, len(text)),))).findings:
        found.setdefault(one.code, []).append(one)
        assert all(0 <= start < end <= len(text) for start, end in one.spans)
    return found


def table(title: str, *rows: str) -> str:
    return title + "\n" + "\n".join(row.replace(" ", "\t") for row in rows) + "\n"


OPENING = "示例市开放合作发展规划\n第一章 基础\n"
GDP = table(
    "表1 2023年各县区GDP情况",
    "县区 GDP（亿元） 排名",
    "青河区 412.5 1",
    "白石县 300.2 2",
    "东岭县 211.0 3",
    "南川县 98.6 4",
    "示例市 1022.3 5",
)
PEOPLE = table(
    "表2 2023年各县区人口",
    "县区 常住人口（万人） 城镇人口（万人） 城镇化率（%）",
    "青河区 60.0 45.0 75.0",
    "白石县 50.0 25.0 50.0",
    "东岭县 40.0 20.0 50.0",
    "南川县 30.0 12.0 40.0",
)
RESEARCH = table(
    "表3 2023年各县区R&D支出",
    "县区 R&D支出（万元） 排名",
    "青河区 82500 1",
    "白石县 30020 2",
    "东岭县 21100 3",
    "南川县 4930 4",
)
SUMS = table(
    "表4 2023年各县区投资",
    "县区 投资（亿元） 项目（个）",
    "青河区 12.5 10",
    "白石县 10.2 20",
    "东岭县 7.1 30",
    "合计 29.8 60",
)


def test_sound_tables_have_no_findings() -> None:
    found = findings(OPENING + PEOPLE + RESEARCH + SUMS)
    assert not [code for code, many in found.items() if many[0].severity == "error"]


def test_a_total_row_is_added_up() -> None:
    (one,) = findings(OPENING + SUMS.replace("29.8", "31.8"))["table.sum"]
    assert one.severity == "error" and "12.5 + 10.2 + 7.1 = 29.8" in one.message
    rounded = SUMS.replace("29.8", "29.9")
    assert "table.sum" not in findings(OPENING + rounded)
    within = SUMS.replace("东岭县", "其中：东岭县").replace("29.8", "22.7")
    assert "table.sum" not in findings(OPENING + within)


def test_a_total_column_is_added_up() -> None:
    rows = [
        "县区 一季度（亿元） 二季度（亿元） 合计（亿元）",
        "青河区 1.5 2.5 4.0",
        "白石县 3.0 4.0 8.0",
    ]
    (one,) = findings(OPENING + table("表1 投资", *rows))["table.sum"]
    assert "3.0 + 4.0 = 7.0" in one.message


def test_ranks_follow_the_values() -> None:
    sound = GDP.replace("示例市 1022.3 5\n".replace(" ", "\t"), "")
    assert "rank.contradicts" not in findings(OPENING + sound)
    wrong = sound.replace("300.2\t2", "300.2\t3").replace("211.0\t3", "211.0\t2")
    found = findings(OPENING + wrong).get("rank.contradicts", [])
    assert not found or all(one.severity == "error" for one in found)
    last = sound.replace("98.6\t4", "98.6\t3")
    (one,) = findings(OPENING + last)["rank.contradicts"]
    assert "南川县" in one.message and "排第 4" in one.message


def test_equal_values_may_share_a_rank() -> None:
    rows = ["县区 得分（分） 排名", "甲县 90 1", "乙县 88 2", "丙县 88 2", "丁县 70 4"]
    assert "rank.contradicts" not in findings(OPENING + table("表1 2023年得分", *rows))
    turned = [row.replace("88 2", "88 3") if "丙" in row else row for row in rows]
    assert "rank.contradicts" not in findings(OPENING + table("表1 2023年得分", *turned))


def test_ratios_are_recomputed_from_two_columns() -> None:
    (one,) = findings(OPENING + PEOPLE.replace("45.0\t75.0", "45.0\t78.0"))["table.ratio"]
    assert "45.0万人 ÷ 60.0万人 = 75.0%" in one.message


def test_a_ratio_in_the_text_is_recomputed_from_two_tables() -> None:
    text = OPENING + "2023年，青河区R&D经费投入强度达到2.00%。\n" + GDP + RESEARCH
    assert "text.against_table" not in findings(text)
    (one,) = findings(text.replace("2.00%", "2.12%"))["text.against_table"]
    assert one.severity == "error" and "= 2.00%" in one.message and len(one.spans) == 3


def test_a_value_in_the_text_is_compared_with_its_cell() -> None:
    text = OPENING + "2023年，青河区常住人口达到60.0万人。\n" + PEOPLE
    assert "text.against_table" not in findings(text)
    (one,) = findings(text.replace("达到60.0", "达到63.0"))["text.against_table"]
    assert one.severity == "error" and "60.0万人" in one.message


def test_two_tables_with_two_values_of_one_thing() -> None:
    again = PEOPLE.replace("表2", "表5").replace("60.0\t45.0", "61.0\t45.0")
    (one,) = findings(OPENING + PEOPLE + again)["table.against_table"]
    assert "60.0万人" in one.message and "61.0万人" in one.message
    assert "table.against_table" not in findings(OPENING + PEOPLE + PEOPLE.replace("表2", "表5"))


def test_a_row_that_one_of_several_parallel_tables_lacks() -> None:
    lacking = RESEARCH.replace("东岭县\t21100\t3\n", "").replace("南川县", "西陵县")
    more = table("表6 2023年各县区收入", "县区 收入（元） 备注", *[f"{x} 20000 无" for x in ROWS])
    most = table("表7 2023年各县区支出", "县区 支出（元） 备注", *[f"{x} 10000 无" for x in ROWS])
    few = table(
        "表8 2023年各县区用电", "县区 用电（元） 备注", *[f"{x} 10000 无" for x in ROWS[1:]]
    )
    assert "table.row_missing" not in findings(OPENING + more + most + lacking)
    (one,) = findings(OPENING + more + most + few)["table.row_missing"]
    assert "青河" in one.message
    turned = table(
        "表8 2023年各县区用电", "县区 用电（元） 备注", *[f"{x} 10000 无" for x in ROWS[::-1]]
    )
    assert "table.row_missing" not in findings(OPENING + more + most + turned)


ROWS = ["青河区", "白石县", "东岭县", "南川县", "西陵县", "北泉县", "中原县"]


def test_a_head_in_the_wrong_unit_is_proven_by_two_other_columns() -> None:
    rows = ["县区 人均GDP（万元） 排名", "青河区 68750 1", "白石县 60040 2"]
    head = table("表4 2023年各县区人均GDP", *rows)
    (one,) = findings(OPENING + head)["unit.magnitude"]
    assert one.severity == "error" and "60040" in one.message
    (two,) = findings(OPENING + GDP + PEOPLE + head)["unit.magnitude"]
    assert "÷" in two.message and "2 个值" in two.message
    assert "unit.magnitude" not in findings(OPENING + head.replace("万元", "元"))


def test_values_per_head_leave_room_for_the_average_of_the_year() -> None:
    rows = ["县区 人均GDP（元） 排名", "青河区 70000 2", "白石县 90000 1"]
    (one,) = findings(OPENING + GDP + PEOPLE + table("表4 2023年人均GDP", *rows))[
        "per_capita.contradicts"
    ]
    assert "白石县" in one.message and one.severity == "error"


def test_growth_and_share_columns_are_recomputed() -> None:
    rows = [
        "县区 2022年投资（亿元） 2023年投资（亿元） 同比增长（%）",
        "青河区 10.0 12.0 20.0",
        "白石县 10.0 12.0 30.0",
    ]
    (one,) = findings(OPENING + table("表1 投资", *rows))["table.ratio"]
    assert "白石县" in one.message
    rows = [
        "县区 投资（亿元） 占比（%）",
        "青河区 10.0 25.0",
        "白石县 8.0 20.0",
        "东岭县 12.0 30.0",
        "南川县 10.0 35.0",
        "合计 40.0 100",
    ]
    (two,) = findings(OPENING + table("表1 投资", *rows))["table.ratio"]
    assert "10.0 ÷ 40.0 = 25.0%" in two.message


def test_a_row_with_another_number_of_cells_is_told() -> None:
    (one,) = findings(OPENING + SUMS.replace("白石县\t10.2\t20", "白石县\t10.2"))["table.row_width"]
    assert "白石县" in one.message


def test_a_rank_in_the_text_is_compared_in_its_own_field_only() -> None:
    rows = ["城市 GDP（亿元） 排名", "甲市 400 1", "乙市 300 2", "示例市 200 3", "丁市 100 4"]
    field = table("表1 2023年青河流域城市群GDP", *rows)
    text = "2023年，示例市GDP在青河流域城市群排名第{}位。\n"
    assert "rank.contradicts" not in findings(OPENING + text.format(3) + field)
    (one,) = findings(OPENING + text.format(2) + field)["rank.contradicts"]
    assert "第 2 位" in one.message and "第 3 位" in one.message
    other = "2023年，示例市GDP在全省排名第2位。\n"
    assert "rank.contradicts" not in findings(OPENING + other + field)


def test_a_rate_that_most_rows_show_is_held_against_the_others() -> None:
    rows = [
        "年份 投资（亿元） 技改（亿元） 技改占比（%）",
        "2021年 42.6 18.3 43.0",
        "2022年 48.5 21.4 44.1",
        "2023年 55.2 25.6 46.4",
        "2024年 61.8 29.7 58.1",
    ]
    (one,) = findings(OPENING + table("表1 投资情况", *rows))["table.ratio"]
    assert "29.7 ÷ 61.8 = 48.1%" in one.message
    rows[4] = "2024年 61.8 29.7 48.1"
    assert "table.ratio" not in findings(OPENING + table("表1 投资情况", *rows))


AIMS = table(
    "表5 主要指标",
    "序号 指标 单位 2025年 2030年 年均增长（%） 属性",
    "1 规模以上企业 家 160 210 5.6 预期性",
    "2 地区生产总值 亿元 420 600 6.0 预期性",
    "3 高新技术企业 家 75 150 14.9 预期性",
    "4 数字经济规模 亿元 96.5 200 15.7 预期性",
    "5 网络零售额 亿元 12.6 35 22.7 预期性",
)


def test_average_growth_of_a_row_is_recomputed_unless_prices_are_comparable() -> None:
    assert "table.ratio" not in findings(OPENING + AIMS)
    (one,) = findings(OPENING + AIMS.replace("14.9", "16.9"))["table.ratio"]
    assert "（150 ÷ 75）的 5 次方根 − 1 = 14.9%" in one.message


def test_serials_of_a_table_count_on() -> None:
    found = findings(OPENING + AIMS.replace("4\t数字", "3\t数字"))
    assert "numbering.duplicated" in found and "numbering.skipped" not in found
    assert "numbering.duplicated" not in findings(OPENING + AIMS)


def test_a_project_begins_before_it_ends_and_costs_no_more_than_its_whole() -> None:
    works = table(
        "表6 重点项目",
        "项目名称 总投资（亿元） 2024年计划投资（亿元） 开工时间 竣工时间",
        "传感器产业园 36.0 9.0 2023年6月 2025年12月",
        "显示模组基地 28.5 7.2 2024年3月 2025年10月",
        "氢能装备制造 22.4 5.6 2024年9月 2026年12月",
    )
    assert not {"range.reversed", "part.exceeds"} & set(findings(OPENING + works))
    assert "range.reversed" in findings(OPENING + works.replace("2026年12月", "2023年12月"))
    assert "part.exceeds" in findings(OPENING + works.replace("7.2", "37.2"))


def test_two_rows_that_changed_ranks_are_found_beside_three_right_ones() -> None:
    towns = table(
        "表7 2025年各镇产值",
        "镇名 产值（亿元） 人口（万人） 人均产值（万元） 产值排名",
        "城关镇 96.4 12.1 7.97 1",
        "河东镇 52.8 8.4 6.29 2",
        "石桥镇 40.8 6.2 6.58 4",
        "柳林镇 30.0 5.5 5.45 3",
        "白塔镇 20.0 4.1 4.88 5",
    )
    assert len(findings(OPENING + towns)["rank.contradicts"]) == 2
    said = "2025年，城关镇产值96.4亿元，居第1位；柳林镇产值32.0亿元。\n"
    (one,) = findings(OPENING + said + towns)["text.against_table"]
    assert "柳林镇" in one.message


def test_shares_and_growth_of_a_budget_table_are_held_against_its_values() -> None:
    investment = table(
        "表8 2023年分产业投资",
        "产业 投资额（亿元） 比上年增长（%） 占比（%）",
        "第一产业 8.6 12.1 6.0",
        "第二产业 61.2 14.6 43.0",
        "第三产业 72.6 3.8 51.0",
        "合计 142.4 8.5 100.0",
    )
    assert "table.ratio" not in findings(OPENING + investment)
    assert "table.ratio" in findings(OPENING + investment.replace("51.0", "54.0"))
    budget = table(
        "表9 支出安排（万元）",
        "科目 2023年执行数 2024年预算数 增长（%）",
        "教育支出 184600 193800 5.0",
        "科学技术支出 25000 30000 20.0",
        "卫生健康支出 142300 149700 5.2",
        "农林水支出 98600 101200 2.6",
    )
    assert "table.ratio" not in findings(OPENING + budget)
    assert "table.ratio" in findings(OPENING + budget.replace("2.6", "26.4"))


def test_a_goal_s_growth_is_held_against_the_base_stated_for_its_year() -> None:
    goal = (
        "到2030年，规模以上企业达到210家，比2025年增加{}家；高新技术企业达到150家，比2025年{}。\n"
    )
    sound = findings(OPENING + goal.format(50, "增长100%") + AIMS)
    kinds = {"difference.contradicts", "growth.contradicts", "multiple.contradicts"}
    assert not kinds & set(sound)
    assert not kinds & set(findings(OPENING + goal.format(50, "翻一番") + AIMS))
    wrong = findings(OPENING + goal.format(60, "增长160%") + AIMS)
    assert "210家 − 160家 = 50家" in wrong["difference.contradicts"][0].message
    assert "150 ÷ 75 − 1 = 100" in wrong["growth.contradicts"][0].message
    assert "multiple.contradicts" in findings(OPENING + goal.format(50, "翻两番") + AIMS)
