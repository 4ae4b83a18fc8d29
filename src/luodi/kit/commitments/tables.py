"""Measures that stand in a table of tasks: a column of tasks, columns of units, of time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence, Set

from luodi.kit.commitments.measures import Measure
from luodi.kit.commitments.notes import role_of_key, unique
from luodi.kit.commitments.units import Unit, looks_like_organ, read_list
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.items import title_of
from luodi.kit.outlines.tables import Table
from luodi.kit.problems import Span

_TASK = re.compile(r"任务|措施|事项|举措|工作内容|内容|项目|工作")
_UNIT = re.compile(
    r"(?:责任|牵头|配合|主责|落实|实施|承办|协办|主办|参与|负责).{0,4}(?:单位|部门|主体)|责任分工"
)
_TIME = re.compile(r"时限|时间|期限|节点")
_NUMBER = re.compile(r"序号|编号|No")
_NAMED = re.compile(r"任务|措施|事项|举措")
_WORDS = re.compile(r"[\u4e00-\u9fff]{4}")
_TITLE = 40
"""Characters a cell has at most that names its row; a longer one tells what is done."""


def table_measures(
    tables: Sequence[Table],
    paragraphs: Sequence[Paragraph],
    merged: Sequence[tuple[Span, frozenset[int]]] = (),
) -> list[Measure]:
    """One measure a row, from tables whose header names a task and a responsible unit.

    A table without a header that is as wide as the one above goes on with it; an empty
    cell stays empty unless the source says that it goes on from the row above: `merged` holds
    such rows, their place in the text and the columns.
    """
    found: list[Measure] = []
    header: Sequence[str] = ()
    task = 0
    below = sorted(merged, key=lambda row: row[0])
    for table in tables:
        rows, at = table.rows, table.row_at
        if _columns(table.header):
            header, task = table.header, _title_column(table)
        elif header and len(table.header) == len(header):
            rows, at = (table.header, *rows), (table.at[0], *at)
        else:
            continue
        columns = _columns(header)
        shared = {*columns["unit"], *columns["time"]}
        filled = _filled(rows, [paragraphs[n].span for n in at], below, shared)
        columns["task"] = [task]
        found += _rows(zip(filled, at, strict=True), header, columns, paragraphs)
    return found


def task_cells(tables: Sequence[Table]) -> list[Paragraph]:
    """The cells that say in words what a table of tasks asks for, each as a paragraph."""
    found = []
    for table in tables:
        for place in _columns(table.header).get("words", ()):
            for n, row in enumerate(table.rows):
                span = table.cell_span(n, place)
                if span is None or not _WORDS.search(row[place]):
                    continue
                if span[1] - span[0] == len(row[place]):
                    found.append(Paragraph(row[place], (span,)))
    return sorted(found, key=lambda cell: cell.span)


def _title_column(table: Table) -> int:
    """The column that names the rows: of several, the first that is short and new in each row.

    A column with one word for many rows (a group of tasks), or with gaps, names none of them.
    """
    named = _columns(table.header)["task"]
    for place in named[:-1]:
        cells = [row[place] if place < len(row) else "" for row in table.rows]
        short = all(0 < len(cell) <= _TITLE and "。" not in cell for cell in cells)
        if short and len(cells) > 1 and len(set(cells)) == len(cells):
            return place
    return named[-1]


def _filled(
    rows: Iterable[Sequence[str]],
    spans: Iterable[Span],
    below: Sequence[tuple[Span, frozenset[int]]],
    shared: Set[int],
) -> list[Sequence[str]]:
    """The rows with the units and times that merged cells take from above."""
    filled: list[Sequence[str]] = []
    for row, span in zip(rows, spans, strict=True):
        above = filled[-1] if filled else ()
        columns = _merged_at(span, below) & shared
        filled.append(
            [
                above[n] if n in columns and not cell and n < len(above) else cell
                for n, cell in enumerate(row)
            ]
        )
    return filled


def _merged_at(span: Span, below: Sequence[tuple[Span, frozenset[int]]]) -> frozenset[int]:
    """Columns of the row at `span` that go on from the row above."""
    place = bisect_right(below, span[0], key=lambda row: row[0][0]) - 1
    return below[place][1] if place >= 0 and span[0] < below[place][0][1] else frozenset()


def _columns(header: Sequence[str]) -> dict[str, list[int]]:
    """Columns by what they hold; empty unless there are a task and a unit column."""
    units = [n for n, cell in enumerate(header) if _UNIT.search(cell)]
    rest = [n for n in range(len(header)) if n not in units]
    tasks = [n for n in rest if _TASK.search(header[n]) and not _TIME.search(header[n])]
    if not units or not tasks:
        return {}
    named = [n for n in tasks if _NAMED.search(header[n])]
    named = named or [n for n in tasks if "名称" in header[n]] or tasks
    return {
        "unit": units,
        "task": named,
        "words": tasks,
        "time": [n for n in rest if _TIME.search(header[n])],
        "number": [n for n in rest if _NUMBER.search(header[n])],
    }


def _rows(
    rows: Iterable[tuple[Sequence[str], int]],
    header: Sequence[str],
    columns: dict[str, list[int]],
    paragraphs: Sequence[Paragraph],
) -> list[Measure]:
    found = []
    task = columns["task"][0]
    for row, at in rows:
        if len(row) != len(header) or not row[task]:
            continue
        units = [
            unit
            for n in columns["unit"]
            for unit in read_list(_listed(row[n]), role_of_key(header[n]))
        ]
        if units:
            found.append(_measure(row, at, columns, tuple(units), paragraphs))
    return found


def _listed(cell: str) -> str:
    """A cell's list of units; lines inside a name are joined, lines of whole names are not."""
    parts = re.split(r"[、，；; ]+", cell.strip("、，；; "))
    return cell if all(map(looks_like_organ, parts)) else "".join(cell.split())


def _measure(
    row: Sequence[str],
    at: int,
    columns: dict[str, list[int]],
    units: tuple[Unit, ...],
    paragraphs: Sequence[Paragraph],
) -> Measure:
    text = row[columns["task"][0]]
    start, end = title_of(text, 0)
    late = "".join(row[n] for n in columns["time"][:1])
    label = "".join(row[n] for n in columns["number"][:1])
    span = paragraphs[at].span
    return Measure(label, text[start:end], (), unique(units), late, span, span, 0, (at, 0))
