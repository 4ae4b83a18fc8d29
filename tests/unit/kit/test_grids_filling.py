"""Filling somebody else's workbook: the cells change, nothing else does."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from lxml import etree

from factories.books import MAIN, raw_book
from factories.templates import OTHER, SHEET, parts, superior_table
from factories.words import zipped
from luodi.kit.grids import Grid, read_grid
from luodi.kit.grids.filling import Filled, fill
from luodi.kit.refusals import Refusal

PART = "xl/worksheets/sheet1.xml"


def done(data: bytes, content) -> Filled:
    answer = fill(data, content)
    assert isinstance(answer, Filled), answer
    return answer


def cells_of(part: bytes) -> dict[str, bytes]:
    """Each cell's XML by its address."""
    root = etree.fromstring(part)
    return {c.get("r"): etree.tostring(c, method="c14n") for c in root.iter(f"{{{MAIN}}}c")}


def without_rows(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for data in root.iter(f"{{{MAIN}}}sheetData"):
        data.clear()
    return etree.tostring(root, method="c14n")


def test_only_the_written_cells_change():
    before = superior_table()
    filled = done(
        before, {SHEET: {"B5": "12.30", "C5": "1200", "F5": "8", "D6": "=1+1", "A1": None}}
    )
    old, new = parts(before), parts(filled.data)
    assert list(old) == list(new)
    assert {n for n in old if old[n] != new[n]} == {PART}
    assert without_rows(old[PART]) == without_rows(new[PART])
    was, now = cells_of(old[PART]), cells_of(new[PART])
    formulas = {f"{c}8" for c in "BCDEF"}
    assert {a for a in now if was.get(a) != now[a]} == {"B5", "C5", "F5", "D6", "A1"} | formulas
    assert filled.written == 4 and filled.kept == ()


def test_what_is_written_is_read_back_in_the_format_of_its_cell():
    filled = done(superior_table(), {SHEET: {"B5": "12.30", "D6": "=1+1", "G5": "-3", "B6": "007"}})
    grid = read_grid("a.xlsx", filled.data)
    assert isinstance(grid, Grid)
    sheet = grid.sheets[0]
    assert (sheet.at(5, 2).text, sheet.at(5, 2).code) == ("12.3", "#,##0.00")
    assert sheet.at(6, 4).kind == "text" and not sheet.at(6, 4).formula
    assert sheet.at(5, 7).text == "-3" and sheet.at(6, 2).text == "007"
    book = openpyxl.load_workbook(io.BytesIO(filled.data))
    assert book[SHEET]["B5"].value == 12.3 and book[SHEET]["B8"].value == "=SUM(B5:B7)"
    assert book[SHEET].merged_cells.ranges and book[SHEET].conditional_formatting


def test_formulas_are_kept_said_and_computed_when_opened():
    filled = done(superior_table(), {SHEET: {"B8": "99", "B5": "1"}})
    assert filled.kept == ((SHEET, "B8"),)
    new = parts(filled.data)
    assert b'fullCalcOnLoad="1"' in new["xl/workbook.xml"]
    assert b"<f>SUM(B5:B7)</f></c>" in new[PART], "a sum of other figures is not left standing"
    grid = read_grid("a.xlsx", filled.data)
    assert isinstance(grid, Grid) and grid.sheets[0].at(8, 2).kind == "uncomputed"


def test_a_place_in_a_merged_range_is_written_where_it_is_shown():
    filled = done(superior_table(), {SHEET: {"C1": "新题"}})
    now = cells_of(parts(filled.data)[PART])
    assert "新题" in now["A1"].decode("utf-8", "ignore") or b"&#" in now["A1"]
    grid = read_grid("a.xlsx", filled.data)
    assert isinstance(grid, Grid) and grid.sheets[0].spread(1, 3).text == "新题"


@pytest.mark.parametrize(
    ("calculation", "after"),
    [
        ('<calcPr calcId="1"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="1"/>', '<calcPr fullCalcOnLoad="1" calcId="1"/>'),
        ("", '</sheets><calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_excel_is_told_to_compute_whatever_the_workbook_said(calculation, after):
    data = raw_book("<sheetData><row><c><f>1</f><v>1</v></c></row></sheetData>")
    book = (
        parts(data)["xl/workbook.xml"].decode().replace("</workbook>", calculation + "</workbook>")
    )
    made = done(zipped(parts(data) | {"xl/workbook.xml": book}), {"S1": {"B2": "1"}})
    assert after in parts(made.data)["xl/workbook.xml"].decode()
    bare = zipped(parts(data) | {"xl/workbook.xml": book.replace("</sheets>", "</sheets >")})
    assert isinstance(fill(bare, {"S1": {"B2": "1"}}), Filled)


def test_cells_are_made_in_their_order_and_in_the_look_of_their_column():
    inner = (
        '<dimension ref="B2"/><cols><col min="3" max="3" style="0"/><col min="4" max="4"/></cols>'
        '<sheetData><row r="2" spans="2:2"><c r="B2"><v>1</v></c></row>'
        '<row r="4" s="0" customFormat="1"><c><v>2</v></c></row></sheetData>'
    )
    content = {"A2": "1", "C2": "3", "D3": "4", "D4": "5", "E9": "字\x00", "B2": None, "Z9": None}
    made = done(raw_book(inner, styles="<cellXfs><xf/></cellXfs>"), {"S1": content})
    part = parts(made.data)["xl/worksheets/s1.xml"].decode()
    assert re.findall(r'r="([A-Z]+\d+)"', part) == ["A2", "B2", "C2", "D3", "A4", "D4", "E9"]
    assert 'ref="A2:E9"' in part and "spans" not in part
    assert '<c r="C2" s="0">' in part and '<c r="D4" s="0">' in part and '<c r="D3">' in part
    assert "字\ufffd" in part and made.written == 5


def test_a_sheet_without_rows_gets_them_in_the_right_place():
    made = done(raw_book('<sheetPr/><dimension ref="?"/><pageMargins/>'), {"S1": {"A1": "1"}})
    part = parts(made.data)["xl/worksheets/s1.xml"].decode()
    assert part.index("<sheetData>") < part.index("<pageMargins")
    bare = done(raw_book(""), {"S1": {"A1": "1"}})
    assert b"<sheetData>" in parts(bare.data)["xl/worksheets/s1.xml"]


@pytest.mark.parametrize(
    ("data", "content", "code"),
    [
        (superior_table(), {"没有": {"A1": "1"}}, "grid.no_sheet"),
        (superior_table(), {SHEET: {"1A": "1"}}, "grid.no_place"),
        (b"PK\x03\x04broken", {}, "grid.damaged"),
        (b"plain", {}, "grid.damaged"),
        (zipped({"xl/workbook.xml": b" " * 30_000_000}), {}, "grid.bomb"),
        (
            zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "macroEnabled"}),
            {},
            "grid.macros",
        ),
        (
            raw_book("", parts={"xl/worksheets/s1.xml": "<!DOCTYPE a><a/>"}),
            {"S1": {"A1": "1"}},
            "grid.damaged",
        ),
        (raw_book("", parts={"xl/worksheets/s1.xml": "<a"}), {"S1": {"A1": "1"}}, "grid.damaged"),
    ],
)
def test_what_cannot_be_filled_is_refused_in_words(data, content, code):
    answer = fill(data, content)
    assert isinstance(answer, Refusal) and answer.code == code and answer.zh and answer.en


def test_other_sheets_keep_what_they_stored():
    new = parts(done(superior_table(), {SHEET: {"B5": "1"}}).data)
    old = parts(superior_table())
    assert new["xl/worksheets/sheet2.xml"] == old["xl/worksheets/sheet2.xml"]
    both = done(superior_table(), {SHEET: {"B5": "1"}, OTHER: {"B1": "乙"}})
    assert parts(both.data)["xl/worksheets/sheet2.xml"] != old["xl/worksheets/sheet2.xml"]
