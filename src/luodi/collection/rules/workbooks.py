"""What an uploaded sheet says for the cells of a form: by its hidden key, or by its labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luodi.common.workbooks import KEY_SHEET, EntryKey, entry_key
from luodi.kit.grids import Grid, Sheet, address, place, typed_text
from luodi.kit.grids.numbers import exact
from luodi.kit.mapping import plain_name

from .layouts import Layout

SEARCHED = 60
"""Rows of a sheet that are searched for the heads of the form."""


@dataclass(frozen=True)
class Found:
    """The cells of a form in a file: what is typed, where it stands, how many formulas.

    `before` is what stood there when the file was written down; None where nobody knows.
    `key` is what the hidden sheet says; empty where the cells were found by their labels, below
    the row `head`.
    """

    sheet: str
    cells: dict[str, str]
    addresses: dict[str, str]
    key: Mapping[str, str]
    before: Mapping[str, str] | None = None
    formulas: int = 0
    head: int = 0

    @property
    def changed(self) -> dict[str, str]:
        """The cells that differ from what was written down; all that say something else."""
        if self.before is None:
            return {cell: said for cell, said in self.cells.items() if said}
        return {
            c: said for c, said in self.cells.items() if not _same(said, self.before.get(c, ""))
        }


def found_in(grid: Grid, layout: Layout) -> Found | None:
    """The cells of a form in an uploaded grid; None where neither key nor labels are found."""
    key = entry_key(grid)
    shown = [sheet for sheet in grid.shown if sheet.name != KEY_SHEET]
    if key and shown:
        return _by_key(shown[0], key)
    for sheet in shown:
        found = _by_labels(sheet, layout)
        if found:
            return found
    return None


def _by_key(sheet: Sheet, key: EntryKey) -> Found:
    cells, formulas = {}, 0
    for name, where in key.addresses.items():
        at = place(where)
        cell = sheet.at(*at) if at else None
        cells[name] = typed_text(cell) if cell else ""
        formulas += bool(cell and cell.formula)
    return Found(sheet.name, cells, dict(key.addresses), key.key, key.before, formulas)


def _by_labels(sheet: Sheet, layout: Layout) -> Found | None:
    """By the labels of rows and columns, as they stand in the form, wherever in the sheet."""
    columns = {plain_name(column.label): column.key for column in layout.columns}
    rows = {plain_name(row.label): row.key for row in layout.rows}
    if len(columns) < len(layout.columns) or len(rows) < len(layout.rows):
        return None  # labels that stand twice can't be told apart
    for number in range(1, min(sheet.height, SEARCHED) + 1):
        heads = {
            column: columns[name]
            for column in range(1, sheet.width + 1)
            if (name := plain_name(sheet.spread(number, column).text)) in columns
        }
        if heads and len(set(heads.values())) == len(heads):
            found = _below(sheet, number, heads, rows)
            if found.cells:
                return found
    return None


def _below(sheet: Sheet, head: int, heads: Mapping[int, str], rows: Mapping[str, str]) -> Found:
    cells, addresses, formulas, first = {}, {}, 0, min(heads)
    for number in range(head + 1, sheet.height + 1):
        labels = [plain_name(sheet.spread(number, c).text) for c in range(1, max(first, 2))]
        row = next((rows[label] for label in labels if label in rows), None)
        for column, key in heads.items() if row else ():
            cell, name = sheet.at(number, column), f"{row}:{key}"
            cells[name] = typed_text(cell)
            addresses[name] = address(number, column)
            formulas += cell.formula
    return Found(sheet.name, cells, addresses, {}, None, formulas, head)


def _same(one: str, other: str) -> bool:
    """Whether two texts fill a cell alike: `12.50` and the 12.5 that Excel makes of it."""
    return one == other or (bool(one) and exact(one) == exact(other))
