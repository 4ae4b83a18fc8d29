"""Places: from the source to the clean words of its paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Span

_BEYOND = 1 << 60


def offset_in(para: Paragraph, source: int) -> int:
    """The place in a paragraph's clean words of a character of the source, 0 to its length."""
    piece = bisect_right(para.pieces, (source, _BEYOND)) - 1
    if piece < 0:
        return 0
    return min(para.starts[piece] + source - para.pieces[piece][0], len(para.text))


def words_in(reading: Reading, span: Span) -> str:
    """The clean words of a stretch of the source, a line for each paragraph."""
    start, end = span
    ends = reading.memo.get("ends")
    if ends is None:
        ends = reading.memo["ends"] = [para.span[1] for para in reading.paragraphs]
    parts = []
    for n in range(bisect_left(ends, start + 1), len(ends)):
        para = reading.paragraphs[n]
        if para.span[0] >= end:
            break
        parts.append(para.text[offset_in(para, start) : offset_in(para, end)])
    return "\n".join(parts)
