"""Physical lines of a text, with what the eye sees: width, indent, the gap above, a page start."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from luodi.kit.layout.labels import KEY_END, LABEL, NOTE_LINE, ROLE_LINE
from luodi.kit.problems import Span

WHITE = (
    " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""Layout white space: everything Unicode calls white space, and the marks without width."""

_ENDS = "。；：！？”）)】〕］:"
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")


class Line(NamedTuple):
    """One line without the white space around it. `width` counts columns: CJK 2, ASCII 1."""

    start: int
    end: int
    text: str
    indent: int
    gap: int
    page: bool
    width: int
    cut: bool = False


def columns(text: str) -> int:
    """Width in columns of a fixed-width font: 2 for each character outside ASCII, else 1."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def split_lines(text: str, pages: Iterable[Span] = ()) -> list[Line]:
    """The lines of `text` that hold more than white space, in order."""
    page_starts = {start for start, _ in pages}
    lines: list[Line] = []
    previous = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        bare = raw.strip(WHITE)
        if not bare:
            continue
        begin, indent = match.start(), 0
        start = begin
        page = _crosses(page_starts, begin)
        if raw[0] != bare[0]:
            lead = raw[: raw.index(bare[0])]
            start += len(lead)
            indent = columns(lead) + 3 * lead.count("\t")
            page = page or lead == " "
        between = text[previous:start]
        gap = 1 if between == "\n" else max(between.count("\n"), between.count("\r"))
        page = page or "\f" in between
        previous = start + len(bare)
        lines.append(Line(start, previous, bare, indent, gap, page, columns(bare)))
    return lines


def _crosses(page_starts: set[int], start: int) -> bool:
    return start > 0 and start in page_starts


def wrap_width(lines: list[Line]) -> int:
    """Column at which the text was wrapped by hand, or 0 where each line is a paragraph.

    Wrapped text shows in lines that end in the middle of a sentence, nearly all of one width, and
    in that hardly any line is wider.
    """
    wide = [line for line in lines if line.width >= 20]
    open_ended = sorted(line.width + line.indent for line in wide if _is_cut(line.text))
    if len(open_ended) < 3 or len(open_ended) * 5 < len(wide):
        return _edge(wide)
    width = open_ended[len(open_ended) * 4 // 5]
    near = sum(1 for other in open_ended if width - 10 <= other <= width + 6)
    over = sum(1 for line in wide if line.width > width + 8)
    if width > 140 or near * 2 < len(open_ended) or over * 8 > len(wide):
        return _edge(wide)
    return width


def _edge(wide: list[Line]) -> int:
    """The column that several lines fill and none passes, most of them without an end; else 0."""
    if not wide:
        return 0
    edge = max(line.width + line.indent for line in wide)
    full = [line for line in wide if line.width + line.indent >= edge - 3]
    cut = sum(1 for line in full if line.text[-1] not in _ENDS and "\t" not in line.text)
    return edge if edge <= 100 and cut >= 3 and 2 * cut > len(full) else 0


def full_lines(lines: list[Line], width: int) -> frozenset[int]:
    """Starts of the lines that fill a column narrower than `width`, as their neighbours do."""
    if not width:
        return frozenset()
    found = set()
    for n, line in enumerate(lines):
        if 24 <= line.width + line.indent < width - 9:
            near = [*lines[max(0, n - 4) : n], *lines[n + 1 : n + 5]]
            alike = [
                one for one in near if -2 <= one.width - line.width <= 5 and one.gap == line.gap
            ]
            if sum(1 for one in alike if _is_cut(one.text)) >= 4:
                found.add(line.start)
    return frozenset(found)


def _is_cut(text: str) -> bool:
    """Whether a line looks like the first part of a sentence: no stop, no heading, no roster."""
    if KEY_END.search(text) and "。" in text:
        return True
    if text[-1] in _ENDS or "\t" in text:
        return False
    if ROLE_LINE.match(text) or NOTE_LINE.match(text) or "——" in text[-60:]:
        return False
    if text.endswith(("通知", "方案", "规划", "计划", "要点", "意见", "长", "主任")):
        return False
    return "。" in text or not LABEL.match(text)
