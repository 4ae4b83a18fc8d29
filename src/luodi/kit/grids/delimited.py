"""CSV, TSV and what is pasted out of a spreadsheet: everything in it is text."""

from __future__ import annotations

import csv
import io
import re

from luodi.kit.grids.cells import Cell, Grid, Sheet
from luodi.kit.grids.sentences import GridLimits, GridRefused, refused
from luodi.kit.readers.encodings import decode
from luodi.kit.readers.sentences import Refusal as ReaderRefusal
from luodi.kit.refusals import Refusal

HEAD = 20_000
"""Characters looked at to tell what parts the columns."""
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
PASTED = "粘贴"


def read_csv(data: bytes, limits: GridLimits) -> Grid:
    """The one sheet of a text file in UTF-8, GB18030 or UTF-16."""
    try:
        text = decode(data).text
    except ReaderRefusal as reason:
        raise refused("grid.encoding") from reason
    return _grid(text, limits, "csv", "CSV")


def pasted(text: str, limits: GridLimits | None = None) -> Grid | Refusal:
    """What is pasted out of a spreadsheet, as a grid; refused beyond the limits."""
    try:
        return _grid(text, limits or GridLimits(), "pasted", PASTED, "\t")
    except GridRefused as refusal:
        return refusal.refusal


def _grid(text: str, limits: GridLimits, form: str, name: str, by: str = "") -> Grid:
    by = by or _delimiter(text[:HEAD])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=by)
    cells: dict[int, dict[int, Cell]] = {}
    left = limits.cells
    try:
        for number, row in enumerate(reader, 1):
            if len(row) > limits.columns:
                raise _beyond(name, f"{limits.columns} 列", f"{limits.columns} columns")
            found = {n: _cell(one) for n, one in enumerate(row, 1) if one.strip()}
            left -= len(found)
            if found:
                cells[number] = found
                if number > limits.rows:
                    raise _beyond(name, f"{limits.rows} 行", f"{limits.rows} rows")
                if left < 0:
                    raise _beyond(name, f"{limits.cells} 格", f"{limits.cells} cells")
    except csv.Error as reason:
        raise refused("grid.damaged") from reason
    if not cells:
        raise refused("grid.empty")
    return Grid("pasted" if form == "pasted" else "csv", (Sheet(name, cells),))


def _cell(text: str) -> Cell:
    """A text that would be a formula in Excel holds no result: it isn't computed here."""
    if text.startswith("="):
        kept = _KEPT_AS_TEXT.fullmatch(text)
        return Cell("text", kept[1]) if kept else Cell("uncomputed", text, formula=True)
    return Cell("text", text)


def _delimiter(head: str) -> str:
    """The mark that stands most often outside of quotation marks, tabs first."""
    bare = re.sub(r'"[^"]*"', "", head)
    return max("\t,;", key=lambda mark: bare.count(mark))


def _beyond(sheet: str, zh: str, en: str) -> GridRefused:
    return refused("grid.too_many_cells", sheet=sheet, limit=zh, limit_en=en)
