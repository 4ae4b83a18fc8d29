"""Figures of money against each other, and what a platform's list is read as."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from luodi.kit.calendars import Period
from luodi.kit.grids import Grid, read_grid
from luodi.projects.rules.columns import listed, proposed
from luodi.projects.rules.exports import KNOWN, lines_of
from luodi.projects.rules.money import Amounts, clashes, doubts, expected, share

AMOUNTS = st.decimals(0, 10_000, places=2).map(Fraction)
MONTHS = st.lists(AMOUNTS, min_size=1, max_size=30)


def told(months: list[Fraction], start: Period) -> list[tuple[Period, Amounts]]:
    """A project that tells every month, as it should."""
    found, period, year, whole = [], start, Fraction(0), Fraction(0)
    for month in months:
        year = (Fraction(0) if period.number == 1 else year) + month
        whole += month
        found.append((period, Amounts(month, year, whole)))
        period = period.next()
    return found


@given(MONTHS, st.integers(1, 12))
def test_sums_of_months_never_clash(months, first):
    rows = told(months, Period("month", 2025, first))
    before = None
    for period, said in rows:
        assert clashes(said, before, period) == []
        before = said


@given(MONTHS.filter(lambda m: len(m) > 1), st.integers(1, 11), AMOUNTS.filter(bool))
def test_a_cumulative_that_is_off_is_told(months, first, off):
    rows = told(months, Period("month", 2025, first))[:2]
    (_, before), (period, said) = rows
    wrong = Amounts(said.month, said.to_date + off, None)
    assert clashes(wrong, before, period)
    low = Amounts(None, before.to_date - off, None)
    assert bool(clashes(low, before, period)) == (period.number != 1)


@given(AMOUNTS, AMOUNTS)
def test_a_share_is_rounded_once(part, whole):
    percent, reason = share(part, whole, "计划")
    if not whole:
        assert percent is None and "计划" in reason
    else:
        assert abs(Fraction(percent) - 100 * part / whole) <= Fraction(1, 200)


def test_the_pace_is_even():
    assert [expected(month) for month in (3, 6, 12)] == [25, 50, 100]


@pytest.mark.parametrize(
    ("said", "plan", "total", "earlier", "word"),
    [
        (Amounts(Fraction(30)), Fraction(10), None, [], "年度计划"),
        (Amounts(None, None, Fraction(500)), None, Fraction(300), [], "超过总投资"),
        (Amounts(Fraction(1, 5)), None, Fraction(300), [], "千分之一"),
        (Amounts(Fraction(2_000_000)), None, None, [Fraction(900)] * 3, "倍"),
        (Amounts(Fraction(1, 10)), None, None, [Fraction(900)] * 3, "亿元填成了万元"),
    ],
)
def test_amounts_out_of_proportion_are_asked_about(said, plan, total, earlier, word):
    assert word in "".join(doubts(said, plan, total, earlier, 2))


def test_what_is_in_proportion_is_not():
    said = Amounts(Fraction(900), Fraction(2000), Fraction(9000))
    assert not doubts(said, Fraction(12_000), Fraction(32_000), [Fraction(1100)] * 5, 2)


def sheet_of(*rows: tuple, merges: tuple[str, ...] = ()) -> Grid:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for one in merges:
        sheet.merge_cells(one)
    out = BytesIO()
    book.save(out)
    grid = read_grid("平台.xlsx", out.getvalue())
    assert isinstance(grid, Grid)
    return grid


def test_heads_over_two_rows_with_merged_cells_are_read():
    grid = sheet_of(
        ("全市投资项目进度", None, None, None),
        ("单位：亿元", None, None, None),
        ("项目代码", "项目名称", "完成投资", None),
        (None, None, "本月完成投资", "本年累计完成投资"),
        ("2603-140500-04-01-123456", "甲", 0.12, 0.2),
        merges=("A3:A4", "B3:B4", "C3:D3"),
    )
    found = listed(grid.shown, KNOWN)
    guessed = {field: column for field, (column, _sure) in proposed(found.heads, KNOWN, {}).items()}
    assert guessed == {"code": 1, "name": 2, "month": 3, "to_date": 4}
    [line] = lines_of(found, guessed)
    assert line.amounts == {"month": (1200, 0), "to_date": (2000, 0)} and not line.faults


def test_cells_that_hold_no_number_are_faults_and_dashes_are_nothing():
    grid = sheet_of(
        ("国家项目代码", "本月完成投资（万元）", "总投资（万元）"),
        ("2603-140500-04-01-123456", "=1/0", "—"),
        ("2603-140500-04-01-123457", "很多", 5),
        ("2603-140500-04-01-123458", None, 5),
        (None, 5, 5),
    )
    found = listed(grid.shown, KNOWN)
    lines = lines_of(found, {"code": 1, "month": 2, "total": 3})
    assert [bool(line.faults) for line in lines] == [True, True, False, True]
    assert "没有结果的公式" in lines[0].faults[0] and "没有国家项目代码" in lines[3].faults[0]


def test_a_sheet_without_heads_is_no_list():
    assert listed(sheet_of(("甲", "乙"), (1, 2)).shown, KNOWN) is None
