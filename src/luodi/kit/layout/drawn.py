"""Tables drawn with signs whose rows take several lines between two rules."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from luodi.kit.layout.lines import WHITE, Line
from luodi.kit.problems import Span

_BAR = re.compile(r"[|｜│┃║]")


class Drawn(NamedTuple):
    """Lines [start, end) that are one table: the pieces of each row, and the bars left over."""

    start: int
    end: int
    rows: list[list[Span]]
    left: list[Span]


def drawn_tables(lines: Sequence[Line], ruled: set[int]) -> list[Drawn]:
    """Tables whose rows are parted by rules and have cells of several lines.

    `ruled` are the lines that stand right below a rule.
    """
    found: list[Drawn] = []
    start = -1
    for n in range(len(lines) + 1):
        if n < len(lines) and _bars(lines[n]) > 1:
            start = n if start < 0 else start
            continue
        if start >= 0:
            found += _table(lines, start, n, ruled)
        start = -1
    return found


def _bars(line: Line) -> int:
    return len(_BAR.findall(line.text)) if _BAR.match(line.text) else 0


def _table(lines: Sequence[Line], start: int, end: int, ruled: set[int]) -> list[Drawn]:
    tops = [n for n in range(start, end) if n in ruled]
    edges = [*tops, end]
    rows = [list(lines[a:b]) for a, b in itertools.pairwise(edges)]
    if len(rows) < 3 or tops[0] != start or all(len(row) == 1 for row in rows):
        return []
    wide = _bars(lines[start])
    if any(_bars(line) != wide for row in rows for line in row):
        return []
    pieces, left = [], []
    for row in rows:
        own, over = _row(row)
        pieces.append(own)
        left += over
    return [Drawn(start, end, pieces, left)]


def _row(row: Sequence[Line]) -> tuple[list[Span], list[Span]]:
    """Pieces of a row: its first bar, cell by cell with a bar of its last line; the other bars."""
    bars = [[match.start() for match in _BAR.finditer(line.text)] for line in row]
    left = [
        (line.start + at, line.start + at + 1)
        for line, some in zip(row, bars, strict=True)
        for at in some
    ]
    pieces: list[Span] = [left.pop(0)]
    for cell in range(len(bars[0]) - 1):
        for line, some in zip(row, bars, strict=True):
            raw = line.text[some[cell] + 1 : some[cell + 1]]
            bare = raw.strip(WHITE)
            if bare:
                begin = line.start + some[cell] + 1 + raw.index(bare[0])
                pieces.append((begin, begin + len(bare)))
        last = row[-1].start + bars[-1][cell + 1]
        left.remove((last, last + 1))
        pieces.append((last, last + 1))
    return pieces, left
