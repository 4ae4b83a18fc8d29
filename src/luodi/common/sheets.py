"""Excel files out. Text that a spreadsheet could take for a formula is written as text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

MOST_IN_A_CELL = 32_000
MOST_IN_MEMORY = 20_000
"""Rows of a sheet held in memory; longer ones are written row by row through a file."""


def workbook(
    title: str, head: Sequence[str], rows: Sequence[Sequence[Any]], above: str = ""
) -> bytes:
    """One sheet with a frozen bold head; widths from the content; formulas never written.

    A line `above` the head says what holds for all of it, such as the unit of measure.
    """
    out = io.BytesIO()
    kept = {"constant_memory": True} if len(rows) > MOST_IN_MEMORY else {"in_memory": True}
    options = {**kept, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(safe_title(title))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    top = 1 if above else 0
    if above:
        sheet.write_string(0, 0, fitted(above))
    for column, label in enumerate(head):
        sheet.write_string(top, column, label, bold)
        sheet.set_column(column, column, _width(label, rows, column))
    for line, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif isinstance(value, int | float):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, fitted(str(value)), text)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(top)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def fitted(text: str) -> str:
    """A text that fits a cell (Excel holds 32,767 characters); what is cut off is said."""
    if len(text) <= MOST_IN_A_CELL:
        return text
    left = len(text) - MOST_IN_A_CELL
    return text[:MOST_IN_A_CELL] + _("…（单元格放不下，余下 %(left)d 字见页面）") % {"left": left}


def _width(label: str, rows: Sequence[Sequence[Any]], column: int) -> float:
    longest = max([len(label), *(len(str(row[column])) for row in rows[:200])])
    return min(60, max(8, longest * 1.8 + 2))


def safe_title(title: str) -> str:
    """A sheet name as Excel allows it: 31 characters, none of []:*?/\\."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Sheet1"
