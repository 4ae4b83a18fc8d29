"""Text to blocks: lines joined, page furniture set apart, no character lost.

`lay_out(text, pages)` is pure and total: any string has a layout, the same one each time, and
`Layout.leaves()` tiles the string.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from luodi.kit.layout.arrange import arrange, hulls, take_out
from luodi.kit.layout.blocks import Layout, Leaf, Paragraph, ParagraphKind
from luodi.kit.layout.figures import figure_rows, unfused
from luodi.kit.layout.frames import framed, unframed
from luodi.kit.layout.furniture import contents_lines, page_numbers, running_heads
from luodi.kit.layout.lines import WHITE, Line, columns, split_lines
from luodi.kit.layout.paragraphs import habits_of
from luodi.kit.layout.repair import pieces_of, plain, undouble
from luodi.kit.layout.ruling import rule_lines
from luodi.kit.layout.spaced import cells_of, spaced_rows
from luodi.kit.layout.unfold import unfold
from luodi.kit.problems import Span

__all__ = ["Layout", "Leaf", "Paragraph", "cells_of", "lay_out", "lost"]


def lay_out(text: str, pages: Iterable[Span] = (), tables: Iterable[Span] = ()) -> Layout:
    """Take `text` apart. `pages` tile it and mark where a page begins; `tables` hold rows."""
    drawn = sorted(tables)
    lines = unframed(unfused(unfold(split_lines(text, pages))), drawn)
    lines, halves = _undoubled(lines)
    numbers = page_numbers(lines)
    rules = rule_lines(lines)
    furniture = numbers | running_heads(lines, numbers) | rules
    body, breaks, ruled = _body(lines, furniture, numbers, rules)
    contents = contents_lines(body)
    boxes = framed(body, drawn)
    rows = _rows(body, contents, drawn) - {n for box in boxes for n in box}
    contents -= rows
    habits = habits_of(body)
    taken = take_out(body, breaks, ruled, contents | rows, habits.width > 0, boxes)

    def write(one: list[int]) -> Paragraph:
        return _paragraph(text, [body[n] for n in one], _kind(one[0], contents, rows), halves)

    paragraphs = arrange(text, body, taken, habits, contents | rows, write)
    whole = rows | taken.tables
    doubled = [line for n, line in enumerate(body) if n not in whole and line.start in halves]
    repeats = [span for line in doubled for span in _between(halves[line.start], line)]
    bars = [bar for table in taken.drawn for bar in table.left]
    spans = tuple(sorted([*((lines[n].start, lines[n].end) for n in furniture), *bars]))
    return Layout(
        len(text),
        paragraphs,
        spans,
        tuple(repeats),
        hulls(body, taken.notices),
        hulls(body, taken.insets),
    )


def _between(first_copies: list[Span], line: Line) -> list[Span]:
    """Source spans of the second copies of a line printed twice: what lies between the first."""
    size = line.end - line.start
    edges = [*(left for left, _ in first_copies[1:]), size]
    return [
        (line.start + right, line.start + edge)
        for (_, right), edge in zip(first_copies, edges, strict=True)
        if right < edge
    ]


def _body(
    lines: list[Line], furniture: set[int], numbers: set[int], rules: set[int]
) -> tuple[list[Line], set[int], set[int]]:
    """The lines without furniture, and the indexes of those that begin a page or follow a rule."""
    body: list[Line] = []
    breaks: set[int] = set()
    ruled: set[int] = set()
    page = rule = False
    for n, line in enumerate(lines):
        if n in furniture:
            page, rule = page or line.page or n in numbers, rule or n in rules
            continue
        if page or line.page:
            breaks.add(len(body))
        if rule:
            ruled.add(len(body))
        page = rule = False
        body.append(line)
    return body, breaks, ruled


def _rows(body: list[Line], contents: set[int], tables: list[Span]) -> set[int]:
    """Indexes of the lines that are rows of a table."""
    rows = {n for n, line in enumerate(body) if n not in contents and _is_row(line)}
    rows |= _inside(body, tables) | spaced_rows(body) | figure_rows(body)
    tabbed = {n for n, line in enumerate(body) if "\t" in line.text and {n - 1, n + 1} <= rows}
    return rows | (tabbed - contents)


def _is_row(line: Line) -> bool:
    text = line.text
    if text.count("\t") >= 2 or text.count("|") >= 3 or text.count("｜") >= 2:
        return True
    return text[0] in "│┃║" and text[-1] in "│┃║" and len(text) > 4


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
