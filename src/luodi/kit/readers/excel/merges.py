"""The merged ranges of a sheet, asked for row by row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_PLACES = 4_000_000
"""Places covered by merged cells of a sheet; what is beyond is not looked at."""

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


class Merges:
    """Ranges by their first rows. Ranges of a sound sheet don't overlap."""

    def __init__(self, ranges: Iterable[Merge]) -> None:
        self._ranges = sorted(ranges)
        self._tops = [top for top, *_ in self._ranges]
        self._left = MOST_PLACES

    def _within(self, first: int, last: int) -> Sequence[Merge]:
        return self._ranges[bisect_left(self._tops, first) : bisect_right(self._tops, last)]

    def width(self, row: int, texts: dict[int, str]) -> int:
        """Columns that the texts of a row take, merged ones too; one text alone is no row."""
        if len(texts) < 2:
            return len(texts)
        more = {
            first: min(last, MOST_COLUMNS) - first for _, first, _, last in self._within(row, row)
        }
        return len(texts) + sum(wide for column, wide in more.items() if column in texts)

    def covered(self, rows: Sequence[int], columns: Sequence[int]) -> dict[int, set[int]]:
        """By line of a table (its rows and columns given) the columns that go on from above."""
        covered: dict[int, set[int]] = defaultdict(set)
        for top, first, bottom, last in self._within(rows[0], rows[-1]):
            lines = range(bisect_left(rows, top), bisect_right(rows, bottom))[1:]
            across = range(bisect_left(columns, first), bisect_right(columns, last))
            self._left -= len(lines) * len(across)
            if self._left < 0:
                break
            for line in lines:
                covered[line].update(across)
        return covered
