"""The text of one page: PDFium's, with ruled tables put in rows and cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

from pypdfium2 import raw

from luodi.kit.readers.pdf.cells import Char, Filled, lines_of
from luodi.kit.readers.pdf.frames import Box, Frame, reading_frame
from luodi.kit.readers.pdf.grids import Grid, grids_of
from luodi.kit.readers.pdf.rules import Ruler
from luodi.kit.readers.sources import SourceTable
from luodi.kit.readers.writing import FLAT

LINE_HYPHEN = "\ufffe"
LEGIBLE = str.maketrans({LINE_HYPHEN: "-", "\f": " ", "\r": "\n", "\0": " ", "\x02": "-"})
FRAME_SHARE = 0.5
"""Two or three cells of which one is taller than this share of the page frame its text."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page and its tables, with spans that count from the page's first character.

    `indexes` has PDFium's index of each character, -1 for one the reader wrote (a tab between
    cells); None where the text is PDFium's own.
    """

    text: str
    tables: tuple[SourceTable, ...] = ()
    indexes: Sequence[int] | None = None


def page_text(page: Any, ruler: Ruler) -> PageText:
    """The text of one open page."""
    with closing(page.get_textpage()) as textpage:
        frame = reading_frame(page, textpage)
        grids = grids_of(*ruler.rules(page, frame))
        if grids:
            chars = list(boxed(textpage, frame))
            tables = _tables(grids, chars, frame)
            if tables:
                return _Composer(chars, tables).page()
        return PageText(legible(textpage))


def legible(textpage: Any) -> str:
    """PDFium's text of a page with line feeds, hyphens and blanks as the readers write them."""
    text: str = textpage.get_text_range()
    return text.replace("\r\n", "\n").translate(LEGIBLE)


def characters(textpage: Any) -> Iterator[tuple[int, str]]:
    """(index, character) with surrogate halves put together."""
    high = 0
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000:
            yield index, chr(0x10000 + ((high & 0x3FF) << 10) + (code & 0x3FF))
        elif code != 0x0D:
            yield index, chr(code).translate(LEGIBLE)


def char_box(textpage: Any, index: int, frame: Frame) -> Box:
    """The box of a character in a frame."""
    found = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(textpage, index, found):
        return 0.0, 0.0, 0.0, 0.0
    return frame.box(found.left, found.bottom, found.right, found.top)


def boxed(textpage: Any, frame: Frame) -> Iterator[Char]:
    """The characters of a page; those PDFium adds between words and lines have no box."""
    for index, char in characters(textpage):
        added = raw.FPDFText_IsGenerated(textpage, index) == 1
        yield Char(index, char, None if added else char_box(textpage, index, frame))


class _Table(NamedTuple):
    grid: Grid
    filled: Filled


def _tables(grids: Sequence[Grid], chars: Sequence[Char], frame: Frame) -> dict[int, _Table]:
    """The tables by the number of each character in one of their cells; frames left out."""
    owners = _owners(grids, chars)
    fillings = [Filled(grid) for grid in grids]
    for char, owner in zip(chars, owners, strict=True):
        if owner is not None:
            which, cell = owner
            fillings[which].add(cell, char)
    kept = {
        n: _Table(grid, filled)
        for n, (grid, filled) in enumerate(zip(grids, fillings, strict=True))
        if _is_table(grid, filled, frame)
    }
    return {
        place: kept[owner[0]]
        for place, owner in enumerate(owners)
        if owner is not None and owner[0] in kept
    }


def _owners(
    grids: Sequence[Grid], chars: Sequence[Char]
) -> list[tuple[int, tuple[int, int]] | None]:
    """Table and cell of each character; one without a place goes with the one before it."""
    ends = [grid.ys[-1] for grid in grids]
    straight = ends == sorted(ends)
    owners: list[tuple[int, tuple[int, int]] | None] = []
    here: tuple[int, tuple[int, int]] | None = None
    for char in chars:
        if char.box is not None:
            x, y = (char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2
            first = bisect_left(ends, y) if straight else 0
            here = _owner(grids, range(first, len(grids)), x, y)
        owners.append(here)
    return owners


def _owner(
    grids: Sequence[Grid], numbers: Iterable[int], x: float, y: float
) -> tuple[int, tuple[int, int]] | None:
    for n in numbers:
        cell = grids[n].cell_at(x, y)
        if cell is not None:
            return n, cell
    return None


def _is_table(grid: Grid, filled: Filled, frame: Frame) -> bool:
    """Whether lines hold a table: not a frame around the text, nor boxes one above another."""
    cells = filled.written()
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    if len(columns) < 2 or (len(rows) < 2 and len(columns) < 3):
        return False
    return len(cells) > 3 or grid.tallest() < FRAME_SHARE * frame.height


class _Composer:
    """Writes the page: each table where it begins, the rest in PDFium's order."""

    def __init__(self, chars: Sequence[Char], tables: dict[int, _Table]) -> None:
        self._chars = chars
        self._owners = tables
        self._text: list[str] = []
        self._indexes: list[int] = []
        self._tables: list[SourceTable] = []

    def page(self) -> PageText:
        """The whole page."""
        seen: set[int] = set()
        before: _Table | None = None
        for place, char in enumerate(self._chars):
            table = self._owners.get(place)
            if table is None:
                if before is not None:
                    self._end_line()
                self._add(char.text, char.number)
            elif id(table) not in seen:
                seen.add(id(table))
                self._write(table)
            before = table
        return PageText("".join(self._text), tuple(self._tables), tuple(self._indexes))

    def _add(self, text: str, index: int) -> None:
        self._text.append(text)
        self._indexes.append(index)

    def _end_line(self) -> None:
        if self._text and self._text[-1] != "\n":
            self._add("\n", -1)

    def _write(self, table: _Table) -> None:
        self._end_line()
        start = len(self._text)
        covered = table.grid.covered()
        rows: list[tuple[str, ...]] = []
        merged = []
        for row in range(table.grid.rows):
            line = len(self._text)
            rows.append(self._row(table, row))
            if covered.get(row):
                merged.append(((line, len(self._text)), frozenset(covered[row])))
        self._tables.append(SourceTable((start, len(self._text)), tuple(rows), tuple(merged)))

    def _row(self, table: _Table, row: int) -> tuple[str, ...]:
        cells = []
        for column in range(table.grid.columns):
            if column:
                self._add("\t", -1)
            pieces = lines_of(table.filled, (row, column))
            for text, index in pieces:
                self._add(text.translate(FLAT), index)
            cells.append("".join(text for text, _ in pieces))
        self._add("\n", -1)
        return tuple(cells)
