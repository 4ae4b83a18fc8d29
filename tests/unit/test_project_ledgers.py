"""Cells, heads and lines of a project ledger, read exactly or refused in one sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.common.refusals import Incomplete
from luodi.kit.grids import Cell, Sheet
from luodi.projects.rules.cells import amount_in, day_in, not_after
from luodi.projects.rules.columns import REASON, listed, proposed
from luodi.projects.rules.ledgers import KNOWN, Said, lines_of, twice
from luodi.projects.rules.words import Vocabulary

CHOICES = {"lead": (("u", "市工信局"),), "zone": (("z", "开发区"),)}
WORDS = Vocabulary(
    {
        "lead": {"市工信局": frozenset({"u"}), "两可": frozenset({"u", "v"})},
        "zone": {"开发区": frozenset({"z"})},
    },
    CHOICES,
    {("lead", "工信口"): "u", ("zone", "待定"): ""},
)


def number(text: str, code: str = "General") -> Cell:
    return Cell("number", text, code)


def said(text: str) -> Cell:
    return Cell("text", text)


def sheet(*rows: tuple, merges=()) -> Sheet:
    """A sheet of rows, empty cells left out."""
    cells = {
        r: {c: one if isinstance(one, Cell) else said(one) for c, one in enumerate(row, 1) if one}
        for r, row in enumerate(rows, 1)
    }
    return Sheet("项目", {r: row for r, row in cells.items() if row}, merges)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (said("2026-06-01"), date(2026, 6, 1)),
        (said("2026/6/1 00:00:00"), date(2026, 6, 1)),
        (said("2026.6"), date(2026, 6, 30)),
        (said("２０２６年６月"), date(2026, 6, 30)),
        (said("2026年12月底前"), date(2026, 12, 31)),
        (said("2026年"), date(2026, 12, 31)),
        (said("20260601"), date(2026, 6, 1)),
        (Cell("date", "2026/6/1"), date(2026, 6, 1)),
        (number("2026.6"), date(2026, 6, 30)),
        (number("2026.1", "0.00"), date(2026, 10, 31)),
        (said("—"), None),
        (said(" "), None),
    ],
)
def test_days(cell, day):
    assert day_in("计划开工日期", cell) == day


@pytest.mark.parametrize(
    "cell",
    [number("2026.1"), number("46174"), said("尽快"), said("2026-02-30"), said("6月1日"),
     said("2026年13月"), Cell("uncomputed", "=A1"), Cell("error", "#REF!"), said("2026-06-01开工")],
)  # fmt: skip
def test_what_names_no_day_is_refused(cell):
    with pytest.raises(Incomplete, match="计划开工日期"):
        day_in("计划开工日期", cell)


@pytest.mark.parametrize(
    ("cell", "measure", "amount"),
    [
        (number("3.2"), "亿元", (32000, 0)),
        (said("3.2亿元"), "万元", (32000, 0)),
        (number("3.2", '0.0"亿元"'), "万元", (32000, 0)),
        (said("1,200"), "", (1200, 0)),
        (said("无"), "亿元", None),
    ],
)
def test_money(cell, measure, amount):
    assert amount_in("总投资", cell, measure, "万元") == amount


@pytest.mark.parametrize(
    ("text", "measure", "mu"), [("4", "公顷", 60), ("2000", "平方米", 3), ("20亩", "公顷", 20)]
)
def test_land_by_the_unit_of_its_head(text, measure, mu):
    number_, scale = amount_in("用地面积", said(text), measure, "亩")
    assert number_ == mu * 10**scale


@pytest.mark.parametrize("text", ["-3", "三个亿左右", "5亩", "1e9", "约30"])
def test_what_is_no_amount_of_money_is_refused(text):
    with pytest.raises(Incomplete, match="总投资"):
        amount_in("总投资", said(text), "亿元", "万元")


@given(st.decimals(min_value=0, max_value=10**6, places=4))
def test_a_head_in_亿元_is_ten_thousand_times_one_in_万元(value):
    big = amount_in("总投资", said(f"{value:f}"), "亿元", "万元")
    small = amount_in("总投资", said(f"{value:f}"), "万元", "万元")
    assert big[0] * 10 ** small[1] == small[0] * 10 ** big[1] * 10**4


@given(st.text(max_size=30), st.sampled_from(["text", "number", "date"]))
def test_no_cell_breaks_the_reader(text, kind):
    for read in (lambda c: day_in("日期", c), lambda c: amount_in("总投资", c, "亿元", "万元")):
        try:
            read(Cell(kind, text))
        except Incomplete as refusal:
            assert refusal.sentence


def test_a_month_under_way_is_told_up_to_today():
    today = date(2026, 3, 2)
    assert not_after(date(2026, 3, 31), today) == today
    assert not_after(date(2026, 3, 30), today) == date(2026, 3, 30)
    assert not_after(date(2026, 2, 28), today) == date(2026, 2, 28)


HEADS = ("序号", "项目名称", "投资方", "投资", "", "责任单位")
UNDER = ("", "", "", "总投资（亿元）", "面积", "")
MERGED = ((2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3), (2, 4, 2, 5), (2, 6, 3, 6), (1, 1, 1, 6))


def test_heads_of_two_rows_under_a_merged_title():
    found = listed([sheet(("重点项目台账",), HEADS, UNDER, ("1", "甲项目"), merges=MERGED)], KNOWN)
    assert found.first == 4 and found.above == "重点项目台账"
    assert found.heads[4] == "投资总投资(亿元)" or found.heads[4] == "投资总投资（亿元）"
    guessed = proposed(found.heads, KNOWN, {})
    assert {name: column for name, (column, _sure) in guessed.items()} == {
        "name": 2, "investor": 3, "investment": 4, "lead": 6
    }  # fmt: skip
    assert found.measure(4) == "亿元"


def test_money_above_the_heads_says_nothing_about_land():
    heads = ("项目名称", "总投资", "占地面积")
    found = listed([sheet(("单位：亿元",), heads, ("甲", "1", "2"))], KNOWN)
    assert (found.measure(2), found.measure(3, "亩")) == ("亿元", "")


def test_a_line_of_the_list_is_no_head_though_its_words_are_known():
    rows = (
        ("项目名称", "责任单位", "所在县区"),
        ("某项目投资方代码", "牵头单位办公室", "开发区"),
    )
    assert listed([sheet(*rows)], KNOWN).first == 2


def test_our_own_column_of_reasons_is_no_head():
    plain, with_reasons = (
        listed([sheet(("项目名称", "投资方", *more), ("甲", "乙", "丙"))], KNOWN)
        for more in ((), (REASON,))
    )
    assert plain.fingerprint("ledger") == with_reasons.fingerprint("ledger")
    assert plain.fingerprint("ledger") != plain.fingerprint()


COLUMNS = {"name": 2, "lead": 3, "zone": 4, "investment": 5}


def read(*rows: tuple, merges=()):
    heads = ("序号", "项目名称", "责任单位", "所在县区", "总投资（亿元）")
    found = listed([sheet(heads, *rows, merges=merges)], KNOWN)
    return lines_of(found, COLUMNS, WORDS)


def test_totals_headings_and_notes_are_no_projects():
    lines, skipped = read(
        ("一、续建项目（2个）",),
        ("1", "甲项目", "市工信局", "开发区", "1"),
        ("", "小计", "", "", "1"),
        ("2", "乙项目", "市工信局", "开发区", "2"),
        ("合计", "", "", "", "3"),
        ("3",),
        ("", "（二）新建项目"),
        ("填报单位：示例部门",),
        ("合　计", "", "", "", "3"),
        ("二、储备项目（3个）", "", "", "", "5"),
        ("", "汇总科技园项目", "市工信局", "", "5"),
        ("4", "丁项目"),
    )
    assert [line.name for line in lines] == ["甲项目", "乙项目", "汇总科技园项目", "丁项目"]
    assert [one.number for one in skipped] == [2, 4, 6, 7, 8, 9, 10, 11]
    assert [one.why for one in skipped if one.number in (4, 6, 7)] == [
        "合计行",
        "合计行",
        "没有内容",
    ]


def test_a_zone_merged_down_over_several_lines_holds_for_each():
    lines, _ = read(
        ("1", "甲项目", "市工信局", "开发区", "1"),
        ("2", "乙项目", "", "", ""),
        merges=((2, 3, 3, 3), (2, 4, 3, 4), (2, 5, 3, 5)),
    )
    assert [line.given.get("zone") for line in lines] == ["z", "z"]
    assert "investment" not in lines[1].given, "an amount merged over two lines is of neither"


def test_words_are_resolved_remembered_or_asked_about():
    lines, _ = read(("1", "甲项目", "工信口", "待定", "1"), ("2", "乙项目", "两可", "远方", "1"))
    assert lines[0].given["lead"] == "u" and "zone" not in lines[0].given
    assert lines[1].words == (("lead", "两可"), ("zone", "远方"))
    assert WORDS.nearest("lead", "工信局") == [("u", "市工信局")]


def test_lines_about_one_project_are_all_faults():
    def line(number_: int, code: str = "") -> Said:
        return Said(number_, "甲", {"code": code} if code else {})

    cases = [
        ([(line(1, "c"), "", ("甲", "")), (line(2, "c"), "", ("乙", ""))], [2, 1]),
        ([(line(1, "c"), "", ("甲", "")), (line(2, "d"), "", ("甲", ""))], [0, 0]),
        ([(line(1, "c"), "", ("甲", "")), (line(2), "", ("甲", ""))], [2, 1]),
        ([(line(1), "p", ("甲", "")), (line(2), "p", ("乙", ""))], [2, 1]),
        ([(line(1), "", ("", "")), (line(2), "", ("", ""))], [0, 0]),
    ]
    for given_lines, others in cases:
        found = twice(given_lines)
        assert [f"第 {n} 行" in "".join(one.faults) if n else not one.faults
                for one, n in zip(found, others, strict=True)] == [True, True]  # fmt: skip
