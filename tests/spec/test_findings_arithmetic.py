"""The plan checker on arithmetic: sentences that must give a finding, and near misses."""

from __future__ import annotations

import pytest

from luodi.kit.compiled import compile_source
from luodi.kit.problems import Problem
from luodi.kit.readers import Source

OPENING = "示例市工业发展情况\n一、基本情况\n"


def findings(text: str) -> list[Problem]:
    whole = OPENING + text + "\n"
    return list(compile_source(Source("a.txt", "", "txt", whole, ((0, len(whole)),))).findings)


def graves(text: str, code: str) -> list[str]:
    return [one.severity for one in findings(text) if one.code == code]


FIRES = {
    "growth.contradicts": [
        "产值由100亿元增长到110亿元，增长15%。",
        "企业从40家增加到50家，同比增长30%。",
        "税收从2022年的12.5亿元提高到2023年的15.0亿元，增长25.0%。",
        "全年完成进出口总额118亿元，比上年的100亿元增长28%。",
        "煤炭消费由200万吨下降到180万吨，下降12%。",
        "2023年规上工业营业收入为400亿元，2024年达到460亿元，增长18%。",
    ],
    "growth.average": [
        "2015年至2020年，企业由28家增长至51家，年均增长16.4%。",
        "“十三五”期间，总产值由137亿元增长至220亿元，年均增长12.9%。",
        "从2018年的100亿元增加到2021年的133.1亿元，年均增长12%。",
    ],
    "difference.contradicts": [
        "企业从40家增加到52家，增加15家。",
        "办理时间由20天压缩到12天，减少10天。",
    ],
    "direction.contradicts": ["企业由50家增长到40家。", "排放量由10万吨下降到12万吨。"],
    "points.contradicts": [
        "工业增加值增长22.6%，高于全市增速（7.7%）13.9个百分点。",
        "城镇化率由55.2%提高到58.6%，提高2.4个百分点。",
        "增速达到9.1%，比全省平均水平6.0%高2.1个百分点。",
        "增长22.6%，快于全区（7.7%）14.9个百分点、全县（10.4%）13.2个百分点。",
    ],
    "multiple.contradicts": [
        "企业由100家增加到150家，实现翻番。",
        "产值由20亿元增长到50亿元，增长4倍。",
    ],
    "unit.magnitude": [
        "总收入由120亿元增长到132万元，增长10%。",
        "产值由100亿元增长到110万元，增长5%。",
    ],
    "growth.net": ["新增企业8家，总量达到53家，同比增长27.8%。"],
    "share.contradicts": [
        "共签约项目86个，其中亿元以上项目68个，占比70.0%。",
        "全市企业354户，其中煤炭企业135户，占总数的48%。",
        "全市企业354户，其中煤炭企业135户，占比超过40%。",
        "共有员工1200人，占全区12000人的15%。",
        "全市628家企业中，民营企业502家，占比79.9%；大型企业28家，占比6.5%。",
        "签约86个，总投资358.77亿元，其中大项目68个，总投资350.48亿元，数量及投资额占比分别达到79.1%、92.7%。",
    ],
    "share.impossible": ["拥有企业技术中心12个，占全市企业技术中心数量的42.8%。"],
    "rate.impossible": ["签约项目127个，总投资531.55亿元，开工率93.4%。"],
    "rate.contradicts": [
        "签约项目86个，开工43个，开工率60%。",
        "建成厂房37.9万平方米，已使用29.9万平方米，使用率85%。",
    ],
    "ratio.out_of_bounds": ["垃圾处理覆盖率达到105%。", "占全市工业的比重为130%。"],
    "structure.not_hundred": [
        "三次产业结构为4.6:55.4:45.0。",
        "三次产业比例由4.6:55.4:40.0调整为4.0:53.5:43.5。",
    ],
    "sum.contradicts": [
        "总投资100亿元，分别为：一期40亿元、二期50亿元。",
        "培训干部120人、企业家80人、农民300人，合计600人。",
        "共有企业90家，其中国家级30家、省级40家、市级30家。",
        "新建冷库20座，总库容30万吨，其中大型冷库8座、中小型冷库13座。",
        "每年安排资金5000万元，三年共安排1.8亿元。",
        "生产总值1862.4亿元。其中，第一产业增加值142.6亿元，第二产业增加值805.3亿元，第三产业增加值924.5亿元。",
    ],
    "part.exceeds": ["共有企业90家，其中高新技术企业95家。"],
    "decimal.misprint": [
        "2015年至2020年，利税由16.4亿元增长至25，1亿元，年均增长8.9%。",
        "完成投资12，5亿元。",
        "同比增长3。5%。",
    ],
    "figure.letter": ["完成投资1O亿元。", "建成厂房2l万平方米。"],
    "date.invalid": ["2025年2月30日前完成。", "4月31日召开会议。", "2025年13月1日前完成。"],
    "count.announced": [
        "主要有三个方面的问题：一是规模小，二是链条短。",
        "做好两项工作：一是修路，二是架桥，三是植树。",
    ],
    "list.unequal": [
        "开工率、投产率、达效率分别达到97.69%和57.11%。",
        "甲县、乙县分别为12.1%、13.4%和15.0%。",
    ],
    "range.reversed": ["增速保持在10%-5%。", "实施期限为2025年至2021年。"],
    "rank.beyond": ["在14个城市中排名第15位。", "在全省11个市中居第十二位。", "在全省13个设区市中，绩效排名第15位。"],
    "roster.count": ["工作专班设组长1名、副组长2名、成员21名，共25人。"],
}  # fmt: skip
SILENT = {
    "growth.contradicts": [
        "产值由100亿元增长到110亿元，增长10%。",
        "地区生产总值由100亿元增长到110亿元，增长5%。",
        "产值由3亿元增长到4亿元，增长30%。",
        "税收从2022年的12.5亿元提高到2023年的15.0亿元，增长20.0%。",
        "产值由100亿元增长到115亿元，同比增长超过14%。",
        "煤炭消费由200万吨下降到180万吨，下降10%。",
    ],
    "growth.average": [
        "2015年至2020年，企业由28家增长至51家，年均增长12.7%。",
        "企业由28家增长至51家，年均增长12.7%，没有写年份。",
        "“十三五”期间，地区生产总值由958.5亿元增加到1425.7亿元，年均增长5.9%。",
    ],
    "difference.contradicts": ["企业从40家增加到52家，增加12家。", "企业从40家增加到52家，新建厂房15座。"],
    "direction.contradicts": ["由50家增长到60家。", "从市到县，投入10亿元。"],
    "points.contradicts": [
        "增长22.6%，快于全区（7.7%）14.9个百分点、全县（10.4%）12.2个百分点，比计划多8.6个百分点。",
        "城镇化率达到60.8%，较2015年上升3.38个百分点。",
    ],
    "multiple.contradicts": ["企业由100家增加到205家，实现翻番。", "产值由20亿元增长到50亿元，增长1.5倍。"],
    "growth.net": ["新增企业8家，总量达到53家，同比增长17.8%。"],
    "share.contradicts": [
        "共签约项目86个，其中亿元以上项目68个，占比79.1%。",
        "全市企业354户，其中煤炭企业135户，占比超过38%。",
        "共有企业90家，其中规上企业30家，占全省的5%。",
        "煤炭企业135户，占比超过38%，增加值占比63.2%。",
    ],
    "share.impossible": ["拥有企业技术中心12个，占全市企业技术中心数量的42.9%。", "完成投资12亿元，占全市总量的42.8%。"],
    "rate.impossible": ["开工项目97个，总投资213.29亿元，入统率84.5%。", "企业120家，产能利用率75.3%。"],
    "rate.contradicts": ["签约项目86个，开工43个，开工率50%。", "6个项目已开工，11个签约项目开工率达54.5%。"],
    "ratio.out_of_bounds": ["拨备覆盖率达到180%。", "产销率为102%。", "完成率达到120%。", "覆盖率达到100%。"],
    "structure.not_hundred": ["三次产业结构为4.6:55.4:40.0。", "三次产业比例为33.3:33.3:33.3。"],
    "sum.contradicts": [
        "总投资100亿元，分别为：一期40亿元、二期60亿元。",
        "共有企业90家，其中高新技术企业30家、专精特新企业20家。",
        "新增孵化器7家（其中国家级2家），省级众创空间3家，星创天地12家。",
        "培训干部120人、企业家80人、农民300人，合计500人。",
    ],
    "part.exceeds": ["共有企业90家，其中高新技术企业25家。", "存款2680亿元，比年初增加210亿元，增长8.5%。"],
    "decimal.misprint": [
        "分别为10，20，30亿元。",
        "截至2023，10亿元项目全部开工。",
        "完成投资12.5亿元。",
        "一是2021年，二是2022年。",
    ],
    "figure.letter": ["推广5G基站100个。", "布局PM2.5监测站10个。", "建设N0项目。", "研发LED屏100万平方米。"],
    "date.invalid": ["2024年2月29日前完成。", "2025年12月31日。", "2025年12月底前完成。"],
    "count.announced": [
        "主要有三个方面的问题：一是规模小，二是链条短，三是人才少。",
        "坚持三项原则。一是快，二是好。",
    ],
    "list.unequal": [
        "开工率、投产率、达效率分别达到97.69%、57.11%和100%。",
        "规划和自然资源、生态环境分别为12.1%和13.4%。",
        "甲、乙两县分别召开会议3次。",
    ],
    "range.reversed": ["增速保持在5%-10%。", "2021年至2025年。", "对接“2+26”城市，G20-1工程。", "电话0356-2000家。"],
    "rank.beyond": ["在14市中排名第8位。", "在全省11个市中第2个完成。"],
    "roster.count": ["工作专班设组长1名、副组长3名、成员21名，共25人。"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in FIRES.items() for text in texts]
)
def test_what_contradicts_itself_is_found(code: str, text: str) -> None:
    assert graves(text, code), [one.message for one in findings(text)]


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in SILENT.items() for text in texts]
)
def test_near_misses_are_left_alone(code: str, text: str) -> None:
    assert not graves(text, code)
    assert not [one for one in findings(text) if one.severity == "error"]


def test_the_message_shows_the_computation() -> None:
    (one,) = [x for x in findings(FIRES["growth.average"][0]) if x.code == "growth.average"]
    assert "（51 ÷ 28）的 5 次方根 − 1 = 12.7%" in one.message and "16.4%" in one.message
    (two,) = [x for x in findings(FIRES["share.impossible"][0]) if x.code == "share.impossible"]
    assert "12 ÷ 28 = 42.9%" in two.message


def test_a_misprint_is_an_error_only_where_it_is_proven() -> None:
    assert graves(FIRES["decimal.misprint"][0], "decimal.misprint") == ["error"]
    assert graves(FIRES["decimal.misprint"][1], "decimal.misprint") == ["warning"]
