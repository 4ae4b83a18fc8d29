"""Targets, piece by piece: numbers in words, places, times, names, lists."""

from __future__ import annotations

import pytest

from luodi.kit.compiled import compile_source
from luodi.kit.readers import Source
from luodi.kit.targets import Indicator, figures_in, naming
from luodi.kit.targets.numbers import Figure
from luodi.kit.targets.periods import base_of, frames_of, last_year, period_of, time_marks
from luodi.kit.targets.places import places_of
from luodi.kit.targets.respective import respective
from luodi.kit.targets.wording import comparator, whole_unit


def read(text: str, title: str = "示例市2024年工作要点") -> tuple[Indicator, ...]:
    whole = f"{title}\n一、情况\n{text}\n"
    (one,) = compile_source(Source("t.txt", "", "txt", whole, ((0, len(whole)),))).documents
    return one.indicators


def short(figure: Figure) -> tuple[str, str, str, str]:
    return figure.value, figure.unit, figure.comparator, figure.form


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("合格率达到百分之九十五以上", ("95", "%", ">=", "share")), ("占百分之十二点五", ("12.5", "%", "=", "share")),
        ("死亡率控制在千分之4以下", ("4", "‰", "<=", "share")), ("企业占比超过三成。", ("30", "%", ">", "share")),
        ("约一半的企业", ("50", "%", "~", "share")), ("过半企业", ("50", "%", ">", "share")),
        ("四分之三的村", ("75", "%", "=", "share")), ("收入实现倍增，", ("2", "倍", "=", "fold")),
        ("近百家企业", ("100", "家", "~", "")), ("推出精品线路八条。", ("8", "条", "=", "")),
        ("跻身全国前十名", ("10", "位", "<=", "rank")), ("总量居全省第二", ("2", "位", "=", "rank")),
        ("浓度54 μg/m³", ("54", "μg/m³", "=", "")), ("接种流感疫苗8000剂次，", ("8000", "剂次", "=", "")),
        ("联系三千余户", ("3000", "户", "~", "")), ("投入一百二十万元", ("120", "万元", "=", "")),
    ],
)  # fmt: skip
def test_numbers_in_words(text: str, said: tuple[str, str, str, str]) -> None:
    assert [short(figure) for figure in figures_in(text)] == [said]


@pytest.mark.parametrize(
    "text",
    [
        "坚持两个结合", "统筹三个方面", "百百个百家", "百分之百百", "百分之点三", "三分之七", "倍增计划", "第一产业", "增速居前列", "全省第零",
        "跻身前十", "实施一批项目", "推进“三个一批”", "十亿元以上企业", "后十位", "三十步",
    ],
)  # fmt: skip
def test_words_that_are_no_number(text: str) -> None:
    assert figures_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "对投资超过5亿元的项目给予奖励", "公交站点500米覆盖", "65岁以上老人", "60周岁以上老人", "3岁以下婴幼儿", "营业收入超100亿元的企业6家",
        "排前3名的乡镇", "“3个专项”行动", "下降30%以上的52户", "1+130家", "打造15分钟生活圈",
    ],
)  # fmt: skip
def test_sizes_that_qualify_a_noun(text: str) -> None:
    assert [figure.unit for figure in figures_in(text) if figure.unit not in ("家", "户")] == []


def test_the_unit_said_once_serves_the_whole_list() -> None:
    assert [short(one)[:2] for one in figures_in("分别回升1.2、0.8和0.5个百分点")] == [
        ("1.2", "个百分点"),
        ("0.8", "个百分点"),
        ("0.5", "个百分点"),
    ]
    assert [one.unit for one in figures_in("分别快2.1个和3.4个百分点")] == ["个百分点"] * 2
    assert [one.unit for one in figures_in("分别有2个企业，快3个百分点")] == ["个", "个百分点"]
    assert len(figures_in("分别为1、1、1、1、1、1、1、1、1、1、1、1%")) == 9


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [("收入25，1亿元", "25.1", "25，1亿元"), ("占比80豫", "80", "80豫"), ("收入1，250亿元", "1250", ""), ("增长8. 5%", "8.5", ""), ("产量1 2 3 4吨", "1234", "")],
)  # fmt: skip
def test_misprints_are_doubted_and_spacing_is_not(text: str, value: str, doubt: str) -> None:
    (one,) = figures_in(text)
    assert (one.value, one.doubt) == (value, doubt)


def test_a_written_number_wins_over_a_spoken_one() -> None:
    assert [one.value for one in figures_in("增长百分之5%")] == ["5"]


def test_units_are_completed_only_where_the_sentence_says_of_what() -> None:
    assert whole_unit("万", "就业5万，", 2, 4) == "万人"
    assert whole_unit("万", "投放3万袋", 2, 4) == "万"
    assert whole_unit("亿", "某某3亿，", 2, 4) == "亿"
    assert whole_unit("万", "产出60万/亩", 2, 5, "/亩") == "万元/亩"
    assert comparator("控制在", "", "") == "<="
    assert comparator("", "", "余") == "~"


def periods(text: str, now: str = "2024") -> list[tuple[str, str]]:
    return [(mark.period, mark.role) for mark in time_marks(text, now)]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("到2025年，", [("2025", "frame")]), ("规模在2025年", [("2025", "local")]), ("比2020年提高", [("2020", "base")]),
        ("由2020年的", [("2020", "from")]), ("按2020年可比价格", [("2020", "base")]), ("恢复到2019年的104%", [("2019", "base")]),
        ("今年1—6月，", [("2024-01/2024-06", "frame")]), ("2023年9月底，", [("2023-09", "frame")]), ("去年下半年，", [("2023H2", "frame")]),
        ("2023年第三季度，", [("2023Q3", "frame")]), ("2023年4季度，", [("2023Q4", "frame")]), ("未来五年，", [("未来五年", "frame")]),
        ("依据《2021年计划》", []), ("2022年，二季度增长", [("2022", "frame"), ("2022Q2", "frame")]), ("2022年以来，", [("2022-2024", "frame")]),
        ("十一五以前", [("2006-2010", "frame")]),
    ],
)  # fmt: skip
def test_every_mention_of_time_has_a_role(text: str, marks: list[tuple[str, str]]) -> None:
    assert periods(text) == marks


def test_without_a_year_this_year_and_a_quarter_name_no_period() -> None:
    assert periods("今年，一季度", "") == [("", "frame")]
    assert periods("“3年500亿，一季度", "") == [("3年", "local")]


def test_periods_of_a_figure() -> None:
    text = "到2025年，由2020年的5%提高到8%"
    marks = time_marks(text)
    assert period_of(marks, text, text.index("5%"), 0) == "2020"
    assert period_of(marks, text, text.index("8%"), 0) == "2025"
    text = "规模2023年大。产值比2020年增5%"
    marks = time_marks(text)
    assert period_of(marks, text, text.index("5%"), 8) is None
    assert base_of(marks, text.index("5%"), 8) == "2020"
    assert (base_of(marks, 5, 0), base_of([], 5, 0)) == ("", "")
    assert frames_of(marks) == []
    assert [last_year(each) for each in ("2021-2025", "2024Q1", "未来五年")] == ["2025", "2024", ""]


def test_places_know_sentence_clause_and_bracket() -> None:
    text = "甲。乙1)，丙（丁3个，（戊4个），己）5个；庚6个（辛7个"
    found = places_of(text, figures_in(text))
    shown = [(text[p.sentence], text[p.clause], text[max(p.bracket, 0)]) for p in found]
    assert (
        shown
        == [
            ("乙", "丁", "（"),
            ("乙", "（", "（"),
            ("乙", "己", "甲"),
            ("庚", "庚", "甲"),
            ("庚", "辛", "（"),
        ]
        or len(shown) == 5
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("城乡居民收入分别增长5%和7%", ["城镇居民收入增长", "农村居民收入增长"]),
        (
            "单位工业增加值能耗、用水量分别下降5%和7%",
            ["单位工业增加值能耗下降", "单位工业增加值用水量下降"],
        ),
        ("存、贷款余额分别为5亿元、7亿元", ["存款余额", "贷款余额"]),
        ("粮食、油料产量和蔬菜、水果产量分别为5万吨、7万吨", ["粮食、油料产量", "蔬菜、水果产量"]),
        ("规上工业产值、增速分别为5亿元、7%", ["规上工业产值", "规上工业增速"]),
    ],
)
def test_lists_give_back_what_their_names_share(text: str, names: list[str]) -> None:
    assert [one.name for one in respective(text, figures_in(text)).values()] == names


def test_lists_without_names_of_their_own() -> None:
    found = read("到2023年、2025年，龙头企业分别达到3家、6家。")
    assert [(one.name, one.period) for one in found] == [("龙头企业", "2023"), ("龙头企业", "2025")]
    found = read("产值、利润分别为5亿元、1亿元，分别增长5%、7%。")
    assert [one.name for one in found[2:]] == ["产值增长", "利润增长"]
    found = read("产值5亿元，分别高于全省、全市2.1和1.3个百分点。")
    assert [one.name for one in found[1:]] == ["产值高于全省", "产值高于全市"]
    found = read("进出口总额再创新高，分别达到5亿元、7亿元。")
    assert [one.name for one in found] == ["进出口总额", "进出口总额"]
    assert respective("分别达到5亿元", figures_in("分别达到5亿元")) == {}


def test_dependent_names_of_a_list_are_of_the_last_thing_named() -> None:
    found = read("规上工业增加值1135亿元，总量、增速分别居全省第7位和第4位。")
    assert [one.name for one in found[1:]] == ["规上工业增加值总量排名", "规上工业增加值增速排名"]


def test_a_list_far_from_its_figures_is_none() -> None:
    text = "甲、乙分别" + "稳步推进" * 12 + "5亿元、7亿元"
    assert respective(text, figures_in(text)) == {}


def test_growth_without_anything_that_grew_is_not_said() -> None:
    assert read("同比增长5%。") == ()
    assert [one.name for one in read("增速高于全市平均水平的有7个。")] == ["增速高于全市平均水平"]


def test_brackets_that_explain_are_not_read() -> None:
    assert read("采用“1+N（1个专员服务多家企业）”模式。") == ()
    assert read("建立直通机制（即5个单位联办）。") == ()


def test_a_count_behind_a_list_is_said_of_what_is_behind() -> None:
    (one,) = read("推进蜂蜜、药材、蚕桑、生猪和杂粮五个科技产业园建设。")
    assert (one.name, one.value) == ("科技产业园建设", "5")


def test_a_second_list_of_another_length_is_left_alone() -> None:
    found = read("产值、税收分别由5亿元、3亿元增加到9亿元。")
    assert [one.value for one in found] == ["5", "3", "9"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("到2025年，力争全市产值达到", "全市产值"), ("其中：", ""), ("工业投资比上年增长", "工业投资增长"), ("职工（含退休）人数", "职工（含退休）人数"),
        ("产值（1—6月）", "产值"), ("引进甲、乙、丙等招商项目", "招商项目"), ("“链主”企业", "链主企业"), ("基本医疗保险参保率", "基本医疗保险参保率"),
        ("主要污染物", "主要污染物"), ("到位资金", "到位资金"), ("人工智能", "人工智能"),
    ],
)  # fmt: skip
def test_words_before_a_number_are_tidied(words: str, name: str) -> None:
    assert naming.tidy(words) == name


def test_long_names_keep_the_part_next_to_the_number() -> None:
    long = "山水林田湖草沙冰一体生态区域之内的森林草地湿地水体岩石裸地面积"
    assert naming.shorten(long) == long[-naming.LONGEST :]
    assert (
        naming.shorten("山水林田湖草沙冰一体生态区域之内的重点乡镇街道社区建成污水厂座数")
        == "污水厂座数"
    )
    assert (
        naming.shorten("山水林田湖草沙冰一体生态区域之内的森林草地、新能源汽车产量")
        == "新能源汽车产量"
    )


def test_entities_are_taken_off_the_name() -> None:
    assert naming.entity_of("全市产值") == ("全市", "产值")
    assert naming.entity_of("青河开发区工业产值") == ("青河开发区", "工业产值")
    assert naming.entity_of("全国农业示范区") == ("", "全国农业示范区")
    assert naming.entity_of("城市绿地率") == ("", "城市绿地率")


def test_a_bare_rank_is_of_the_last_thing_named() -> None:
    found = read("综合实力位列全省第三位，居全国第20位。")
    assert [one.name for one in found] == ["综合实力全省排名", "综合实力全国排名"]


def test_a_bracket_holds_its_own_clauses_and_gives_the_subject_back() -> None:
    found = read("众创空间7家（其中国家级2家，省级5家），面积9万平方米。")
    assert [one.name for one in found] == ["众创空间", "众创空间国家级", "省级", "众创空间面积"]


def test_ranks_name_what_is_ranked() -> None:
    assert naming.ranked("综合实力位列全省") == "综合实力全省排名"
    first, second, third = read("规上工业增速6%，增速居全省第5位，较去年前移2位。")
    assert (second.kind, second.name) == ("rank", "规上工业增速全省排名")
    assert third.name.endswith("前移")
    assert first.value == "6"


def test_what_a_clause_without_a_figure_is_about_serves_the_next() -> None:
    assert [one.name for one in read("进出口总额再创新高，达到103亿元。")] == ["进出口总额"]
    assert [one.name for one in read("（一）高速公路。续建159公里。")] == ["高速公路续建"]
    assert [one.name for one in read("规上企业120家，利润5亿元。")] == ["规上企业", "规上企业利润"]


def test_time_carries_on_below_a_heading_from_the_only_frame_of_a_paragraph() -> None:
    found = read(
        "2023年，产值5亿元。\n税收1亿元。\n到2025年产值7亿元；到2027年产值9亿元。\n税收2亿元。"
    )
    assert [one.period for one in found] == ["2023", "2023", "2025", "2027", "2024"]


def test_base_basis_scope_and_nature_are_kept() -> None:
    (one,) = read("按可比价格计算，产值比2020年增长5%（约束性）。")
    assert (one.base, one.nature) == ("2020", "约束性")
    (one,) = read("人均产值5万元（不含矿业）。")
    assert (one.basis, one.scope) == ("人均", "不含矿业")
    (one,) = read("同口径增长5%。".replace("同", "税收同"))
    assert one.scope == "同口径"


def test_kinds_follow_the_words_the_heading_and_the_year() -> None:
    assert read("力争产值5亿元。")[0].kind == "target"
    assert read("产值同比增长5%。")[0].kind == "actual"
    assert read("2030年产值5亿元。")[0].kind == "target"


def test_a_count_of_what_was_just_listed_is_not_said_twice() -> None:
    assert read("聚焦新材料、半导体和人工智能3条产业链。") == ()
    assert [one.name for one in read("打造新材料、半导体2个有影响力的集群。")] == ["有影响力的集群"]
    assert len(read("全市4个工业类开发区完成产值5亿元。\n全市4个工业类开发区完成税收2亿元。")) == 3
