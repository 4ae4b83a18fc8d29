"""Workbooks: sheets become tables, figures and dates are read as they are shown."""

from __future__ import annotations

from datetime import datetime

import pytest

from factories.books import MAIN, raw_book, workbook
from luodi.kit.compiled import compile_source
from luodi.kit.readers import Limits, read
from luodi.kit.readers.excel.formats import BUILT_IN, shown_by

HEADER = ["序号", "重点任务", "责任单位", "完成时限"]
TASKS = [
    ["青河区2026年重点任务清单"],
    ["填报单位：区发改局", "", "", "2026年3月"],
    HEADER,
    [1, "修好青河路", "区交通局", datetime(2026, 6, 30)],
    [2, "建设大厅", "区商务局", datetime(2026, 12, 31)],
    [3, "开放数据", "", datetime(2026, 9, 1)],
    ["注：按月填报。"],
]
DATED = {(n, 3): 'yyyy"年"m"月"d"日"' for n in (3, 4, 5)}


def text_of(data):
    source, _ = read("a.xlsx", data)
    return source.text


def row(*cells, at=""):
    return f"<row {at}>{''.join(cells)}</row>"


def v(value, place="", extra=""):
    at = f'r="{place}"' if place else ""
    return f"<c {at} {extra}><v>{value}</v></c>"


def sheet(*rows, before="", after=""):
    return f"{before}<sheetData>{''.join(rows)}</sheetData>{after}"


def test_titles_stand_above_the_table_and_notes_below():
    data = workbook(("任务", TASKS), merged=["A1:D1", "C5:C6"], formats=DATED)
    source, problems = read("a.xlsx", data)
    assert problems == ()
    assert source.form == "xlsx"
    assert source.text == (
        "青河区2026年重点任务清单\n填报单位：区发改局\u30002026年3月\n"
        "序号\t重点任务\t责任单位\t完成时限\n1\t修好青河路\t区交通局\t2026年6月30日\n"
        "2\t建设大厅\t区商务局\t2026年12月31日\n3\t开放数据\t\t2026年9月1日\n注：按月填报。\n\f"
    )
    (table,) = source.tables
    assert table.rows[0] == tuple(HEADER)
    ((place, columns),) = table.merged
    assert source.text[slice(*place)].startswith("3\t开放数据")
    assert columns == {2}


def test_a_task_table_gives_measures_with_units_and_deadlines():
    data = workbook(("任务", TASKS), merged=["A1:D1", "C5:C6"], formats=DATED)
    source, _ = read("a.xlsx", data)
    document = compile_source(source).documents[0]
    assert document.head.title == "青河区2026年重点任务清单"
    assert [(m.title, [u.name for u in m.units], m.deadline) for m in document.measures] == [
        ("修好青河路", ["区交通局"], "2026年6月30日"),
        ("建设大厅", ["区商务局"], "2026年12月31日"),
        ("开放数据", ["区商务局"], "2026年9月1日"),
    ]


def test_each_sheet_is_a_page_and_lends_its_name_where_no_title_stands():
    rows = [["名称", "数量"], ["厂房", 3]]
    titled = [["库房一览表"], [], *rows]
    data = workbook(("厂房一览", rows), ("库房", titled), ("Sheet3", rows), ("空表", []))
    source, _ = read("a.xlsx", data)
    pages = [source.text[start:end] for start, end in source.pages]
    assert pages == [
        "厂房一览\n名称\t数量\n厂房\t3\n\f",
        "库房一览表\n名称\t数量\n厂房\t3\n\f",
        "名称\t数量\n厂房\t3\n\f",
    ]


def test_a_header_of_merged_groups_belongs_to_the_table():
    rows = [
        ["青河区指标表"],
        ["指标", "2025年", "", "", "2026年", "", "", "备注"],
        ["", "计划", "完成", "率", "计划", "完成", "率", ""],
        ["产值", 1, 2, 3, 4, 5, 6, ""],
    ]
    merged = ["A1:H1", "A2:A3", "B2:D2", "E2:G2", "H2:H3"]
    source, _ = read("a.xlsx", workbook(("a", rows), merged=merged))
    assert source.text.startswith("青河区指标表\n指标\t2025年\t\t\t2026年\t\t\t备注\n\t计划")
    assert [columns for _, columns in source.tables[0].merged] == [{0, 7}]


def test_an_empty_row_parts_tables_and_an_empty_column_is_left_out():
    rows = [["甲", "", "乙"], [1, "", 2], [], ["丙", "", "丁"], [3, "", 4]]
    source, _ = read("a.xlsx", workbook(("a", rows)))
    assert [table.rows for table in source.tables] == [
        (("甲", "乙"), ("1", "2")),
        (("丙", "丁"), ("3", "4")),
    ]


def test_what_is_hidden_is_left_out_and_said():
    shown = sheet(
        row(v(1), v(2), v(3)),
        row(v(4), v(5), at='hidden="1"'),
        row(v(6), v(7), v(8)),
        before='<cols><col min="2" max="2" hidden="1"/><col min="3" max="3"/>'
        '<col min="2" max="2" hidden="true"/></cols>',
    )
    source, (note,) = read("a.xlsx", raw_book(shown))
    assert source.text == "1\t3\n6\t8\n\f"
    assert (note.code, note.params["count"]) == ("source.hidden_cells", 4)
    source, (note,) = read("a.xlsx", workbook(("a", [["字"]]), ("底稿", [["密"]]), hidden=["底稿"]))
    assert "密" not in source.text
    assert (note.code, note.params["names"]) == ("source.hidden_sheets", "底稿")


def test_formulas_show_their_stored_result_or_are_said():
    cells = row("<c><f>1+1</f><v>2</v></c>", "<c><f>1+1</f></c>", v("#DIV/0!", extra='t="e"'))
    source, (note,) = read("a.xlsx", raw_book(sheet(cells, row(v(1), v(2), v(3)))))
    assert source.text == "2\t\t#DIV/0!\n1\t2\t3\n\f"
    assert (note.code, note.params["count"]) == ("source.formulas_unknown", 1)


def test_strings_of_every_kind():
    strings = (
        "<si><t>甲_x000D_\n乙</t></si><si><r><t>丙</t></r><r><rPr/><t>丁</t></r>"
        "<rPh><t>bing</t></rPh></si><si><t>_xD800__x0000_</t></si><x/>"
    )
    cells = row(
        v(0, extra='t="s"'), v(1, extra='t="s"'), v(9, extra='t="s"'), v(2, extra='t="s"'),
        '<c t="inlineStr"><is><t>戊</t></is></c>', v("己", extra='t="str"'),
        v(1, extra='t="b"'), v(0, extra='t="b"'), v("2026-06-30", extra='t="d"'), "<c/>",
    )  # fmt: skip
    source, _ = read("a.xlsx", raw_book(sheet(cells, cells), strings=strings))
    assert source.tables[0].rows[0] == (
        "甲\n乙", "丙丁", "\ufffd\ufffd", "戊", "己", "TRUE", "FALSE", "2026-06-30",
    )  # fmt: skip
    assert source.text.startswith("甲 乙\t丙丁\t")


def test_places_that_are_not_said_or_cannot_be_follow_the_ones_before():
    cells = sheet(
        row(v(1, "B1"), v(2), v(3, "ZZZ1"), v(4, "x"), at='r="x"'),
        row(v(5, "B2"), v(6, "B2"), v(7, "$C$2"), at='r="99999999"'),
    )
    assert text_of(raw_book(cells)) == "1\t2\t3\t4\n5 6\t7\t\t\n\f"


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("General", "0.30000000000000004", "0.30000000000000004"),
        ("General", "25.100000000000001", "25.1"),
        ("General", "1E-7", "0.0000001"),
        ("General", "1.5E+3", "1500"),
        ("General", "-0", "0"),
        ("General", "0012", "12"),
        ("0", "12.5", "13"),
        ("0.0", "-12.25", "-12.3"),
        ("0.00", "0.1", "0.10"),
        ("#,##0.00", "1234567.891", "1234567.89"),
        ("#,##0,", "12345678", "12346"),
        ("0.0,,", "12345678", "12.3"),
        ("0.0%", "0.125", "12.5%"),
        ("%", "0.125", "12.5%"),
        ('0.0"亿元"', "3", "3.0亿元"),
        ('"约"0', "3", "约3"),
        ("[Red]0.0_ ;[Blue]-0.0", "2", "2.0"),
        ("[$¥-804]#,##0", "5", "¥5"),
        ("\\+0", "5", "+5"),
        ("0.00E+00", "12345", "12345"),
        ("# ?/?", "0.5", "0.5"),
        ("@", "7", "7"),
        ("0", "x", "x"),
        ("0", "nan", "nan"),
        ("0", "1e400", "1e400"),
        ("yyyy/m/d", "46203", "2026/6/30"),
        ("yyyy-mm-dd", "46203", "2026-06-30"),
        ("yy.m", "46203", "26.6"),
        ("d-mmm-yy", "46203", "30-Jun-26"),
        ('yyyy"年"m"月"', "46203", "2026年6月"),
        ("[$-804]yyyy\\年m\\月d\\日;@", "46203", "2026年6月30日"),
        ("yyyy/m/d h:mm", "46203.5", "2026/6/30 12:00"),
        ("h:mm:ss AM/PM", "46203.75", "6:00:00 下午"),
        ("上午/下午h时", "0.25", "上午6时"),
        ("mm:ss", "0.001", "01:26"),
        ("yyyy/m/d", "1", "1900/1/1"),
        ("yyyy/m/d", "61", "1900/3/1"),
        ("yyyy/m/d", "-1", "-1"),
        ("yyyy/m/d", "9999999", "9999999"),
    ],
)
def test_numbers_are_shown_as_excel_shows_them(code, stored, shown):
    assert shown_by(code)(stored) == shown


def test_formats_are_found_by_number_and_dates_may_count_from_1904():
    styles = (
        '<numFmts><numFmt numFmtId="165" formatCode="0.0&quot;万亩&quot;"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="165"/><xf numFmtId="57"/><xf numFmtId="9"/></cellXfs>'
    )
    cells = row(v(1), v(2, extra='s="1"'), v(46203, extra='s="2"'), v("0.5", extra='s="3"'))
    cells = sheet(cells, cells)
    assert text_of(raw_book(cells, styles=styles)).startswith("1\t2.0万亩\t2026年6月\t50%\n")
    book = '<workbookPr date1904="1"/>'
    assert "2030年7月" in text_of(raw_book(cells, styles=styles, book=book))
    assert shown_by(BUILT_IN[31])("46203") == "2026年6月30日"


def test_a_broken_sheet_beside_others_is_said_and_alone_is_damage():
    good = sheet(row(v(1), v(2)))
    source, (note,) = read("a.xlsx", raw_book(good, "<sheetData><row>"))
    assert source.text == "1\t2\n\f" or source.text == "1\u30002\n\f"
    assert note.code == "source.part_unread"
    source, (problem,) = read("a.xlsx", raw_book("<sheetData><row>"))
    assert (source, problem.code) == (None, "source.damaged")


def test_a_title_that_alone_fills_a_sheet_is_text():
    assert text_of(raw_book(sheet(row(v(7))))) == "7\n\f"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (raw_book(sheet(*(row(v(1, f"A{n}"), v(1, "B1")) for n in range(1, 9))), strings="<si>"),
         "source.damaged"),
        (raw_book(parts={"xl/workbook.xml": ""}), "source.damaged"),
        (raw_book(), "source.empty"),
        (raw_book(sheet(row(v("字" * 60)))), "source.too_large"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(data, code):
    source, (problem,) = read("a.xlsx", data, Limits(chars=50))
    assert (source, problem.code) == (None, code)


class TestHostile:
    def test_giant_places_cost_no_room(self):
        cells = sheet(
            row(v(1, "A1"), v(2, "XFD1")), row(v(3, "XFD1048576"), v(4, "A1"), at='r="1048576"'),
            after='<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="x"/></mergeCells>',
        )  # fmt: skip
        assert text_of(raw_book(cells)) == "1\t2\n\f".replace("\n\f", "\n") + "4\t3\n\f"

    def test_a_diagonal_is_refused_not_filled(self):
        cells = (row(v(1, f"A{n}"), v(1, f"{_name(n)}{n}"), at=f'r="{n}"') for n in range(1, 3000))
        source, (problem,) = read("a.xlsx", raw_book(sheet(*cells)))
        assert (source, problem.code) == (None, "source.too_large")

    def test_many_merges_over_everything_are_bounded(self):
        rows = (row(*(v(c) for c in range(20)), at=f'r="{n}"') for n in range(1, 60))
        after = "<mergeCells>" + '<mergeCell ref="A1:T9999"/>' * 9000 + "</mergeCells>"
        source, _ = read("a.xlsx", raw_book(sheet(*rows, after=after)))
        assert len(source.tables[0].merged) == 58

    def test_ten_thousand_sheets_of_one_part_are_refused(self):
        inner = sheet(row(v(1), v("字" * 20_000)))
        sheets = "".join(f'<sheet name="S{n}" r:id="r1"/>' for n in range(10_000))
        book = f'<sheets xmlns:r="x">{sheets}</sheets>'
        source, (problem,) = read(
            "a.xlsx", raw_book(inner, book=book), Limits(part_bytes=2_000_000)
        )
        assert (source, problem.code) == (None, "source.bomb")

    def test_entities_are_not_expanded(self):
        laugh = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        inner = f'<sst xmlns="{MAIN}"><si><t>甲&a;&f;</t></si></sst>'
        data = raw_book(
            sheet(row(v(0, extra='t="s"'))), parts={"xl/sharedStrings.xml": laugh + inner}
        )
        source, _ = read("a.xlsx", data)
        assert source is None or source.text == "甲\n\f"

    def test_targets_that_lead_out_of_the_file_are_not_there(self):
        data = raw_book(sheet(row(v(1))))
        data = data.replace(b"worksheets/s1.xml", b"../../../etc/pas")
        source, (problem,) = read("a.xlsx", data)
        assert (source, problem.code) == (None, "source.damaged")


def _name(number):
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
