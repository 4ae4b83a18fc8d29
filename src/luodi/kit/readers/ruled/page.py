"""A page of characters and lines: its text, with ruled tables put in rows and cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from luodi.kit.readers.ruled.cells import Char, Filled, lines_of
from luodi.kit.readers.ruled.grids import Cell, Grid, Rule, grids_of
from luodi.kit.readers.sources import SourceTable
from luodi.kit.readers.writing import FLAT

FRAME_SHARE = 0.5
"""Two or three cells of which one is taller than this share of the page frame its text."""
MOST_PAIRS = 4_000_000
"""Lines across times lines down; a page with more is a drawing."""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page and its tables, with spans that count from the page's first character.

    `numbers` has the number of each character on the page, -1 for one the reader wrote (a tab
    between cells); None where a reader can find them when asked.
    """

    text: str
    tables: tuple[SourceTable, ...] = ()
    numbers: Sequence[int] | None = None


def composed(
    chars: Sequence[Char], across: Sequence[Rule], down: Sequence[Rule], height: float
) -> PageText:
    """The text of characters in reading order, with the tables that lines draw."""
    grids = grids_of(across, down) if len(across) * len(down) <= MOST_PAIRS else []
    made = with_tables(chars, grids, height)
    if made:
        return made
    numbers = tuple(char.number for char in chars)
    return PageText("".join(char.text for char in chars), (), numbers)


def with_tables(chars: Sequence[Char], grids: Sequence[Grid], height: float) -> PageText | None:
    """The text with the tables among the grids, None where there are none."""
    tables = _tables(grids, chars, height) if grids else {}
    return _Composer(chars, tables).page() if tables else None


class _Table(NamedTuple):
    grid: Grid
    filled: Filled


def _tables(grids: Sequence[Grid], chars: Sequence[Char], height: float) -> dict[int, _Table]:
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
        if _is_table(grid, filled, height)
    }
    return {
        place: kept[owner[0]]
        for place, owner in enumerate(owners)
        if owner is not None and owner[0] in kept
    }


def _owners(grids: Sequence[Grid], chars: Sequence[Char]) -> list[tuple[int, Cell] | None]:
    """Table and cell of each character; one without a place goes with the one before it."""
    ends = [grid.ys[-1] for grid in grids]
    straight = ends == sorted(ends)
    owners: list[tuple[int, Cell] | None] = []
    here: tuple[int, Cell] | None = None
    for char in chars:
        if char.box is not None:
            x, y = (char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2
            first = bisect_left(ends, y) if straight else 0
            here = _owner(grids, range(first, len(grids)), x, y)
        owners.append(here)
    return owners


def _owner(
    grids: Sequence[Grid], numbers: Iterable[int], x: float, y: float
) -> tuple[int, Cell] | None:
    for n in numbers:
        if grids[n].ys[0] > y:
            break
        cell = grids[n].cell_at(x, y)
        if cell is not None:
            return n, cell
    return None


def _is_table(grid: Grid, filled: Filled, height: float) -> bool:
    """Whether lines hold a table: not a frame around the text, nor boxes one above another."""
    cells = filled.written()
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    if len(columns) < 2 or (len(rows) < 2 and len(columns) < 3):
        return False
    return len(cells) > 3 or grid.tallest() < FRAME_SHARE * height


class _Composer:
    """Writes the page: each table where it begins, the rest in PDFium's order."""

    def __init__(self, chars: Sequence[Char], tables: dict[int, _Table]) -> None:
        self._chars = chars
        self._owners = tables
        self._text: list[str] = []
        self._numbers: list[int] = []
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
        return PageText("".join(self._text), tuple(self._tables), tuple(self._numbers))

    def _add(self, text: str, number: int) -> None:
        self._text.append(text)
        self._numbers.append(number)

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
            for text, number in pieces:
                self._add(text.translate(FLAT), number)
            cells.append("".join(text for text, _ in pieces))
        self._add("\n", -1)
        return tuple(cells)
