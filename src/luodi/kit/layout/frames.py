"""Boxes that are drawn as a table of one column: their cell's paragraphs as lines of their own."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence

from luodi.kit.layout.insets import caption_lines
from luodi.kit.layout.labels import LABEL
from luodi.kit.layout.lines import WHITE, Line, columns
from luodi.kit.problems import Span

_BLANK = re.compile(f"[{re.escape(WHITE)}]+")
_CAPTION = re.compile(
    f"专[{re.escape(WHITE)}]?栏[{re.escape(WHITE)}]?[\\d一二三四五六七八九十]{{1,3}}"
)
_STOPS = "。；："


def unframed(lines: list[Line], tables: Sequence[Span]) -> list[Line]:
    """The lines, those of a table of one column that is a box cut where its paragraphs end."""
    frames = [where for where in _frames(lines, tables) if _CAPTION.match(lines[where.start].text)]
    if not frames:
        return lines
    inside = {n for where in frames for n in where}
    result: list[Line] = []
    for n, line in enumerate(lines):
        result += _cut(line) if n in inside else [line]
    return result


def framed(lines: list[Line], tables: Sequence[Span]) -> list[range]:
    """Ranges of the lines of tables of one column that begin with the caption of a box."""
    return [
        where for where in _frames(lines, tables) if caption_lines(lines, where.start, where.stop)
    ]


def _frames(lines: list[Line], tables: Sequence[Span]) -> list[range]:
    """Ranges of the lines of tables that have one column; one inside another is left out."""
    starts = [line.start for line in lines]
    found: list[range] = []
    for start, end in tables:
        where = range(bisect_left(starts, start), bisect_left(starts, end))
        if found and where.start < found[-1].stop:
            continue
        if len(where) and not any("\t" in lines[n].text for n in where):
            found.append(where)
    return found


def _cut(line: Line) -> list[Line]:
    """A cell's paragraphs: behind the caption, behind a stop, before a label."""
    text = line.text
    caption = _CAPTION.match(text)
    ends = [match.span() for match in _BLANK.finditer(text)]
    first = next((left for left, _ in ends if caption and left > caption.end() + 1), -1)
    cuts = [
        right
        for left, right in ends
        if left == first or text[left - 1] in _STOPS or LABEL.match(text, right)
    ]
    pieces = []
    for left, right in itertools.pairwise([0, *cuts, len(text)]):
        raw = text[left:right].rstrip(WHITE)
        start = line.start + left
        page = line.page and not left
        pieces.append(Line(start, start + len(raw), raw, 0, 1, page, columns(raw), True))
    return pieces
