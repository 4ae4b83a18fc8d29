"""Faults marked in the file they were found in: coloured, commented, taken off next time."""

from __future__ import annotations

import io

import openpyxl
import pytest
from lxml import etree

from factories.books import raw_book, workbook
from factories.templates import OTHER, SHEET, parts, superior_table
from luodi.kit.grids import Grid, read_grid
from luodi.kit.grids.marking import FORMULA, Mark, mark
from luodi.kit.refusals import Refusal

TEXT = "税收应不小于 0万元，填的是 −1万元"


def marked(data: bytes, marks) -> bytes:
    answer = mark(data, marks)
    assert isinstance(answer, bytes), answer
    return answer


def notes(data: bytes, sheet: str = SHEET) -> dict[str, str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        c.coordinate: c.comment.text for row in book[sheet].iter_rows() for c in row if c.comment
    }


def test_a_fault_has_a_comment_and_a_colour_and_the_cell_its_format():
    data = marked(superior_table(), {SHEET: {"D5": Mark(TEXT), "E6": Mark("请说明", hard=False)}})
    assert notes(data) == {"B4": "按现价", "D5": "【审核】" + TEXT, "E6": "【审核】请说明"}
    book = openpyxl.load_workbook(io.BytesIO(data))
    before = openpyxl.load_workbook(io.BytesIO(superior_table()))
    cell, was = book[SHEET]["D5"], before[SHEET]["D5"]
    assert (cell.number_format, cell.fill.fgColor.rgb) == (was.number_format, was.fill.fgColor.rgb)
    rules = {
        str(group.sqref): rule.dxf.fill.bgColor.rgb
        for group in book[SHEET].conditional_formatting
        for rule in group.rules
        if rule.formula == [FORMULA]
    }
    assert rules == {"D5": "FFFF9A9A", "E6": "FFFFE08A"}


def test_what_is_not_marked_stays_to_the_byte():
    old, new = parts(superior_table()), parts(marked(superior_table(), {SHEET: {"D5": Mark(TEXT)}}))
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {
        "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml", "xl/worksheets/_rels/sheet1.xml.rels",
    }  # fmt: skip
    assert set(new) == set(old)


def test_the_marks_of_last_time_are_taken_off():
    once = marked(
        superior_table(),
        {SHEET: {"D5": Mark(TEXT), "B4": Mark("也不对")}, OTHER: {"A1": Mark("错")}},
    )
    assert notes(once)["B4"] == "按现价\n【审核】也不对" and notes(once, OTHER) == {
        "A1": "【审核】错"
    }
    twice = marked(once, {SHEET: {"E7": Mark("新错")}})
    assert notes(twice) == {"B4": "按现价", "E7": "【审核】新错"} and notes(twice, OTHER) == {}
    none = marked(twice, {})
    assert notes(none) == {"B4": "按现价"} and FORMULA.encode() not in b"".join(
        parts(none).values()
    )
    shapes = etree.fromstring(parts(none)["xl/drawings/vmlDrawing1.vml"])
    assert len([s for s in shapes if s.tag.endswith("}shape")]) == 1
    styles = parts(none)["xl/styles.xml"]
    assert styles.count(b"FFFF9A9A") == 1, "the colours are not added again and again"


def test_a_plain_sheet_gets_the_parts_it_needs():
    data = marked(
        workbook(("表", [["甲", 1], ["乙", 2]])), {"表": {"B2": Mark(TEXT), "C9": Mark("缺")}}
    )
    assert notes(data, "表") == {"B2": "【审核】" + TEXT, "C9": "【审核】缺"}
    new = parts(data)
    assert b'Extension="vml"' in new["[Content_Types].xml"]
    assert b"comments1.xml" in new["[Content_Types].xml"]
    part = new["xl/worksheets/sheet1.xml"]
    assert part.index(b"<conditionalFormatting") < part.index(b"legacyDrawing")
    grid = read_grid("a.xlsx", data)
    assert isinstance(grid, Grid) and grid.sheets[0].at(2, 2).text == "2"


def test_a_merged_range_is_marked_where_it_is_shown_and_strange_places_are_left():
    data = marked(
        superior_table(), {SHEET: {"C1": Mark("题"), "??": Mark("x")}, "无": {"A1": Mark("x")}}
    )
    assert set(notes(data)) == {"A1", "B4"}


def test_a_book_without_styles_or_types_is_marked_as_far_as_it_goes():
    inner = "<sheetData><row><c><v>1</v></c></row></sheetData>"
    data = marked(raw_book(inner, styles="<colors/>"), {"S1": {"A1": Mark("\x01错")}})
    new = parts(data)
    assert new["xl/styles.xml"].index(b"dxfs") < new["xl/styles.xml"].index(b"colors")
    assert "\ufffd错" in new["xl/comments1.xml"].decode()
    assert isinstance(mark(b"PK", {}), Refusal)
    broken = raw_book("", parts={"xl/worksheets/s1.xml": "<a"})
    answer = mark(broken, {"S1": {"A1": Mark("x")}})
    assert isinstance(answer, Refusal) and answer.code == "grid.damaged"


@pytest.mark.parametrize("gone", ["xl/styles.xml"])
def test_without_styles_there_are_comments_only(gone):
    from factories.words import zipped

    left = {n: d for n, d in parts(workbook(("表", [[1]]))).items() if n != gone}
    data = marked(zipped(left), {"表": {"A1": Mark("错")}})
    assert b"commentList" in parts(data)["xl/comments1.xml"]
    assert b"conditionalFormatting" not in parts(data)["xl/worksheets/sheet1.xml"]
