"""Commitments: notes, units and roles, deadlines, which items are measures, task forces."""

from __future__ import annotations

import pytest

from luodi.kit.commitments import LeadRule, find_notes, lead_rule, read_note
from luodi.kit.commitments.apart import is_apart
from luodi.kit.commitments.clauses import named_units
from luodi.kit.commitments.deadlines import deadline_in
from luodi.kit.commitments.spellings import spellings
from luodi.kit.compiled import Document, compile_source
from luodi.kit.readers import Source


def document(text: str) -> Document:
    source = Source("plan.txt", "", "txt", text, ((0, len(text)),))
    (one,) = compile_source(source).documents
    return one


def said(text: str, rule: LeadRule | None = None) -> list[str]:
    marks = {"lead": "*", "responsible": "", "cooperating": "~"}
    return [marks[unit.role] + unit.name for unit in read_note(text, rule)[0]]


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("责任单位：市水利局、市财政局", ["市水利局", "市财政局"]),
        ("责任单位: 市水利局 市财政局", ["市水利局", "市财政局"]),
        ("牵头单位：市水利局；配合单位：市财政局，各镇", ["*市水利局", "~市财政局", "~各镇"]),
        ("市水利局牵头，市财政局、市审计局配合", ["*市水利局", "~市财政局", "~市审计局"]),
        ("由市水利局牵头，市财政局按职责分工负责", ["*市水利局", "市财政局"]),
        ("市水利局、市财政局等部门按职责分工负责", ["市水利局", "市财政局"]),
        ("市水利局等", ["市水利局"]),
        ("责任单位：各县（市、区）人民政府、市水利局", ["各县（市、区）人民政府", "市水利局"]),
        ("责任单位：各县、市、区人民政府，市水利局", ["各县、市、区人民政府", "市水利局"]),
        ("责任单位：市水利局，各县（市）、区人民政府", ["市水利局", "各县（市）、区人民政府"]),
        ("责任单位：各县〔市〕、区政府，各镇（街道）", ["各县〔市〕、区政府", "各镇（街道）"]),
        ("责任单位：各县区、市政府办公室", ["各县区", "市政府办公室"]),
        ("责任单位：市水利局〔牵头〕、市农业农村局", ["*市水利局", "市农业农村局"]),
        ("市水利局〔牵头〕、市农业农村局", ["*市水利局", "市农业农村局"]),
        ("责任单位：市水利局（以下均需各县（市、区）落实，不再列出）", ["市水利局"]),
        (
            "责任单位：市委宣传部（市新闻出版局）、市水利局",
            ["市委宣传部（市新闻出版局）", "市水利局"],
        ),
        ("市水利局和市财政局负责", ["市水利局", "市财政局"]),
        (
            "责任单位：市规划和自然资源局、市卫生和健康委员会",
            ["市规划和自然资源局", "市卫生和健康委员会"],
        ),
        ("责任单位：市水利局；责任人：示例-01；完成时限：年底前", ["市水利局"]),
        ("责任单位：市水利局、市水利局", ["市水利局"]),
        ("责任单位：市水利局牵头，市财政局", ["*市水利局", "市财政局"]),
        ("责任单位：市水利局，下同", ["市水利局"]),
        ("牵头市水利局，配合市财政局", ["*市水利局", "~市财政局"]),
        ("配合单位：市水利局牵头负责", ["*市水利局"]),
        ("配合单位：市水利局负责", ["~市水利局"]),
    ],
)
def test_notes_name_organs_with_the_role_the_text_marks(note: str, units: list[str]) -> None:
    assert said(note) == units


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("示例市工业和信息化局", {"市工业和信息化局", "市工信局", "工信局"}),
        ("市商务局", {"商务局"}),
        ("中共示例市委组织部", {"市委组织部", "组织部"}),
        ("示例县人民政府", {"示例县", "示例县政府"}),
        ("示例高新区管理委员会", {"示例高新区管委会"}),
        ("各县（市、区）人民政府", {"各县市区政府", "各县（市）区人民政府", "各县、区"}),
        ("示例海关", set()),
    ],
)
def test_an_organ_has_usual_spellings(name: str, said: set[str]) -> None:
    assert said <= spellings(name) and name not in spellings(name)


@pytest.mark.parametrize("name", ["示例市人民政府办公室", "示例高新区管理委员会", "示例县人民政府"])
def test_no_spelling_is_a_word_that_any_city_has(name: str) -> None:
    assert not {"办公室", "管委会", "政府", "人民政府", "区管委会", "县"} & spellings(name)


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("责任单位：市发改委、工信局、商务局", ["市发改委", "工信局", "商务局"]),
        ("责任单位：发展改革、工业和信息化、商务局", ["发展改革局", "工业和信息化局", "商务局"]),
        ("责任单位：市发展改革、财政部门", ["市发展改革部门", "财政部门"]),
        ("责任单位：示例、青河市政府", ["示例市政府", "青河市政府"]),
        ("责任单位：青河区、示例县人民政府", ["青河区人民政府", "示例县人民政府"]),
        ("责任单位：各县、区人民政府", ["各县、区人民政府"]),
        ("责任单位：示例海关、市税务局", ["示例海关", "市税务局"]),
    ],
)
def test_a_suffix_that_names_share_is_written_out(note: str, units: list[str]) -> None:
    assert said(note) == units


@pytest.mark.parametrize(
    ("rule", "way"),
    [
        ("注：加*的为牵头单位", "star"), ("标注“★”的单位为牵头单位。", "star"), ("列第一位的为牵头单位，下同", "first"),
        ("第一责任单位为牵头单位", "first"), ("排名首位的为牵头单位", "first"), ("首位单位为牵头单位", "first"),
        ("列第一位为牵头或汇总单位", "first"), ("“，”前的单位为牵头单位", "comma"), ("分号前为牵头部门", "semicolon"),
        ("无牵头单位的，责任单位即为牵头单位", "all"),
    ],
)  # fmt: skip
def test_a_rule_for_leads_is_said_in_many_ways(rule: str, way: str) -> None:
    found = lead_rule(rule)
    assert found and found.way == way


def test_a_star_leads_only_where_the_document_says_so() -> None:
    assert said("责任单位：*市水利局、市财政局", LeadRule("star")) == ["*市水利局", "市财政局"]
    assert said("责任单位：*市水利局、市财政局") == ["市水利局", "市财政局"]


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("由市水利局牵头，市财政局配合，于6月底前完成。", ["市水利局", "市财政局"]),
        ("由市水利局负责办理环评手续。", ["市水利局"]),
        ("由县民政局会同县财政局，在3月底前发放。", ["县民政局", "县财政局"]),
        ("由企业会同高校，开展研究。", []),
        ("鼓励龙头企业牵头组建联盟。", []),
        ("指定专人负责。", []),
    ],
)
def test_a_sentence_may_name_who_acts(words: str, units: list[str]) -> None:
    assert [unit.name for unit in named_units(words)] == units


@pytest.mark.parametrize(
    ("title", "apart"),
    [
        ("保障措施", True), ("强化组织保障", True), ("发展环境和发展基础", True), ("规划实施保障", True),
        ("工作要求", True), ("“十三五”发展回顾", True), ("夯实创新基础", False), ("强化要素保障", False),
        ("营商环境提档升级", False), ("目标任务", False), ("培育壮大创新主体，夯实创新基础", False), ("", False),
    ],
)  # fmt: skip
def test_a_chapter_is_apart_where_its_whole_title_is_of_the_frame(title: str, apart: bool) -> None:
    assert is_apart(title) is apart


def test_a_stated_rule_makes_leads() -> None:
    assert lead_rule("逗号前的为牵头单位。") == LeadRule("comma")
    assert lead_rule("分号前为牵头部门。") == LeadRule("semicolon")
    assert lead_rule("责任单位中排第一位的为牵头单位。") == LeadRule("first")
    assert lead_rule("由市水利局牵头。") is None and lead_rule("") is None
    assert said("责任单位：市水利局，市财政局", LeadRule("comma")) == ["*市水利局", "市财政局"]
    assert said("责任单位：市水利局、市财政局", LeadRule("first")) == ["*市水利局", "市财政局"]
    assert said("责任单位：市水利局、市财政局", LeadRule("comma")) == ["市水利局", "市财政局"]


@pytest.mark.parametrize(
    "text",
    [
        "修路。（责任单位：市水利局）", "修路。［责任单位：市水利局］", "修路。〔责任单位：市水利局〕", "修路。【责任单位：市水利局】",
        "修路。(责任单位:市水利局)", "修路。——责任单位：市水利局", "修路。——市水利局负责", "修路。责任单位：市水利局。",
        "责任单位：市水利局", "修路。（市水利局负责）", "修路（市水利局）", "修路。由市水利局负责。",
    ],
)  # fmt: skip
def test_notes_are_found_in_every_usual_form(text: str) -> None:
    (note,) = find_notes(text)
    assert [unit.name for unit in note.units] == ["市水利局"]


@pytest.mark.parametrize(
    "text",
    [
        "示范区（以下简称“示范区”，即开发区）要加快建设。", "推动各县（市、区）修路。", "由专人负责。",
        "各部门要负责到底，不得推诿。", "加快（二期）建设。", "修路（一期、二期）。", "",
    ],
)  # fmt: skip
def test_other_brackets_and_sentences_are_no_notes(text: str) -> None:
    assert find_notes(text) == []


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("2025年12月底前完成", "2025年12月底前"), ("年底前建成", "年底前"), ("6月底前办结", "6月底前"),
        ("每年11月底前完成培训", "每年11月底前"), ("力争2026年6月建成", "2026年6月"),
        ("到2025年，产值翻番", ""), ("到2025年底，建成三座", ""), ("2025年产值达到", ""), ("修路", ""),
        ("年内完成验收", "年内"), ("前景很好", ""),
    ],
)  # fmt: skip
def test_deadlines_are_kept_as_written(text: str, late: str) -> None:
    assert deadline_in(text) == late


def test_the_time_in_a_note_is_the_deadline() -> None:
    assert read_note("责任单位：市水利局；完成时限：2025年6月")[1] == "2025年6月"
    assert read_note("市水利局，2025年6月底前完成")[1] == "2025年6月底前"
    assert read_note("完成时限：长期坚持") == ((), "长期坚持")


def titles(text: str) -> list[str]:
    return [one.title for one in document(text).measures]


def test_a_note_behind_the_last_of_plain_sub_items_belongs_to_the_item_above() -> None:
    assert titles(
        "一、重点任务\n1.修路。\n（1）先修东路；\n（2）再修西路。（责任单位：市水利局）\n"
    ) == ["修路"]


def test_sub_items_with_notes_of_their_own_are_the_measures() -> None:
    text = "一、重点任务\n1.修路。\n（1）修东路。（市水利局）\n（2）修西路。（市财政局）\n"
    assert titles(text) == ["修东路", "修西路"]
    outline = document(text).outline
    assert [(one.level, one.title) for one in outline][1:] == [
        (3, "修路"),
        (4, "修东路"),
        (4, "修西路"),
    ]


def test_two_notes_that_split_lead_and_others_stay_with_one_item() -> None:
    text = "一、重点任务\n1.修路。先修东路。（牵头单位：市水利局）（配合单位：市财政局）\n2.架桥。（责任单位：市水利局）\n"
    first, _ = document(text).measures
    assert [unit.role for unit in first.units] == ["lead", "cooperating"]


def test_notes_of_safeguards_count_and_safeguards_without_dont() -> None:
    text = "一、重点任务\n1.修路。（市水利局）\n二、保障措施\n1.加强组织。要重视。\n2.加强投入。安排资金。（市财政局）\n"
    assert titles(text) == ["修路", "加强投入"]


def test_numbered_items_below_a_measure_are_no_headings() -> None:
    text = "一、重点任务\n（一）修路。（责任单位：市水利局）\n1.先修东路。\n2.再修西路。\n（二）架桥。（责任单位：市水利局）\n"
    assert [one.title for one in document(text).outline] == ["重点任务", "修路", "架桥"]


def test_a_chapter_without_items_is_itself_the_measure_where_no_note_is() -> None:
    assert titles(
        "示例镇工作要点\n一、修建道路\n修三条路。\n二、架设桥梁\n架两座桥。\n三、保障措施\n要重视。\n"
    ) == [
        "修建道路",
        "架设桥梁",
    ]


ROSTER = """一、目标
修三条路。
二、任务
架两座桥。
三、保障
成立示例市修路工作领导小组。
附件
示例市修路工作领导小组成员名单
组长：示例-01 市长
副组长：示例-02 副市长
示例-03 市水利局局长
成员：示例-04 市财政局副局长
示例-05 市审计局副局长
领导小组自2024年3月起运行至2026年6月。
"""


def test_a_roster_carries_roles_down_and_gives_the_term() -> None:
    (organ,) = document(ROSTER).organs
    assert (organ.name, organ.since, organ.until) == (
        "示例市修路工作领导小组",
        "2024-03",
        "2026-06",
    )
    assert [(one.role, one.name) for one in organ.members][1:4] == [
        ("副组长", "示例-02"),
        ("副组长", "示例-03"),
        ("成员", "示例-04"),
    ]
    assert organ.members[-1].post == "市审计局副局长"


def test_people_on_one_line_are_told_apart() -> None:
    text = ROSTER.replace("副市长\n示例-03", "副市长 示例-03").replace(
        "副局长\n示例-05", "副局长、示例-05"
    )
    (organ,) = document(text).organs
    assert len(organ.members) == 5


def test_two_bodies_in_a_row_are_two() -> None:
    text = ROSTER + "附件2\n示例市架桥专班\n组长：示例-06 副市长\n成员：示例-07 市水利局副局长\n"
    assert [one.name for one in document(text).organs][1:] == ["示例市架桥专班"]


def test_a_body_named_in_a_sentence_only_is_found_there() -> None:
    text = ROSTER.replace("示例市修路工作领导小组成员名单\n", "")
    (organ,) = document(text).organs
    assert organ.name == "示例市修路工作领导小组"


def test_systems_and_projects_are_read_with_status_and_investment() -> None:
    one = document(
        "一、任务\n搭建水利信息系统，用好全市项目库，依托总投资3.5亿元的东路改造项目，推进西路项目（总投资2亿元）。\n"
    )
    assert [(item.name, item.status) for item in one.systems][:1] == [("水利信息系统", "to_build")]
    assert [(item.name, item.value, item.unit) for item in one.projects] == [
        ("东路改造项目", "3.5", "亿元"),
        ("西路项目", "2", "亿元"),
    ]


def test_a_table_of_tasks_gives_measures_where_the_text_has_none() -> None:
    table = "序号\t工作任务\t责任单位\t时限\n1\t修路。三条。\t市水利局\t5月\n2\t\t市财政局\t6月\n3\t架桥\t\t7月\n"
    (one,) = document(f"示例市任务清单\n{table}").measures
    assert (one.label, one.title, one.deadline) == ("1", "修路", "5月")
    assert document("示例市清单\n甲\t乙\t丙\n1\t2\t3\n").measures == ()


def test_of_two_columns_of_tasks_the_short_one_names_the_rows_and_the_long_one_has_figures() -> (
    None
):
    table = (
        "重点任务\t具体举措\t责任单位\n修路\t2025年新建农村公路120公里。\t市水利局\n"
        "架桥\t2025年建成桥梁5座。\t市财政局\n"
    )
    one = document(f"示例市任务清单\n{table}")
    assert [measure.title for measure in one.measures] == ["修路", "架桥"]
    said = [(row.name, row.value, row.unit, row.period) for row in one.indicators]
    assert said == [("新建农村公路", "120", "公里", "2025"), ("建成桥梁", "5", "座", "2025")]


def test_a_note_that_stands_alone_points_inside_its_text() -> None:
    (one,) = document("责任单位：市水利局").measures
    assert (one.title, one.title_span) == ("", (0, 9))


def test_a_group_of_tasks_names_no_row() -> None:
    table = "重点任务\t具体举措\t责任单位\n交通\t修路\t市水利局\n交通\t架桥\t市财政局\n"
    assert [one.title for one in document(f"示例市清单\n{table}").measures] == ["修路", "架桥"]


def test_a_project_is_named_without_its_label() -> None:
    one = document("一、重点项目\n1.青河大桥项目：全长2公里。\n2.云岭水库工程，投资约12.5亿元。\n")
    assert [(item.name, item.value) for item in one.projects] == [("云岭水库工程", "12.5")]
