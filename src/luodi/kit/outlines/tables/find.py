"""Tables found among the paragraphs: runs of rows, put together with what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.head import tight
from luodi.kit.outlines.tables.captions import Caption, caption_of
from luodi.kit.outlines.tables.cells import Cell, row_cells
from luodi.kit.outlines.tables.columns import columns_of
from luodi.kit.outlines.tables.headers import Row, split_head
from luodi.kit.outlines.tables.table import Table
from luodi.kit.problems import Span

_REMARKS = ("备注", "说明")
LOOSE = 40
"""Words of a table that can't be set in rows are reported from so many characters on."""


def find_tables(paragraphs: Sequence[Paragraph], where: range) -> tuple[Table, ...]:
    """Tables: runs of two and more rows, or as wide as the one above; columns without rows."""
    tables: list[Table] = []
    run: list[int] = []
    for n in [*where, -1]:
        if n >= 0 and paragraphs[n].kind in ("row", "cells"):
            run.append(n)
            continue
        if run:
            _add(tables, paragraphs, run, where)
        run = []
    return tuple(tables)


def _add(
    tables: list[Table], paragraphs: Sequence[Paragraph], run: list[int], where: range
) -> None:
    """The table of a run of paragraphs; what goes on with the table above is added to that."""
    loose = [n for n in run if paragraphs[n].kind == "cells"]
    rows = [(n, row_cells(paragraphs[n].text)) for n in run if paragraphs[n].kind == "row"]
    caption = caption_of(paragraphs, run[0], run[-1], where)
    above = tables[-1] if tables else None
    if rows and above and above.header and _continues(above, caption, rows):
        tables[-1] = _longer(above, paragraphs, rows)
        return
    fits = above and rows and len(rows[0][1]) == len(above.header)
    if len(rows) > 1 or fits:
        tables.append(_table(paragraphs, rows, caption, loose))
    elif loose and not rows:
        tables += _unset_table(paragraphs, caption, loose)


def _unset_table(
    paragraphs: Sequence[Paragraph], caption: Caption, loose: Sequence[int]
) -> list[Table]:
    """A table of which only the words are known; none for a few words, as in a box's margin."""
    texts = [paragraphs[n].text for n in loose]
    named = bool(caption.label or caption.title)
    if sum(map(len, texts)) < LOOSE and not (named and len(texts) > 1):
        return []
    heads = tuple(row_cells(text)[0].text for text in texts) if named else ()
    problems = tuple(map(_unset, texts if named else ["".join(texts)]))
    table = Table(caption.label, caption.title, heads, (), problems, tuple(loose))
    return [replace(table, columns=columns_of(heads, ()), unit=caption.unit)]


def _continues(above: Table, caption: Caption, rows: Sequence[Row]) -> bool:
    """Whether rows go on with the table above: 续表, or its head again without a new caption."""
    head, _ = split_head(rows)
    if len(head) != len(above.header) or len(head) < 2:
        return False
    same = (caption.label or above.label, caption.title or above.title)
    named = same == (above.label, above.title)
    return named and (caption.more or _words(head) == above.header)


def _words(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(tight(cell.text) for cell in cells)


def _longer(above: Table, paragraphs: Sequence[Paragraph], rows: Sequence[Row]) -> Table:
    """The table above with more rows, the repeated head left out."""
    head, many = split_head(rows)
    again = _words(head) == above.header
    body = _without(rows[many if again else 0 :], rows[:many] if again else (), above.header)
    texts = (*above.rows, *(_texts(cells) for _, cells in body))
    return replace(
        above,
        rows=texts,
        at=(*above.at, *(n for n, _ in rows)),
        row_at=(*above.row_at, *(n for n, _ in body)),
        spans=(*above.spans, *(_places(paragraphs, row) for row in body)),
        problems=_problems(above.header, texts),
        columns=columns_of(above.header, texts, above.title, above.unit),
    )


def _table(
    paragraphs: Sequence[Paragraph], run: Sequence[Row], caption: Caption, loose: Sequence[int]
) -> Table:
    head, many = split_head(run)
    header = _words(head)
    body = _without(run[many:], run[:many], header)
    rows = tuple(_texts(cells) for _, cells in body)
    head_at = run[many - 1][0]
    return Table(
        caption.label,
        caption.title,
        header,
        rows,
        (*_problems(header, rows), *(_unset(paragraphs[n].text) for n in loose)),
        tuple(sorted([*(n for n, _ in run), *loose])),
        tuple(n for n, _ in body),
        _head_places(paragraphs, run[:many], head_at, head),
        tuple(_places(paragraphs, row) for row in body),
        columns_of(header, rows, caption.title, caption.unit),
        caption.unit,
    )


def _without(rows: Sequence[Row], head: Sequence[Row], header: tuple[str, ...]) -> list[Row]:
    """The rows that are no lines of the head printed again on the next page."""
    heads = {header, *(_words(cells) for _, cells in head)}
    return [row for row in rows if _words(row[1]) not in heads]


def _texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells)


def _head_places(
    paragraphs: Sequence[Paragraph], rows: Sequence[Row], head_at: int, head: Sequence[Cell]
) -> tuple[Span | None, ...]:
    """Source spans of the head's cells; of a head on two lines, of the line that holds a cell."""
    owner = {id(cell): n for n, cells in rows for cell in cells}
    return tuple(
        paragraphs[owner.get(id(cell), head_at)].hull(cell.start, cell.end) if cell.text else None
        for cell in head
    )


def _places(paragraphs: Sequence[Paragraph], row: Row) -> tuple[Span | None, ...]:
    """Source spans of a row's cells."""
    at, cells = row
    para = paragraphs[at]
    return tuple(para.hull(cell.start, cell.end) if cell.text else None for cell in cells)


def _problems(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Sentences about rows of another width and about cells without words."""
    found = []
    odd = [n for n, row in enumerate(rows, 1) if len(row) != len(header)]
    if odd:
        found.append(f"{len(odd)} 行的格数与表头不同：第 {_listed(odd)} 行。")
    for place, head in enumerate(header):
        if any(word in head for word in _REMARKS):
            continue
        empty = [n for n, row in enumerate(rows, 1) if len(row) == len(header) and not row[place]]
        if empty:
            found.append(f"“{head}”一列第 {_listed(empty)} 行没有内容，未作填补。")
    return tuple(found)


def _listed(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:12]))
    return shown if len(numbers) <= 12 else f"{shown} 等"


def _unset(text: str) -> str:
    words = "".join(text.split())
    shown = words if len(words) <= 24 else f"{words[:24]}…"
    return f"“{shown}”共 {len(words)} 字分不出格，没有还原成行。"
