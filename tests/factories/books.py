"""Workbooks: real ones by xlsxwriter, odd ones written by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from factories.words import zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(
    *sheets: tuple[str, Sequence[Sequence[Any]]],
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    formats: Mapping[tuple[int, int], str] | None = None,
) -> bytes:
    """Sheets of rows; `merged` ranges and `formats` (by row and column from 0) are of the first."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy/m/d"}) as book:
        for n, (name, rows) in enumerate(sheets):
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    code = (formats or {}).get((r, c)) if n == 0 else None
                    shape = book.add_format({"num_format": code}) if code else None
                    if isinstance(value, date):
                        sheet.write_datetime(r, c, value, shape)
                    elif value not in (None, ""):
                        sheet.write(r, c, value, shape)
            for place in merged if n == 0 else ():
                sheet.merge_range(place, "")
                first = place.partition(":")[0]
                column, row = ord(first[0]) - 65, int(first[1:]) - 1
                sheet.write(row, column, rows[row][column])
            if name in hidden:
                sheet.hide()
    return out.getvalue()


def raw_book(
    *sheets: str, strings: str = "", styles: str = "", book: str = "", parts: Any = None
) -> bytes:
    """A workbook of worksheets' inner XML, for what no program writes."""
    entries = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, len(sheets) + 1)
    )
    targets = {f"r{n}": ("worksheet", f"worksheets/s{n}.xml") for n in range(1, len(sheets) + 1)}
    targets |= {"rs": ("sharedStrings", "sharedStrings.xml"), "rt": ("styles", "styles.xml")}
    related = "".join(
        f'<Relationship Id="{key}" Type="{RELATED}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKED}"><Relationship Id="r" '
            f'Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">'
            f"{book}<sheets>{entries}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKED}">{related}</Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
            **{
                f"xl/worksheets/s{n}.xml": f'<worksheet xmlns="{MAIN}">{inner}</worksheet>'
                for n, inner in enumerate(sheets, 1)
            },
            **(parts or {}),
        }
    )
