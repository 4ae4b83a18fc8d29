"""Tables found among the paragraphs: runs of rows, their captions, the notes around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.head import tight
from luodi.kit.outlines.tables.cells import Cell, row_cells
from luodi.kit.outlines.tables.columns import columns_of
from luodi.kit.outlines.tables.table import Table
from luodi.kit.problems import Span

_CAPTION = re.compile(r"表 ?(?P<number>\d{1,3}(?:[-—.]\d{1,2})?)[ ：:]*(?P<title>.{0,60})\Z")
Row = tuple[int, list[Cell]]


def find_tables(paragraphs: Sequence[Paragraph], where: range) -> tuple[Table, ...]:
    """Tables set with tabs or bars: runs of two and more rows, or as wide as the one above."""
    tables: list[Table] = []
    run: list[Row] = []
    for n in [*where, -1]:
        if n >= 0 and paragraphs[n].kind == "row":
            run.append((n, row_cells(paragraphs[n].text)))
            continue
        goes_on = run and tables and len(run[0][1]) == len(tables[-1].header)
        if len(run) > 1 or goes_on:
            tables.append(_table(paragraphs, run, where.start))
        run = []
    return tuple(tables)


def _table(paragraphs: Sequence[Paragraph], run: list[Row], floor: int) -> Table:
    caption = paragraphs[run[0][0] - 1].text if run[0][0] > floor else ""
    match = _CAPTION.match(caption)
    label = f"表{match.group('number')}" if match else ""
    title = match.group("title").strip() if match else (caption if caption.endswith("表") else "")
    (_, head), *body = run
    odd = sum(1 for _, cells in body if len(cells) != len(head))
    header = tuple(tight(cell.text) for cell in head)
    rows = tuple(tuple(cell.text for cell in cells) for _, cells in body)
    return Table(
        label,
        title,
        header,
        rows,
        (f"{odd} 行的格数与表头不同",) if odd else (),
        tuple(n for n, _ in run),
        tuple(n for n, _ in body),
        _places(paragraphs, run[0]),
        tuple(_places(paragraphs, row) for row in body),
        columns_of(header, rows, title),
    )


def _places(paragraphs: Sequence[Paragraph], row: Row) -> tuple[Span | None, ...]:
    """Source spans of a row's cells."""
    at, cells = row
    para = paragraphs[at]
    return tuple(para.hull(cell.start, cell.end) if cell.text else None for cell in cells)
