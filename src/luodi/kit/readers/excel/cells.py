"""The cells of one sheet as they are shown, and which of them are merged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from luodi.kit.readers.excel.formats import shown_by
from luodi.kit.readers.excel.merges import MOST_COLUMNS, MOST_ROWS, Merge
from luodi.kit.readers.excel.parts import Workbook, words_of
from luodi.kit.readers.markup import Element, elements, local, whole

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_GENERAL = shown_by("General")


@dataclass
class Cells:
    """Texts by row and column (from 1), merged ranges, and what was left out."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: int = 0
    """Cells with words in hidden rows and columns."""
    unknown: int = 0
    """Formulas without a stored result."""


def cells_of(book: Workbook, data: bytes) -> Cells:
    """Read the part of a sheet. Formulas are never computed: their stored results are shown."""
    cells = Cells()
    hidden: list[tuple[int, int]] = []
    rows = _Rows(book, cells, hidden)
    for part in elements(data, "col", "row", "mergeCell"):
        name = local(part)
        if name == "row":
            rows.read(part)
        elif name == "col" and part.get("hidden") in ("1", "true"):
            hidden.append((whole(part.get("min")), whole(part.get("max"))))
            hidden[:] = _united(sorted(hidden))
        elif name == "mergeCell" and (merge := _range(part.get("ref") or "")):
            cells.merges.append(merge)
    return cells


class _Rows:
    """Reads the rows of a sheet; places that aren't said follow the ones before."""

    def __init__(self, book: Workbook, cells: Cells, hidden: list[tuple[int, int]]) -> None:
        self._book = book
        self._cells = cells
        self._hidden = hidden
        self._number = 0

    def read(self, row: Element) -> None:
        said = whole(row.get("r"))
        self._number = said if 0 < said <= MOST_ROWS else self._number + 1
        self._row(row, self._number, row.get("hidden") in ("1", "true"))

    def _row(self, row: Element, number: int, hidden: bool) -> None:
        column = 0
        texts = self._cells.rows.setdefault(number, {})
        for cell in row:
            column = _column(cell.get("r"), column + 1)
            text = self._text(cell)
            if not text.strip():
                continue
            if hidden or (self._hidden and self._is_hidden(column)):
                self._cells.hidden += 1
            elif column in texts:
                texts[column] += "\n" + text
            else:
                texts[column] = text

    def _is_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self._hidden)

    def _text(self, cell: Element) -> str:
        kind = cell.get("t")
        stored, formula = None, False
        for part in cell:
            name = local(part)
            if name == "v":
                stored = part.text or ""
            elif name == "is":
                return words_of(part)
            elif name == "f":
                formula = True
        if stored is None:
            self._cells.unknown += formula
            return ""
        if kind == "s":
            place = whole(stored, -1)
            return self._book.strings[place] if 0 <= place < len(self._book.strings) else ""
        if kind in ("str", "e", "d"):
            return stored
        if kind == "b":
            return "TRUE" if stored == "1" else "FALSE"
        style = whole(cell.get("s"), -1)
        known = 0 <= style < len(self._book.shown)
        return self._book.shown[style](stored) if known else _GENERAL(stored)


def _united(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges put together that touch, so that there are few of them to ask."""
    united: list[tuple[int, int]] = []
    for first, last in ranges:
        if united and first <= united[-1][1] + 1:
            united[-1] = united[-1][0], max(united[-1][1], last)
        else:
            united.append((first, last))
    return united


def _column(place: str | None, following: int) -> int:
    match = _PLACE.fullmatch(place) if place else None
    number = _letters(match[1]) if match else 0
    return number if 0 < number <= MOST_COLUMNS else following


@lru_cache(maxsize=MOST_COLUMNS)
def _letters(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _range(text: str) -> Merge | None:
    first, _, last = text.partition(":")
    one, two = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
    if not one or not two:
        return None
    rows, columns = sorted((int(one[2]), int(two[2]))), sorted((_letters(one[1]), _letters(two[1])))
    return rows[0], columns[0], rows[1], columns[1]
