"""Small charts of a pivot's rows, each with the same scale as the others of its indicator."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from luodi.common.charts import Line, line_chart

if TYPE_CHECKING:
    from .queries.pivots import Pivot, Row

MOST = 60


def charts(pivot: Pivot) -> list[tuple[str, SafeString]]:
    """Title and chart of each row with a number; at most `MOST`."""
    by_indicator: dict[str, list[Row]] = defaultdict(list)
    for row in pivot.rows[:MOST]:
        by_indicator[row.labels[0]].append(row)
    drawn = []
    for rows in by_indicator.values():
        scale = max(cell.answer.scale for row in rows for cell in row.cells)
        numbers = {row.labels: numbers_of(row, scale) for row in rows}
        known = [n for some in numbers.values() for n in some if n is not None]
        bounds = (min(known), max(known)) if known else None
        for row in rows:
            line = Line(row.labels[-1], numbers[row.labels])
            title = " · ".join(row.labels)
            drawn.append((title, line_chart(title, pivot.columns, [line], bounds)))
    return [(title, chart) for title, chart in drawn if chart]


def numbers_of(row: Row, scale: int) -> list[int | None]:
    """The numbers of a row at one scale."""
    return [
        None
        if cell.answer.number is None
        else cell.answer.number * 10 ** (scale - cell.answer.scale)
        for cell in row.cells
    ]
