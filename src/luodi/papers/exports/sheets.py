"""A paper as an Excel file: a sheet for the text, one for each table, one for the figures."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import xlsxwriter

from luodi.common.sheets import safe_title

from ..rules import wording
from ..rules.layout import lines_of
from ..rules.snapshot import HARMFUL, Content, Figure, Paragraph, Run, Table
from ..rules.wording import Issued
from .archives import settled

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FIXED = datetime(2000, 1, 1)
LONGEST_CELL = 32_000


class _Book:
    """A workbook with its formats; every text is written as text, whatever it begins with."""

    def __init__(self) -> None:
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, OPTIONS)
        self.text = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = self.book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self.number = self.book.add_format({"valign": "top", "align": "right"})
        self.titles: set[str] = set()

    def sheet(self, title: str, head: tuple[str, ...], widths: tuple[int, ...]) -> Any:
        sheet = self.book.add_worksheet(self._free(title))
        for column, label in enumerate(head):
            self.words(sheet, 0, column, label, self.bold)
            sheet.set_column(column, column, widths[min(column, len(widths) - 1)])
        sheet.freeze_panes(1, 0)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _free(self, title: str) -> str:
        """A title Excel allows and no sheet has yet."""
        bare = wanted = safe_title(HARMFUL.sub("", title).strip())
        number = 1
        while wanted.lower() in self.titles:
            number += 1
            wanted = f"{bare[:27]}({number})"
        self.titles.add(wanted.lower())
        return wanted

    def words(self, sheet: Any, row: int, column: int, said: str, face: Any = None) -> None:
        sheet.write_string(row, column, HARMFUL.sub("", said)[:LONGEST_CELL], face or self.text)

    def amount(self, sheet: Any, row: int, column: int, said: str) -> None:
        """A number as a number where it is one and keeps its digits, else as text."""
        try:
            exact = Decimal(said.replace(",", "").replace("\u2212", "-"))
        except InvalidOperation:
            self.words(sheet, row, column, said, self.number)
            return
        if not exact.is_finite() or Decimal(repr(float(exact))) != exact:
            self.words(sheet, row, column, said, self.number)
            return
        places = max(0, -int(exact.as_tuple().exponent))
        shape = "#,##0" + ("." + "0" * places if places else "")
        style = {"valign": "top", "align": "right", "num_format": shape}
        sheet.write_number(row, column, float(exact), self.book.add_format(style))

    def close(self, title: str, office: str) -> bytes:
        self.book.set_properties({"title": title, "author": office, "created": FIXED})
        self.book.close()
        return settled(self.out.getvalue())


def write_sheet(content: Content, issued: Issued | None) -> bytes:
    """The Excel file of a paper; an unsigned one says so in its first cell."""
    book = _Book()
    _write_text(book, content, issued)
    for number, table in enumerate((b for b in content.blocks if isinstance(b, Table)), start=1):
        _write_table(book, table, number)
    _write_figures(book, content, issued)
    return book.close(content.head.title, content.head.office)


def _write_text(book: _Book, content: Content, issued: Issued | None) -> None:
    sheet = book.sheet(wording.TEXT_SHEET, wording.TEXT_HEAD, (24, 90, 18))
    voices = _voices(content)
    rows = [line for line in lines_of(content, issued) if line.table < 0]
    for row, line in enumerate(rows, start=1):
        book.words(sheet, row, 0, line.place)
        book.words(sheet, row, 1, line.text.replace("\t", "    "))
        book.words(sheet, row, 2, voices.get(line.text, ""))


def _voices(content: Content) -> dict[str, str]:
    """Whose words a paragraph is, by its text."""
    return {
        "".join(run.text for run in block.runs): block.unit_name or wording.OFFICE_VOICE
        for block in content.blocks
        if isinstance(block, Paragraph)
    }


def _write_table(book: _Book, table: Table, number: int) -> None:
    title = table.caption or f"{wording.TABLE}{number}"
    sheet = book.sheet(title, table.head, (24,))
    for row, cells in enumerate(table.rows, start=1):
        for column, cell in enumerate(cells):
            _write_cell(book, sheet, row, column, cell)


def _write_cell(book: _Book, sheet: Any, row: int, column: int, cell: tuple[Run, ...]) -> None:
    single = cell[0] if len(cell) == 1 else None
    if isinstance(single, Figure) and not single.unit:
        book.amount(sheet, row, column, single.value)
    else:
        book.words(sheet, row, column, "".join(run.text for run in cell))


def _write_figures(book: _Book, content: Content, issued: Issued | None) -> None:
    sheet = book.sheet(wording.FIGURES_SHEET, wording.FIGURES_HEAD, (8, 36, 14, 10, 34, 44))
    row = 0
    for line in lines_of(content, issued):
        for found in line.figures:
            row += 1
            book.words(sheet, row, 0, found.id or str(row))
            book.words(sheet, row, 1, found.label)
            book.amount(sheet, row, 2, found.value)
            for column, said in ((3, found.unit), (4, found.source), (5, line.place)):
                book.words(sheet, row, column, said)
