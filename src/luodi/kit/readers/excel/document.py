"""Reading a workbook: a page for each sheet, titles above its tables and notes below them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from lxml import etree

from luodi.kit.problems import Problem, Span
from luodi.kit.readers.archives import Archive
from luodi.kit.readers.excel.cells import Cells, cells_of
from luodi.kit.readers.excel.merges import Merges
from luodi.kit.readers.excel.parts import SheetPart, Workbook
from luodi.kit.readers.sentences import Refusal, tell
from luodi.kit.readers.sources import Draft, Limits
from luodi.kit.readers.writing import Writer

MOST_CELLS = 4_000_000
"""Places of all tables together, empty ones too."""
_UNNAMED = re.compile(r"(?:Sheet|工作表)\s*\d*\Z", re.IGNORECASE)

Row = tuple[int, dict[int, str]]
"""Number of a row and its texts by column."""


def read_xlsx(data: bytes, limits: Limits) -> Draft:
    """Read a workbook: its shown sheets in order, each a page that ends with a form feed.

    Rows with one text above a table are its title, below it its notes; where several sheets have
    none, the name of the sheet is the title. Hidden sheets, rows and columns are left out and told.
    """
    book = Workbook(Archive(data, limits))
    writer = _Sheets(book, limits)
    for sheet in book.sheets:
        if not sheet.hidden:
            writer.write(sheet)
    return writer.draft()


class _Sheets:
    """Writes sheet after sheet, and counts what it leaves out."""

    def __init__(self, book: Workbook, limits: Limits) -> None:
        self._book = book
        self._several = sum(1 for sheet in book.sheets if not sheet.hidden) > 1
        self._writer = Writer(limits.chars)
        self._pages: list[Span] = []
        self._places = 0
        self._hidden = self._unknown = 0
        self._damaged: list[str] = []

    def write(self, sheet: SheetPart) -> None:
        cells = self._cells(sheet)
        self._hidden += cells.hidden
        self._unknown += cells.unknown
        blocks = list(_blocks(cells))
        if not blocks:
            return
        start = self._pages[-1][1] if self._pages else 0
        merges = Merges(cells.merges)
        untitled = len(blocks[0]) > 1 and _table_in(blocks[0], merges)[0] == 0
        if self._several and untitled and not _UNNAMED.match(sheet.name):
            self._writer.add(sheet.name + "\n")
        for block in blocks:
            self._block(block, merges)
        self._writer.end_line()
        self._writer.add("\f")
        self._pages.append((start, self._writer.length))

    def _cells(self, sheet: SheetPart) -> Cells:
        try:
            data = self._book.archive.part(sheet.path)
            if data is not None:
                return cells_of(self._book, data)
        except etree.XMLSyntaxError:
            pass
        self._damaged.append(sheet.name)
        return Cells()

    def _block(self, block: Sequence[Row], merges: Merges) -> None:
        """Rows without an empty one between them: titles, a table, notes."""
        top, bottom = _table_in(block, merges)
        for _, texts in block[:top]:
            self._line(texts)
        self._table(block[top:bottom], merges)
        for _, texts in block[bottom:]:
            self._line(texts)

    def _line(self, texts: dict[int, str]) -> None:
        self._writer.add("\u3000".join(texts[column].strip() for column in sorted(texts)))
        self._writer.end_line()

    def _table(self, rows: Sequence[Row], merges: Merges) -> None:
        if not rows:
            return
        columns = sorted({column for _, texts in rows for column in texts})
        self._places += len(rows) * len(columns)
        if self._places > MOST_CELLS:
            limit = f"{MOST_CELLS // 10_000} 万格"
            raise Refusal("source.too_large", found=f"超过 {limit}", limit=limit)
        lines = [[texts.get(column, "").strip() for column in columns] for _, texts in rows]
        self._writer.add_table(lines, merges.covered([row for row, _ in rows], columns))

    def draft(self) -> Draft:
        """What was read."""
        if self._damaged and not self._pages:
            raise Refusal("source.damaged")
        hidden = [sheet.name for sheet in self._book.sheets if sheet.hidden]
        problems: list[Problem] = []
        if hidden:
            names = "、".join(hidden[:10]) + ("等" if len(hidden) > 10 else "")
            problems.append(tell("source.hidden_sheets", count=len(hidden), names=names))
        if self._hidden:
            problems.append(tell("source.hidden_cells", count=self._hidden))
        if self._unknown:
            problems.append(tell("source.formulas_unknown", count=self._unknown))
        problems += [
            tell("source.part_unread", part=f"工作表“{name}”") for name in self._damaged[:10]
        ]
        pages = tuple(self._pages) or ((0, 0),)
        return Draft(self._writer.text, pages, tables=self._writer.tables, problems=tuple(problems))


def _blocks(cells: Cells) -> Iterator[list[Row]]:
    """Runs of rows with words in them."""
    filled = sorted((row, texts) for row, texts in cells.rows.items() if texts)
    for _, run in itertools.groupby(enumerate(filled), key=lambda one: one[1][0] - one[0]):
        yield [row for _, row in run]


def _table_in(block: Sequence[Row], merges: Merges) -> tuple[int, int]:
    """From which row to which one a block is a table: it begins at a row more than half as wide."""
    widths = [merges.width(row, texts) for row, texts in block]
    half = max(2, max(widths) // 2 + 1)
    top = next((n for n, width in enumerate(widths) if width >= half), len(widths))
    bottom = len(widths)
    while bottom > top and widths[bottom - 1] < 2:
        bottom -= 1
    return top, bottom
