"""Putting a text together line by line, with its tables at their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from luodi.kit.problems import Span
from luodi.kit.readers.sentences import check_chars
from luodi.kit.readers.sources import SourceTable

BREAKS = "\n\t\f\v\r\x1c\x1d\x1e\x85\u2028\u2029"
FLAT = str.maketrans(BREAKS, " " * len(BREAKS))
"""What would break a row of a table in the text; each becomes one space."""


class Writer:
    """Collects text; while a cell is open text goes to the cell instead."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._parts: list[str] = []
        self._length = 0
        self._tables: list[SourceTable] = []
        self._cell: list[str] | None = None
        self._in_cells = 0
        self._last = "\n"

    @property
    def text(self) -> str:
        """The text so far, without an open cell."""
        return "".join(self._parts)

    @property
    def length(self) -> int:
        """Number of characters so far, without an open cell."""
        return self._length

    @property
    def tables(self) -> tuple[SourceTable, ...]:
        """The tables so far, in order."""
        return tuple(self._tables)

    @property
    def at_line_start(self) -> bool:
        """Whether nothing stands on the line yet."""
        return self._last in "\n\f"

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return self._cell is not None

    def add(self, text: str) -> None:
        """Add text as it is; refuses beyond the limit of characters."""
        if not text:
            return
        if self._cell is None:
            self._parts.append(text)
            self._length += len(text)
        else:
            self._cell.append(text)
            self._in_cells += len(text)
        check_chars(self._length + self._in_cells, self._limit)
        self._last = text[-1]

    def end_line(self) -> None:
        """End the line, unless nothing stands on it."""
        if not self.at_line_start:
            self.add("\n")

    def open_cell(self) -> None:
        """Send what follows to a new cell."""
        self._cell = []
        self._last = "\n"

    def close_cell(self) -> str:
        """The text of the cell; what follows goes to the text again."""
        parts, self._cell = self._cell or [], None
        self._last = "\n"
        return "".join(parts).strip(" \n\t")

    def add_table(
        self, rows: Sequence[Sequence[str]], merged: Mapping[int, Set[int]] | None = None
    ) -> None:
        """Write a table: a line for each row, cells parted by tabs. No rows, no table.

        `merged` has the columns of a row whose cells go on from the row above, by row number.
        """
        self.end_line()
        self._in_cells = 0
        start = self._length
        below: list[tuple[Span, frozenset[int]]] = []
        for number, row in enumerate(rows):
            line = self._length
            self.add("\t".join(cell.translate(FLAT) for cell in row) + "\n")
            if merged and merged.get(number):
                below.append(((line, self._length), frozenset(merged[number])))
        if rows:
            cells = tuple(map(tuple, rows))
            self._tables.append(SourceTable((start, self._length), cells, tuple(below)))
