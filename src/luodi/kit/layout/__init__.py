"""Text to blocks: lines joined, page furniture set apart, no character lost.

`lay_out(text, pages)` is pure and total: any string has a layout, the same one each time, and
`Layout.leaves()` tiles the string.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from luodi.kit.layout.blocks import Layout, Leaf, Paragraph, ParagraphKind
from luodi.kit.layout.furniture import contents_lines, page_numbers, running_heads
from luodi.kit.layout.labels import LABEL
from luodi.kit.layout.lines import WHITE, Line, columns, split_lines
from luodi.kit.layout.notices import inserted_notices
from luodi.kit.layout.paragraphs import Habits, group, habits_of
from luodi.kit.layout.repair import pieces_of, plain, undouble
from luodi.kit.layout.spaced import cells_of, spaced_rows
from luodi.kit.layout.unfold import unfold
from luodi.kit.problems import Span

__all__ = ["Layout", "Leaf", "Paragraph", "cells_of", "lay_out", "lost"]


def lay_out(text: str, pages: Iterable[Span] = (), tables: Iterable[Span] = ()) -> Layout:
    """Take `text` apart. `pages` tile it and mark where a page begins; `tables` hold rows."""
    lines, halves = _undoubled(unfold(split_lines(text, pages)))
    numbers = page_numbers(lines)
    furniture = numbers | running_heads(lines, numbers)
    body = [line for n, line in enumerate(lines) if n not in furniture]
    contents = contents_lines(body)
    rows = {n for n, line in enumerate(body) if n not in contents and _is_row(line)}
    rows |= _inside(body, sorted(tables)) | spaced_rows(body)
    rows |= {
        n for n, line in enumerate(body) if "\t" in line.text and {n - 1, n + 1} <= rows
    } - contents
    contents -= rows
    groups = _grouped(body, contents | rows, inserted := inserted_notices(body))
    paragraphs = [
        _paragraph(text, [body[n] for n in one], _kind(one[0], contents, rows), halves)
        for one in groups
    ]
    doubled = [line for n, line in enumerate(body) if n not in rows and line.start in halves]
    repeats = [span for line in doubled for span in _between(halves[line.start], line)]
    spans = tuple((lines[n].start, lines[n].end) for n in sorted(furniture))
    notices = tuple((body[one.start].start, body[one.stop - 1].end) for one in inserted)
    return Layout(len(text), tuple(paragraphs), spans, tuple(repeats), notices)


def _grouped(lines: list[Line], fixed: set[int], inserted: list[range]) -> list[list[int]]:
    """Indexes of lines by paragraph, in order of their first; what a notice cuts in two is one."""
    habits = habits_of(lines)
    if not inserted:
        return group(lines, habits, fixed)
    taken = {n for one in inserted for n in one}
    rest = [n for n in range(len(lines)) if n not in taken]
    groups = _some(lines, rest, habits, fixed)
    halves = {one.start - 1: one.stop for one in inserted}
    whole: list[list[int]] = []
    for one in groups:
        if whole and halves.get(whole[-1][-1]) == one[0] and not LABEL.match(lines[one[0]].text):
            whole[-1] += one
        else:
            whole.append(one)
    for notice in inserted:
        whole += _some(lines, list(notice), habits, fixed)
    return sorted(whole)


def _some(lines: list[Line], where: list[int], habits: Habits, fixed: set[int]) -> list[list[int]]:
    """The lines `where` grouped as if they stood alone."""
    alone = {k for k, n in enumerate(where) if n in fixed}
    return [[where[k] for k in one] for one in group([lines[n] for n in where], habits, alone)]


def _between(first_copies: list[Span], line: Line) -> list[Span]:
    """Source spans of the second copies of a line printed twice: what lies between the first."""
    size = line.end - line.start
    edges = [*(left for left, _ in first_copies[1:]), size]
    return [
        (line.start + right, line.start + edge)
        for (_, right), edge in zip(first_copies, edges, strict=True)
        if right < edge
    ]


def _is_row(line: Line) -> bool:
    return line.text.count("\t") >= 2 or line.text.count("|") >= 3 or line.text.count("｜") >= 2


def _inside(lines: list[Line], tables: list[Span]) -> set[int]:
    """Indexes of the lines that a reader says belong to a table."""
    starts = [line.start for line in lines]
    return {
        n
        for start, end in tables
        for n in range(bisect_left(starts, start), bisect_left(starts, end))
    }


def _kind(first: int, contents: set[int], rows: set[int]) -> ParagraphKind:
    if first in contents:
        return "contents"
    return "row" if first in rows else "text"


def _undoubled(lines: list[Line]) -> tuple[list[Line], dict[int, list[Span]]]:
    """The lines as they are meant, and for those printed twice the spans of the first copies."""
    halves: dict[int, list[Span]] = {}
    for n, line in enumerate(lines):
        if spans := undouble(line.text):
            halves[line.start] = spans
            once = "".join(line.text[left:right] for left, right in spans)
            lines[n] = line._replace(text=once, width=columns(once))
    return lines, halves


def _paragraph(
    text: str, lines: list[Line], kind: ParagraphKind, halves: dict[int, list[Span]]
) -> Paragraph:
    pieces: list[Span] = []
    for line in lines:
        if kind == "row":
            pieces.append(_with_tabs(text, line))
        elif line.start in halves:
            pieces.extend((line.start + a, line.start + b) for a, b in halves[line.start])
        else:
            pieces.extend(pieces_of(line.text, line.start))
    source = "".join([text[start:end] for start, end in pieces])
    return Paragraph(source if kind == "row" else plain(source), tuple(pieces), kind)


def _with_tabs(text: str, line: Line) -> Span:
    """A row with the tabs around it: they are its empty first and last cells.

    A line cut out of a longer one has its neighbour's words behind them.
    """
    start, end = line.start, line.end
    if line.cut:
        return start, end
    while start > 0 and text[start - 1] == "\t":
        start -= 1
    while end < len(text) and text[end] == "\t":
        end += 1
    return start, end


def lost(layout: Layout, text: str) -> tuple[Span, ...]:
    """Spans of `text` that no leaf, or more than one, accounts for; empty when nothing is lost.

    A character that shows must not be counted as layout white space.
    """
    wrong: list[Span] = []
    here = 0
    for leaf in layout.leaves():
        if leaf.start != here or leaf.end <= leaf.start:
            wrong.append((min(here, leaf.start), max(here, leaf.end)))
        if leaf.kind == "space" and text[leaf.start : leaf.end].strip(WHITE):
            wrong.append((leaf.start, leaf.end))
        here = leaf.end
    if here != len(text):
        wrong.append((min(here, len(text)), max(here, len(text))))
    return tuple(wrong)
