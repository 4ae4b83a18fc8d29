"""Cells, sheets and grids: what stands in a spreadsheet, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from luodi.kit.grids.addresses import address
from luodi.kit.readers.excel.formats import GENERAL, shown_by
from luodi.kit.refusals import Refusal

Kind = Literal["empty", "text", "number", "date", "truth", "error", "uncomputed"]
"""`uncomputed` is a formula without a stored result; a truth is TRUE or FALSE."""

Form = Literal["xlsx", "xls", "csv", "pasted"]

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


class Cell(NamedTuple):
    """One cell.

    `text` is the text as it stands; of a number its exact plain decimal (at most 15 significant
    digits where it has decimals: what Excel keeps); of a date what is shown; of an error its name
    (`#DIV/0!`). `code` is the number format, `formula` says that a formula made it.
    """

    kind: Kind
    text: str = ""
    code: str = GENERAL
    formula: bool = False

    @property
    def shown(self) -> str:
        """The text as a person sees it in the sheet: a number rounded as its format says."""
        return shown_by(self.code)(self.text) if self.kind == "number" else self.text


EMPTY = Cell("empty")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its cells by row and column (from 1; empty ones are left out), its merged ranges."""

    name: str
    cells: Mapping[int, Mapping[int, Cell]]
    merges: Sequence[Range] = ()
    hidden: bool = False

    def at(self, row: int, column: int) -> Cell:
        """The cell at a place; EMPTY where nothing stands."""
        return self.cells.get(row, {}).get(column, EMPTY)

    def merged_with(self, row: int, column: int) -> tuple[int, int]:
        """The place whose cell is shown here: that of the merged range, or its own."""
        return self._anchors.get((row, column), (row, column))

    def spread(self, row: int, column: int) -> Cell:
        """The cell that is shown at a place, through merged ranges."""
        return self.at(*self.merged_with(row, column))

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """(number, cells from column 1 to the last one used) of each row that isn't empty."""
        for row in sorted(self.cells):
            yield row, [self.at(row, column) for column in range(1, self.width + 1)]

    def filled(self) -> Iterator[tuple[str, Cell]]:
        """(address, cell) of every cell that isn't empty, row by row."""
        for row in sorted(self.cells):
            for column in sorted(self.cells[row]):
                yield address(row, column), self.cells[row][column]

    @cached_property
    def height(self) -> int:
        """The last row that isn't empty; 0 for an empty sheet."""
        return max(self.cells, default=0)

    @cached_property
    def width(self) -> int:
        """The last column that isn't empty; 0 for an empty sheet."""
        return max((column for row in self.cells.values() for column in row), default=0)

    @cached_property
    def _anchors(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Covered place to the place of its range, within what is used."""
        height, width = self.height, self.width
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merges
            for row in range(top, min(bottom, height) + 1)
            for column in range(left, min(right, width) + 1)
        }


@dataclass(frozen=True)
class Grid:
    """What was read of a spreadsheet. `notes` say what was not done: links, renamed files."""

    form: Form
    sheets: tuple[Sheet, ...]
    notes: tuple[Refusal, ...] = field(default=())

    @property
    def shown(self) -> tuple[Sheet, ...]:
        """The sheets that aren't hidden."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of a name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    @property
    def formulas(self) -> int:
        """How many cells were made by a formula: their stored results were taken."""
        return sum(
            cell.formula
            for sheet in self.sheets
            for row in sheet.cells.values()
            for cell in row.values()
        )
