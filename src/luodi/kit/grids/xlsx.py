"""Reading .xlsx into a grid: the stored values, their formats, and which a formula made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from luodi.kit.grids.addresses import MOST_COLUMNS, MOST_ROWS, place
from luodi.kit.grids.cells import Cell, Grid, Kind, Range, Sheet
from luodi.kit.grids.numbers import exact
from luodi.kit.grids.sentences import GridLimits, GridRefused, refused, told
from luodi.kit.readers.archives import Archive
from luodi.kit.readers.excel.formats import GENERAL, is_dated, shown_by
from luodi.kit.readers.excel.parts import SheetPart, Workbook, words_of
from luodi.kit.readers.markup import Element, elements, local, whole
from luodi.kit.refusals import Refusal

MACRO = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z]{1,3}")


def read_xlsx(data: bytes, limits: GridLimits) -> Grid:
    """The sheets of a workbook, hidden ones too. Raises GridRefused and what parsers raise."""
    archive = Archive(data, limits.archive)
    if MACRO.search(archive.part("[Content_Types].xml") or b""):
        raise refused("grid.macros")
    if archive.names("xl/vbaProject", "") or archive.names("xl/macrosheets/", ""):
        raise refused("grid.macros")
    book = Workbook(archive)
    notes = [told("grid.links")] if archive.names("xl/externalLinks/", ".xml") else []
    sheets = tuple(_sheets(book, limits, notes))
    if not sheets:
        raise refused("grid.damaged")
    return Grid("xlsx", sheets, tuple(notes))


def _sheets(book: Workbook, limits: GridLimits, notes: list[Refusal]) -> Iterator[Sheet]:
    styles = [_styled(code, book.since_1904) for code in book.codes]
    left = limits.cells
    for part in book.sheets:
        reader = _SheetReader(book.strings, styles, limits, part, left)
        try:
            data = book.archive.part(part.path)
            if data is not None:
                yield reader.read(data)
        except etree.XMLSyntaxError:
            notes.append(told("grid.sheet_unread", sheet=part.name))
        left = reader.left


Styled = tuple[str, Callable[[str], str] | None]
"""A number format, and what shows its dates where it is one of dates."""


def _styled(code: str, since_1904: bool) -> Styled:
    return code, shown_by(code, since_1904=since_1904) if is_dated(code) else None


class _SheetReader:
    """Reads the part of a sheet row by row; what isn't placed follows what stands before."""

    def __init__(
        self,
        strings: tuple[str, ...],
        styles: list[Styled],
        limits: GridLimits,
        part: SheetPart,
        left: int,
    ) -> None:
        self._strings = strings
        self._styles = styles
        self._limits = limits
        self._part = part
        self.left = left
        self._cells: dict[int, dict[int, Cell]] = {}
        self._line = 0

    def read(self, data: bytes) -> Sheet:
        """The sheet; refuses one that goes beyond the limits."""
        merges: list[Range] = []
        for element in elements(data, "row", "mergeCell"):
            if local(element) == "row":
                self._row(element)
            elif (merge := range_of(element.get("ref") or "")) and len(merges) < self._limits.rows:
                merges.append(merge)
        return Sheet(self._part.name, self._cells, tuple(merges), self._part.hidden)

    def _row(self, row: Element) -> None:
        said = whole(row.get("r"))
        self._line = said if 0 < said <= MOST_ROWS else self._line + 1
        column = 0
        found: dict[int, Cell] = {}
        for element in row:
            column = column_of(element.get("r"), column + 1)
            cell = self._cell(element)
            if cell is not None:
                found[column] = cell
        if found:
            self._check(max(found), len(found))
            self._cells.setdefault(self._line, {}).update(found)

    def _check(self, widest: int, count: int) -> None:
        self.left -= count
        limits = self._limits
        if self._line > limits.rows:
            raise _beyond(self._part.name, f"{limits.rows} 行", f"{limits.rows} rows")
        if widest > limits.columns:
            raise _beyond(self._part.name, f"{limits.columns} 列", f"{limits.columns} columns")
        if self.left < 0:
            raise _beyond(self._part.name, f"{limits.cells} 格", f"{limits.cells} cells")

    def _cell(self, cell: Element) -> Cell | None:
        stored, formula = None, False
        for part in cell:
            name = local(part)
            if name == "v":
                stored = part.text
            elif name == "f":
                formula = True
            elif name == "is":
                return _text(words_of(part), formula)
        if stored is None:
            return Cell("uncomputed", formula=True) if formula else None
        return self._valued(cell.get("t"), stored, cell.get("s"), formula)

    def _valued(
        self, kind: str | None, stored: str, style: str | None, formula: bool
    ) -> Cell | None:
        if kind is None or kind == "n":
            number = int(style) if style and style.isdecimal() and len(style) < 7 else -1
            known = 0 <= number < len(self._styles)
            code, dated = self._styles[number] if known else (GENERAL, None)
            if dated:
                return Cell("date", dated(stored), code, formula)
            return Cell("number", exact(stored), code, formula)
        if kind == "s":
            at = whole(stored, -1)
            return _text(self._strings[at] if 0 <= at < len(self._strings) else "", formula)
        if kind == "str":
            return _text(stored, formula)
        if kind == "b":
            return Cell("truth", "TRUE" if stored == "1" else "FALSE", formula=formula)
        other: Kind = "error" if kind == "e" else "date"
        return Cell(other, stored, formula=formula)


def _text(text: str, formula: bool) -> Cell | None:
    return Cell("text", text, formula=formula) if text.strip() else None


def _beyond(sheet: str, zh: str, en: str) -> GridRefused:
    return refused("grid.too_many_cells", sheet=sheet, limit=zh, limit_en=en)


def column_of(said: str | None, following: int) -> int:
    """The column of an address; the following one where none is said."""
    found = _LETTERS.match(said) if said else None
    if not found:
        return following
    number = 0
    for letter in found[0]:
        number = number * 26 + ord(letter) - 64
    return number if number <= MOST_COLUMNS else following


def range_of(text: str) -> Range | None:
    """The range of `A1:B2`, its corners in order; None for what is none."""
    first, _, last = text.partition(":")
    one, two = place(first), place(last)
    if not one or not two:
        return None
    (top, bottom), (left, right) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    return top, left, bottom, right
