"""A table as it is read: header, rows, the place of every cell, what its columns hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from luodi.kit.outlines.tables.columns import Column
from luodi.kit.problems import Span


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells with the caption above or below them.

    `at` are the paragraphs it takes, in order, `row_at` that of each row. `spans` holds the source
    span of each cell, row by row, None for an empty one; `header_spans` those of the header.
    `columns` are as many as the header's cells. `problems` are Chinese sentences.
    """

    label: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[str, ...]
    at: tuple[int, ...]
    row_at: tuple[int, ...] = ()
    header_spans: tuple[Span | None, ...] = ()
    spans: tuple[tuple[Span | None, ...], ...] = ()
    columns: tuple[Column, ...] = field(default=())
    unit: str = ""

    def cell_span(self, row: int, column: int) -> Span | None:
        """Source span of a cell; None where it is empty or the row is too short."""
        cells = self.spans[row]
        return cells[column] if column < len(cells) else None
