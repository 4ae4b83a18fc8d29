"""Rows of figures with single blanks between the cells, as a text PDF gives them.

`青河市 412.9 1 44100 1` is a row where lines of the same make follow and a head stands above. A
whole table run together in one line is cut into such rows first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from luodi.kit.layout.lines import WHITE, Line, columns

_WORD = re.compile(f"[^{re.escape(WHITE)}]+")
_FIGURE = re.compile(
    r"[\[［〔(（]?[-−－+≥≤＞＜><]?\d[\d,，]*(?:\.\d+)?(?:[%％‰]|(?!年)[\u4e00-\u9fff]{1,3})?[\]］〕)）]?\Z"
    r"|[-—–－―/]{1,3}\Z"
)
_MAKE = re.compile(r"v?t{1,2}v{2,}\Z")
_NATURES = ("约束性", "预期性", "引导性", "指导性")
_HEAD_WORD = re.compile(r"[^。；，！？]{1,16}\Z")
LEAST = 3
"""So many rows make a table."""


def unfused(lines: list[Line]) -> list[Line]:
    """The lines, those that hold a whole table of figures cut into its rows."""
    if not any(_may_hold_table(line) for line in lines):
        return lines
    result: list[Line] = []
    for line in lines:
        cuts = _row_starts(line.text) if _may_hold_table(line) else []
        result += _cut(line, cuts) if cuts else [line]
    return result


def _may_hold_table(line: Line) -> bool:
    return len(line.text) > 40 and line.text.count(" ") + line.text.count("\u3000") >= 11


def _make(words: Sequence[str]) -> str:
    """`t` for a word, `v` for a figure, cell by cell."""
    return "".join("v" if _FIGURE.match(word) else "t" for word in words)


def _row_starts(text: str) -> list[int]:
    """Offsets at which the head and the rows of a table in one line begin; none: no table."""
    places = [match.start() for match in _WORD.finditer(text)]
    make = _make(_WORD.findall(text))
    best: re.Match[str] | None = None
    wide = 0
    for many in range(2, 10):
        found = re.search(rf"(?:tv{{{many}}}(?!v)){{{LEAST},}}", make)
        if found and (best is None or len(found.group()) > len(best.group())):
            best, wide = found, many + 1
    if best is None or best.start() < wide or "v" in make[best.start() - wide : best.start()]:
        return []
    starts = [best.start() - wide, *range(best.start(), best.end(), wide)]
    return [places[n] for n in starts] + ([places[best.end()]] if best.end() < len(make) else [])


def _cut(line: Line, cuts: list[int]) -> list[Line]:
    pieces: list[Line] = []
    for left, right in itertools.pairwise([0, *(cut for cut in cuts if cut), len(line.text)]):
        raw = line.text[left:right].rstrip(WHITE)
        start = line.start + left
        gap = 1 if left else line.gap
        page = line.page and not left
        pieces.append(
            Line(start, start + len(raw), raw, line.indent, gap, page, columns(raw), True)
        )
    return pieces


def figure_rows(lines: Sequence[Line]) -> set[int]:
    """Indexes of rows of figures and of the heads above them."""
    found: set[int] = set()
    heads: set[str] = set()
    make, start = "", 0
    for n in range(len(lines) + 1):
        said = _row_make(lines[n]) if n < len(lines) else ""
        if said and said == make:
            continue
        if make:
            head = _head(lines, start, len(make))
            again = bool(head) and {lines[h].text for h in head} <= heads
            if head and (n - start >= LEAST or again):
                found.update((*head, *range(start, n)))
                heads |= {lines[h].text for h in head}
        make, start = said, n
    return found


def _row_make(line: Line) -> str:
    """How the cells of a line follow on each other; empty where it can't be a row of figures.

    A row that ends in 预期性 or 约束性 is one whatever its other cells are.
    """
    text = line.text
    if line.width > 160 or "\t" in text or not (" " in text or "\u3000" in text):
        return ""
    if text.endswith(_NATURES):
        many = len(_WORD.findall(text))
        return "n" * many if 4 <= many <= 14 else ""
    if not text[-1].isascii() and text[-1] not in "%％—–－":
        return ""
    make = _make(_WORD.findall(text))
    return make if len(make) <= 14 and _MAKE.match(make) else ""


def _head(lines: Sequence[Line], first: int, wide: int) -> list[int]:
    """Indexes of the one or two lines that are the head of `wide` columns; none: no head."""
    own = _head_width(lines, first - 1)
    above = _head_width(lines, first - 2)
    if own == wide:
        groups = above - 1
        return [first - 1] if not groups or above != wide else [first - 2, first - 1]
    if own == wide - 1 and above > 1 and (above == wide or (wide - 1) % (above - 1) == 0):
        return [first - 2, first - 1]
    return []


def _head_width(lines: Sequence[Line], n: int) -> int:
    """How many words a line of a head holds; 0 where it is none."""
    if n < 0 or lines[n].width > 160:
        return 0
    words = _WORD.findall(lines[n].text)
    if not all(_HEAD_WORD.match(word) and not _FIGURE.match(word) for word in words):
        return 0
    return len(words)
