"""Spreadsheets as grids: what stands in the cells, exactly; what isn't taken, in words."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from datetime import datetime

import pytest

from factories.books import raw_book, workbook
from factories.words import zipped
from luodi.kit.grids import (
    EMPTY,
    Cell,
    Grid,
    GridLimits,
    address,
    letters,
    pasted,
    place,
    read_grid,
    too_large,
)
from luodi.kit.grids.numbers import exact, of_float
from luodi.kit.refusals import Refusal

FORM = [
    ["示例区主要指标表"],
    ["填报单位：示例区统计站", "", "单位：万元"],
    ["指标", "计量单位", "本期", "增速"],
    ["总产值", "万元", 12.3, 0.05],
    ["上报日期", "", datetime(2026, 3, 31), "—"],
]
LOOKS = {(3, 3): "0.0%", (4, 2): 'yyyy"年"m"月"d"日"'}


def first(data: bytes, name: str = "a.xlsx"):
    grid = read_grid(name, data)
    assert isinstance(grid, Grid), grid
    return grid.sheets[0]


def code(data: bytes, name: str = "a.xlsx", limits: GridLimits | None = None) -> str:
    answer = read_grid(name, data, limits)
    assert isinstance(answer, Refusal) and answer.zh and answer.en and answer.zh != answer.en
    return answer.code


def row(*cells: str) -> str:
    return f'<sheetData><row r="1">{"".join(cells)}</row></sheetData>'


def test_addresses_are_written_and_read_as_in_excel():
    assert address(7, 2) == "B7" and letters(16_384) == "XFD" and place("$AA$12") == (12, 27)
    assert [place(x) for x in ("b7", "7", "B0", "XFE1", "A1048577", "ＡＢ１", "")] == [
        (7, 2), None, None, None, None, None, None,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no column 0"):
        letters(0)


def test_cells_keep_their_kind_and_their_exact_text():
    sheet = first(workbook(("表一", FORM), merged=["A1:D1"], formats=LOOKS))
    assert sheet.name == "表一" and (sheet.height, sheet.width) == (5, 4)
    assert sheet.at(4, 3) == Cell("number", "12.3")
    assert sheet.at(4, 4) == Cell("number", "0.05", "0.0%") and sheet.at(4, 4).shown == "5.0%"
    assert sheet.at(5, 3).kind == "date" and sheet.at(5, 3).text == "2026年3月31日"
    assert sheet.at(2, 2) is EMPTY and sheet.at(99, 99) is EMPTY
    assert sheet.merged_with(1, 4) == (1, 1) and sheet.merged_with(2, 1) == (2, 1)
    assert sheet.spread(1, 3).text == "示例区主要指标表" and sheet.spread(1, 3).shown
    assert dict(sheet.filled())["C4"].text == "12.3"
    assert [n for n, _ in sheet.rows()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("12.3", "12.3"),
        ("12.300000000000001", "12.3"),
        ("0.30000000000000004", "0.3"),
        ("-0.30000000000000004", "-0.3"),
        ("1.0000000000000001E-5", "0.00001"),
        ("1.5E+3", "1500"),
        ("12.50", "12.5"),
        ("-0.0", "0"),
        ("007", "7"),
        ("123456789012345678", "123456789012345678"),
        ("1E+308", "1E+308"),
        ("1E+999", "1E+999"),
        ("NaN", "NaN"),
        ("x", "x"),
        ("1234567890.1234567", "1234567890.12346"),
    ],
)
def test_a_stored_number_is_the_decimal_that_was_typed(stored, meant):
    assert exact(stored) == meant


def test_every_decimal_of_fifteen_digits_comes_back():
    chance = random.Random(7)
    for _ in range(3_000):
        digits, places = chance.randint(1, 10**15 - 1), chance.randint(0, 15)
        text = str(digits).rjust(places + 1, "0")
        whole, rest = text[: len(text) - places], text[len(text) - places :].rstrip("0")
        typed = whole + (f".{rest}" if rest else "")
        assert of_float(float(typed)) == typed


def test_of_a_formula_only_the_stored_result_is_taken():
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        "<c><f>cmd|'/c calc'!A0</f></c>",
        '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c t="str"><f>"a"</f><v>甲</v></c>',
        '<c t="b"><v>1</v></c>',
        '<c t="b"><v>0</v></c>',
        '<c t="d"><v>2026-03-01</v></c>',
        '<c t="inlineStr"><is><t>内</t></is></c>',
        '<c t="s"><v>9</v></c>',
        '<c s="77"><v>3</v></c>',
        '<c r="??"><v>4</v></c>',
        '<c r="ZZZ1"><v>5</v></c>',
        '<c r="Z1"/>',
    )
    grid = read_grid("a.xlsx", raw_book(row(*cells)))
    assert isinstance(grid, Grid) and grid.formulas == 4
    found = {k: (c.kind, c.text, c.formula) for k, c in grid.sheets[0].filled()}
    assert found == {
        "A1": ("number", "2", True),
        "B1": ("uncomputed", "", True),
        "C1": ("error", "#DIV/0!", True),
        "D1": ("text", "甲", True),
        "E1": ("truth", "TRUE", False),
        "F1": ("truth", "FALSE", False),
        "G1": ("date", "2026-03-01", False),
        "H1": ("text", "内", False),
        "J1": ("number", "3", False),
        "K1": ("number", "4", False),
        "L1": ("number", "5", False),
    }


def test_rows_without_places_and_odd_merges_are_taken_as_they_come():
    inner = (
        "<sheetData><row><c><v>1</v></c></row><row r='0'><c><v>2</v></c></row></sheetData>"
        '<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="A1"/><mergeCell/></mergeCells>'
    )
    sheet = first(raw_book(inner))
    assert [a for a, _ in sheet.filled()] == ["A1", "A2"]
    assert sheet.merges == ((1, 1, 2, 2),) and sheet.merged_with(2, 1) == (1, 1)


def test_hidden_sheets_are_there_but_not_shown():
    grid = read_grid("a.xlsx", workbook(("表", [["甲"]]), ("键", [["x"]]), hidden=["键"]))
    assert isinstance(grid, Grid)
    assert [s.name for s in grid.shown] == ["表"]
    assert grid.sheet("键") and grid.sheet("无") is None


def test_a_damaged_sheet_is_said_and_the_others_are_read():
    good = raw_book(row("<c><v>1</v></c>"), row("<c><v>2</v></c>"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, b"<broken" if info.filename.endswith("s2.xml") else old.read(info))
    grid = read_grid("a.xlsx", out.getvalue())
    assert isinstance(grid, Grid) and [n.code for n in grid.notes] == ["grid.sheet_unread"]


def test_links_are_not_followed_and_said():
    link = {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    grid = read_grid("a.xls", raw_book(row("<c><v>1</v></c>"), parts=link))
    assert isinstance(grid, Grid)
    assert [n.code for n in grid.notes] == ["grid.links", "grid.renamed"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "grid.empty"),
        (b"%PDF-1.7", "grid.form"),
        (b"\x89PNG\r\n\x1a\n....", "grid.form"),
        (b"Rar!\x1a\x07", "grid.form"),
        (b"<html><table></table></html>", "grid.form"),
        (b"<?xml version='1.0'?><Workbook/>", "grid.form"),
        (b"PK\x03\x04" + b"\0" * 200, "grid.damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "grid.encrypted",
        ),
        (bytes(range(256)) * 4, "grid.encoding"),
        (b"PK\x03\x04" + b"PK\x01\x02" * 3_000, "grid.bomb"),
        (b"a,b\n" + b'"' + b"x" * 200_000, "grid.damaged"),
        (b" , \n", "grid.empty"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(data, reason):
    assert code(data) == reason


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"xl/workbook.bin": ""}, "grid.form"),
        ({"content.xml": ""}, "grid.form"),
        ({"a.txt": ""}, "grid.form"),
        ({"xl/workbook.xml": "<workbook/>"}, "grid.damaged"),
        ({"xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "x"}, "grid.macros"),
        (
            {"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<x t='macroEnabled'/>"},
            "grid.macros",
        ),
    ],
)
def test_a_zip_that_is_no_plain_workbook_is_refused(parts, reason):
    assert code(zipped(parts)) == reason


def test_an_entity_is_neither_expanded_nor_fetched():
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    sheet = f"{lol}<worksheet><sheetData><row><c t='str'><v>&f;&a;</v></c></row></sheetData></worksheet>"
    data = raw_book(parts={"xl/workbook.xml": sheet})
    assert code(data) == "grid.damaged"
    inner = raw_book(row("<c><v>1</v></c>"), parts={"xl/worksheets/s1.xml": sheet})
    answer = read_grid("a.xlsx", inner)
    assert isinstance(answer, Refusal) or "aaaa" not in str(answer.sheets[0].at(1, 1).text)


def test_a_bomb_is_not_opened_and_a_locked_zip_is_said():
    bomb = zipped({"xl/workbook.xml": b" " * 30_000_000})
    assert code(bomb) == "grid.bomb"
    locked = bytearray(zipped({"xl/workbook.xml": "<workbook/>"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert code(bytes(locked)) == "grid.encrypted"


def test_a_hundred_megabytes_are_refused_at_once_without_a_copy():
    data = bytes(100 * 1024 * 1024)
    tracemalloc.start()
    assert code(data) == "grid.too_large"
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert too_large(10) is None and (said := too_large(len(data))) is not None
    assert "100.0 MB" in said.zh and "20.0 MB" in said.en


SMALL = GridLimits(rows=3, columns=3, cells=5)


@pytest.mark.parametrize("rows", [[["a"]] * 4, [["a"] * 4], [["a"] * 3] * 2])
def test_too_many_rows_columns_or_cells_are_refused(rows):
    assert code(workbook(("表", rows)), limits=SMALL) == "grid.too_many_cells"
    lines = "\n".join("\t".join(r) for r in rows)
    assert code(lines.encode(), "a.tsv", SMALL) == "grid.too_many_cells"
    answer = pasted(lines, SMALL)
    assert isinstance(answer, Refusal) and answer.code == "grid.too_many_cells"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_this_country(encoding):
    text = '指标,本期\n"总产值,含税","1,234.5"\n计划投资,=1+1\n编号,"=""007"""\n'
    sheet = first(text.encode(encoding), "a.csv")
    assert sheet.at(2, 1).text == "总产值,含税" and sheet.at(2, 2).text == "1,234.5"
    assert sheet.at(3, 2).kind == "uncomputed" and sheet.at(4, 2) == Cell("text", "007")


def test_what_is_pasted_keeps_its_columns():
    grid = pasted('甲\t"两\n行"\t3\n\n乙\t\t１２')
    assert isinstance(grid, Grid) and grid.form == "pasted"
    assert [(a, c.text) for a, c in grid.sheets[0].filled()] == [
        ("A1", "甲"), ("B1", "两\n行"), ("C1", "3"), ("A3", "乙"), ("C3", "１２"),
    ]  # fmt: skip
    assert isinstance(pasted(" \n"), Refusal)
    assert first(b"a;b\n1;2", "a.csv").at(2, 2).text == "2"
