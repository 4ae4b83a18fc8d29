"""From characters at places to lines of text in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from luodi.kit.readers.ofd.objects import Glyph
from luodi.kit.readers.ruled.cells import Box, Char

STEP = 0.5
"""A character lower or higher than its height times this begins another line."""
GAP = 0.6
"""A gap wider than the height times this parts words."""
BACK = 1.5


def in_lines(glyphs: Iterable[Glyph]) -> list[Char]:
    """The characters with the blanks and line ends a reader sees between them.

    Drawing order is kept, for it follows columns; where it jumps about, lines go from the top.
    """
    lines = _lines(glyphs)
    if _jumps(lines):
        lines.sort(key=lambda line: (round(line[0].box[1]), line[0].box[0]))
    chars: list[Char] = []
    for n, line in enumerate(lines):
        if n:
            chars.append(Char(-1, "\n", None))
        last: Box | None = None
        for text, box, _ in line:
            if last and _apart(last, box) and chars[-1].text.strip() and text.strip():
                chars.append(Char(-1, " ", None))
            chars.append(Char(len(chars), text, box))
            last = box
    return chars


def _lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    last: Box | None = None
    for glyph in glyphs:
        if last is None or (not glyph.goes_on and _is_other_line(last, glyph.box)):
            lines.append([])
        lines[-1].append(glyph)
        last = glyph.box
    return lines


def _is_other_line(last: Box, box: Box) -> bool:
    height = max(last[3] - last[1], box[3] - box[1])
    if abs((last[1] + last[3]) - (box[1] + box[3])) / 2 > STEP * height:
        return True
    return box[2] < last[0] - BACK * height


def _apart(last: Box, box: Box) -> bool:
    return box[0] - last[2] > GAP * (last[3] - last[1])


def _jumps(lines: list[list[Glyph]]) -> bool:
    """Whether lines are drawn out of order: many times upward, more often than columns make."""
    tops = [line[0].box[1] for line in lines]
    upward = sum(1 for above, below in pairwise(tops) if below < above - 1)
    return upward > max(3, len(lines) // 4)
