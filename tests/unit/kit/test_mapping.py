"""Somebody else's table: laid out, guessed cell by cell, known again next month."""

from __future__ import annotations

import json

import pytest

from factories.books import workbook
from factories.templates import superior_table
from luodi.kit.calendars import Period
from luodi.kit.grids import Absent, Cell, Grid, Taking, read_grid
from luodi.kit.mapping import (
    Mapped,
    Mapping,
    Named,
    Table,
    best,
    carry,
    changes,
    content,
    figures_in,
    fingerprint,
    fixed_texts,
    laid_out,
    likeness,
    plain_name,
    propose,
)
from luodi.kit.mapping.about import measure_in, period_in, said_by
from luodi.kit.quantities import Quantity, unit
from luodi.kit.refusals import Refusal

INDICATORS = [
    Named("output", "总产值", (), "亿元"),
    Named("tax", "税收收入", ("税收",), "万元"),
    Named("firms", "投产企业", (), "家"),
    Named("speed", "增加值增速", (), "%"),
    Named("added", "增加值", (), "亿元"),
    Named("high", "高新技术产业产值", (), "亿元"),
]
SUBJECTS = [Named(key, name) for key, name in (("a", "甲区"), ("b", "乙区"), ("c", "丙区"))]


def table_of(data: bytes) -> Table:
    grid = read_grid("a.xlsx", data)
    assert isinstance(grid, Grid)
    table = laid_out(grid.sheets[0])
    assert isinstance(table, Table), table
    return table


def rows_of(*rows, merged=(), formats=None) -> Table:
    return table_of(workbook(("表", rows), merged=merged, formats=formats))


DOWN = (
    ["示例区主要经济指标（2026年1-3月）"],
    ["填报单位：示例区统计站", "", "", "计量单位：亿元"],
    ["序号", "指标名称", "计量单位", "1-3月", "同比增长（%）", "2025年"],
    ["甲", "乙", "丙", 1, 2, 3],
    [1, "一、总产值", "万元", 12.3, 5.1, ""],
    [2, "其中：高新技术产业", "万元", "", "", ""],
    [3, "二、增加值增速", "%", "", "", ""],
    [4, "投产企业（家）", "个", "", "", ""],
    ["填报人：", "", "", "", "", ""],
)


def test_heads_labels_and_lines_of_a_merged_table_are_made_out():
    table = table_of(superior_table())
    assert table.head_rows == range(3, 5) and table.body_rows == (5, 6, 7, 8)
    assert table.heads[3] == ("总产值", "本月止累计") and table.heads[6] == ("投产企业（家）",)
    assert table.labels[5] == ("甲区",) and table.label_columns == (1,)
    assert table.measure == unit("万元") and table.period == Period.parse("2026-03")
    assert table.subject == "示例区" and table.title.startswith("示例市主要指标")


def test_serial_numbers_index_rows_measures_and_signatures_are_told_apart():
    table = rows_of(*DOWN)
    assert table.head_rows == range(3, 5) and table.body_rows == (5, 6, 7, 8)
    assert table.label_columns == (1, 2, 3) and list(table.heads) == [4, 5, 6]
    assert table.labels[6] == ("其中：高新技术产业",)
    assert {row: str(m) for row, m in table.measures.items()} == {
        5: "万元",
        6: "万元",
        7: "%",
        8: "个",
    }
    assert table.period == Period.parse("2026-03") and table.subject == "示例区统计站"


def test_units_at_the_left_give_indicators_above():
    proposal = propose(table_of(superior_table()), INDICATORS, SUBJECTS)
    found = {g.address: (g.cell.indicator, g.cell.subject, g.cell.about) for g in proposal.guesses}
    assert proposal.rows_are == "subjects"
    assert found["B5"] == ("output", "a", "own") and found["C5"] == ("output", "a", "to_date")
    assert found["F7"] == ("firms", "c", "own")
    assert "B8" not in found, "what a formula of the table computes is nobody's cell"
    by = {g.address: g for g in proposal.guesses}
    assert by["D5"].sure and not by["B5"].sure
    assert by["B5"].doubts[0][0] == "表上是“万元”，口径是“亿元”，填写时换算"
    assert len(proposal.confirmed().cells) == 15 and len(proposal.confirmed(["D5"]).cells) == 1


def test_indicators_at_the_left_belong_to_the_unit_that_fills_in():
    proposal = propose(rows_of(*DOWN), INDICATORS, SUBJECTS)
    assert proposal.rows_are == "indicators"
    by = {g.address: g for g in proposal.guesses}
    assert by["D5"].cell == Mapped("D5", "output", "own", "to_date", "万元", "一、总产值", "1-3月")
    assert by["E5"].cell.about == "growth" and by["E5"].cell.measured_in == "%"
    assert by["D6"].cell.indicator == "high", "a part is read with and without the row above"
    assert by["D7"].cell.indicator == "speed" and by["D7"].cell.about == "to_date"
    assert "不能换算" in by["D8"].doubts[0][0]
    assert "2025年" in by["F5"].doubts[-1][0] and "2025" in by["F5"].doubts[-1][1]
    own = propose(rows_of(*DOWN), INDICATORS, SUBJECTS, Named("u7", "示例区"))
    assert own.guesses[0].cell.subject == "u7"
    stated = propose(rows_of(*DOWN), INDICATORS, [Named("s", "示例区统计站")])
    assert stated.guesses[0].cell.subject == "s"


def test_what_is_not_made_out_is_a_doubt_and_no_guess():
    table = rows_of(["项目", "本月", "累计"], ["税收", "", ""], ["绿地", "", ""])
    by = {g.address: g for g in propose(table, INDICATORS, SUBJECTS).guesses}
    assert by["B2"].indicator.zh == "与别名相同" and by["B2"].subject is None
    words = [zh for zh, _ in by["B2"].doubts]
    assert words == ["表上没有写计量单位，按口径“万元”填", "没有认出是哪个单位"]
    assert by["B3"].indicator is None and by["B3"].score == 0
    bare = propose(table, [Named("x", "税收")], SUBJECTS)
    assert bare.guesses[0].cell.measured_in == ""


def test_subjects_may_stand_above_indicators():
    table = rows_of(
        ["指标", "甲区", "乙区"], ["总产值（亿元）", "", ""], ["增加值同比（%）", "", ""]
    )
    by = {g.address: g.cell for g in propose(table, INDICATORS, SUBJECTS).guesses}
    assert (by["C2"].indicator, by["C2"].subject, by["C2"].about) == ("output", "b", "own")
    assert (by["C3"].indicator, by["C3"].about) == ("added", "growth")


@pytest.mark.parametrize(
    "rows", [[["只有一句话"]], [["a", "b"]], [["表", "头"]] * 9, [["甲", 1], [2, 3]]]
)
def test_where_there_is_no_table_it_is_said(rows):
    grid = read_grid("a.xlsx", workbook(("表", rows)))
    assert isinstance(grid, Grid)
    answer = laid_out(grid.sheets[0])
    assert isinstance(answer, Refusal) and answer.code == "mapping.no_table"


def test_a_row_of_signs_is_no_head_and_a_line_across_is_no_label():
    table = rows_of(
        ["单位", "产值", "税收"], ["甲区", "—", "—"], ["第二部分", "", ""], ["乙区", 1, 2], ["注：略"],
        merged=["A3:C3"],
    )  # fmt: skip
    assert table.head_rows == range(1, 2) and table.body_rows == (2, 4)
    assert table.title == "" and table.period is None


@pytest.mark.parametrize(
    ("heads", "about", "measure", "words"),
    [
        (("总产值（万元）", "本月"), "own", "万元", ("总产值",)),
        (("总产值", "1—3月累计"), "to_date", None, ("总产值",)),
        (("总产值", "累计", "同比±%"), "to_date_growth", "%", ("总产值",)),
        (("总产值比上年同期增长（%）",), "growth", "%", ("总产值",)),
        (("环比（%）",), "chain_growth", "%", ()),
        (("上年同期",), "year_ago", None, ()),
        (("累计", "上年同期"), "to_date_year_ago", None, ()),
        (("上月数",), "prior", None, ()),
        (("占地面积(亩，含在建)",), "own", "亩", ("占地面积(亩,含在建)",)),
        (("产值（规上）",), "own", None, ("产值(规上)",)),
    ],
)
def test_heads_say_period_and_measure(heads, about, measure, words):
    said = said_by(heads)
    assert (said.about, said.measure and said.measure.name, said.words) == (about, measure, words)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026年3月", "2026-03"), ("2026年1-3月", "2026-03"), ("２０２６年第一季度", "2026Q1"),
        ("2026年上半年", "2026H1"), ("2026年下半年", "2026H2"), ("2026年", "2026"),
        ("2026年13月", None), ("三月", None),
    ],
)  # fmt: skip
def test_periods_are_read_in_titles(text, period):
    assert period_in(text) == (Period.parse(period) if period else None)


def test_measures_are_read_where_tables_write_them():
    said = (
        "单位：万元",
        "填报单位：甲区 金额单位：千元",
        "单位：所",
        "产值（万元）",
        "面积（平方米、亩）",
        "完成%",
        "无",
    )
    assert [m and m.name for m in map(measure_in, said)] == [
        "万元", "千元", None, "万元", "平方米", "%", None,
    ]  # fmt: skip


def test_names_are_compared_without_numbers_marks_and_brackets():
    assert plain_name("（一）其中： 总产值（现价）") == "总产值" == plain_name("1、总 产 值")
    assert plain_name("（现价）") == "现价" or plain_name("（现价）")
    assert likeness("", "a") == 0 and likeness("总产值", "总产值") == 1
    assert likeness("规上工业总产值", "工业总产值") > likeness("规上工业增加值", "工业总产值")
    assert likeness("值", "产值") < 0.55
    assert best(["毫不相干"], INDICATORS) is None and best([""], INDICATORS) is None
    near = best(["工业产值"], [Named("x", "工业产值一"), Named("y", "工业产值二")])
    assert near.score < 0.9 and "同样相近" in near.zh and "as close" in near.en


def test_the_next_months_edition_has_the_same_fingerprint():
    march, november = table_of(superior_table()), table_of(superior_table("2026年11月"))
    assert fingerprint(march) == fingerprint(november)
    filled = [list(row) for row in DOWN]
    filled[1][0], filled[5][3], filled[8][0] = "填报单位：别的站", 99, "填报人：某"
    assert fingerprint(rows_of(*DOWN)) == fingerprint(rows_of(*filled))
    filled[6][1] = "二、增加值"
    assert fingerprint(rows_of(*DOWN)) != fingerprint(rows_of(*filled))


def test_a_new_row_takes_nothing_else_with_it():
    before = rows_of(*DOWN)
    mapping = propose(before, INDICATORS, SUBJECTS).confirmed()
    longer = [list(row) for row in DOWN]
    longer.insert(4, [0, "新增指标", "万元", "", "", ""])
    del longer[-2]
    after = rows_of(*longer)
    moved, gone, free = carry(mapping, after)
    by = {cell.address: cell for cell in moved.cells}
    assert by["D6"].indicator == "output" and moved.fingerprint == fingerprint(after)
    assert {cell.indicator for cell in gone} == {"firms"} and "D5" in free
    told = changes(fixed_texts(before), fixed_texts(after))
    assert told.new == ("新增指标",) and "投产企业(家)" in told.gone and 0.8 < told.same < 1
    assert changes({}, {}).same == 0


def test_a_mapping_is_kept_as_plain_data():
    mapping = propose(table_of(superior_table()), INDICATORS, SUBJECTS).confirmed()
    assert Mapping.read(json.loads(json.dumps(mapping.stored()))) == mapping
    wrong = mapping.stored() | {"cells": [{**mapping.stored()["cells"][0], "about": "someday"}]}
    with pytest.raises(ValueError, match="someday"):
        Mapping.read(wrong)


def test_what_is_known_is_converted_exactly_and_the_rest_is_asked():
    cells = [
        Mapped("B5", "output", "a", measured_in="万元"),
        Mapped("B6", "output", "b", measured_in="平方米"),
        Mapped("B7", "output", "c"),
        Mapped("B8", "land", "c", measured_in="平方米"),
        Mapped("B9", "gone", "c"),
    ]
    known = {
        "B5": Quantity(12345, 4, unit("亿元")),
        "B6": Quantity(1, 0, unit("亿元")),
        "B8": Quantity(1, 0, unit("亩")),
        "B9": Refusal("x", "没有基数", "no base"),
    }
    written, asked, refused = content(cells, lambda cell: known.get(cell.address))
    assert written == {"B5": "12345"}
    assert [c.address for c in asked] == ["B7"]
    assert [(c.address, why.code) for c, why in refused] == [
        ("B6", "quantity.unit_mismatch"), ("B8", "quantity.inexact"), ("B9", "x"),
    ]  # fmt: skip


def test_figures_are_taken_in_the_unit_of_their_head():
    rows = ["x", 12.3, "12.3亿元", "—", 0.05, ""], ["y", "1,2", 3, "", "", ""]
    grid = read_grid("a.xlsx", workbook(("表", rows), formats={(0, 4): "0%"}))
    assert isinstance(grid, Grid)
    cells = tuple(
        Mapped(at, key, "a", about, measure)
        for at, key, about, measure in (
            ("B1", "output", "own", "亿元"), ("C1", "output", "own", "亿元"),
            ("D1", "output", "own", "亿元"), ("E1", "rate", "own", "%"),
            ("F1", "output", "own", "亿元"), ("B2", "output", "own", "亿元"),
            ("C2", "output", "growth", "%"), ("??", "output", "own", ""),
            ("C2", "unknown", "own", ""), ("C2", "output", "own", ""),
        )
    )  # fmt: skip
    takings = {
        "output": Taking(unit("万元"), 2, {"—": "无"}),
        "rate": Taking(unit("%"), 1),
    }
    found = figures_in(Mapping("表", "", cells), grid.sheets[0], takings)
    by = [(cell.address, figure) for cell, figure in found]
    assert by[:4] == [("B1", 12_300_000), ("C1", 12_300_000), ("D1", Absent("—", "无")), ("E1", 50)]
    assert isinstance(by[4][1], Refusal) and by[5] == ("C2", 300)
    assert Cell("date", "x").kind == "date"
