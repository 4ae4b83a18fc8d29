"""Excel files out: text stays text, and nothing is lost without a word."""

from __future__ import annotations

import io
from datetime import date

from python_calamine import CalamineWorkbook

from luodi.common.sheets import safe_title, workbook


def read_back(data: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python()


def test_numbers_dates_and_text_come_back_as_they_went_in():
    rows = read_back(workbook("表", ["名", "数", "日"], [["甲", 12, date(2026, 3, 2)]]))
    assert rows == [["名", "数", "日"], ["甲", 12.0, date(2026, 3, 2)]]


def test_what_looks_like_a_formula_or_a_link_is_text():
    said = ["=1+1", "+cmd", "-2", "@SUM(A1)", "https://example.org"]
    assert read_back(workbook("表", ["a"] * 5, [said]))[1] == said
    assert b"<f>" not in workbook("表", ["a"], [["=1+1"]])


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    cell = read_back(workbook("表", ["a"], [["长" * 40_000]]))[1][0]
    assert cell.startswith("长长") and "余下 8000 字" in cell


def test_a_sheet_takes_any_title():
    assert safe_title("[a]:*?/\\'" + "长" * 40) == "a" + "长" * 30
    assert safe_title("") == "Sheet1"


def test_a_long_sheet_is_written_row_by_row_and_says_the_same(monkeypatch):
    rows = [[f"=行{n}", n, date(2026, 1, 1)] for n in range(30)]
    short = read_back(workbook("表", ["甲", "乙", "丙"], rows, above="单位：家"))
    monkeypatch.setattr("luodi.common.sheets.MOST_IN_MEMORY", 5)
    assert read_back(workbook("表", ["甲", "乙", "丙"], rows, above="单位：家")) == short
    assert len(short) == 32 and short[2][0] == "=行0"
