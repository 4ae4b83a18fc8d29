"""A superior's table as offices send it: everything a format can hold, made in the test."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import xlsxwriter

SHEET, OTHER = "主要指标", "说明"


def picture() -> bytes:
    """A PNG of one red dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def superior_table(month: str = "2026年3月") -> bytes:
    """A table with merged heads, formulas, picture, chart, rules, print settings, a second sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet(SHEET), book.add_worksheet(OTHER)
        box = book.add_format({"border": 1, "num_format": "#,##0.00", "bg_color": "#FFF2CC"})
        head = book.add_format({"bold": True, "align": "center", "border": 1})
        sheet.merge_range("A1:F1", f"示例市主要指标完成情况表（{month}）", head)
        sheet.write("A2", "填报单位：示例区")
        sheet.write("F2", "单位：万元")
        sheet.merge_range("A3:A4", "单位", head)
        sheet.merge_range("B3:C3", "总产值", head)
        sheet.merge_range("D3:E3", "税收收入", head)
        sheet.merge_range("F3:F4", "投产企业（家）", head)
        for column, words in enumerate(("本月", "本月止累计", "本月", "本月止累计"), 1):
            sheet.write(3, column, words, head)
        for row, name in enumerate(("甲区", "乙区", "丙区"), 4):
            sheet.write(row, 0, name, head)
            for column in range(1, 5):
                sheet.write_blank(row, column, None, box)
        sheet.write("A8", "合计", head)
        for column, letter in enumerate("BCDEF", 1):
            sheet.write_formula(7, column, f"=SUM({letter}5:{letter}7)", box, 0)
        sheet.set_column(0, 0, 20)
        sheet.set_column(5, 5, 12, book.add_format({"num_format": "0"}))
        sheet.conditional_format("B5:E7", {"type": "data_bar"})
        sheet.data_validation("F5:F7", {"validate": "integer", "criteria": ">=", "value": 0})
        sheet.insert_image("H2", "dot.png", {"image_data": io.BytesIO(picture())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"='{SHEET}'!$B$5:$B$7"})
        sheet.insert_chart("H6", chart)
        sheet.write_comment("B4", "按现价")
        sheet.set_landscape()
        sheet.print_area("A1:F8")
        sheet.repeat_rows(0, 3)
        sheet.freeze_panes(4, 1)
        sheet.protect("x")
        other.write("A1", "说明不改")
        other.write_formula("A2", f"='{SHEET}'!B8", None, 0)
        book.define_name("总额", f"='{SHEET}'!$B$8")
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
