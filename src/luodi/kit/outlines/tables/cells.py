"""The cells of one row, with their places in the row's text."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.kit.layout.lines import WHITE
from luodi.kit.layout.repair import plain

_BAR = re.compile(r"[|｜│┃║]")
_BREAK = re.compile("\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_TAB = re.compile("\t")
_GAP = re.compile(f"[{re.escape(WHITE)}]{{2,}}|\\u3000+")
_BLANK = re.compile(f"[{re.escape(WHITE)}]+")
_LATIN_END = re.compile(r"[A-Za-z,.]\Z")


class Cell(NamedTuple):
    """A cell's words and its place [start, end) in the text of the row; empty: start == end."""

    text: str
    start: int
    end: int


def row_cells(text: str) -> list[Cell]:
    """The cells of a row set with bars, line ends (a row put together), tabs, gaps or blanks."""
    if _BREAK.search(text):
        return _split(text, _BREAK)
    if "\t" in text:
        return _split(text, _TAB)
    if _BAR.search(text):
        return _barred(text)
    return _split(text, _GAP if _GAP.search(text.strip(WHITE)) else _BLANK, text.strip(WHITE))


def _barred(text: str) -> list[Cell]:
    """Cells between bars; what stands before the first and behind the last bar is no cell."""
    cells = _split(text, _BAR)
    first = 1 if not cells[0].text else 0
    return cells[first : -1 if len(cells) > first and not cells[-1].text else None]


def _split(text: str, pattern: re.Pattern[str], inner: str = "") -> list[Cell]:
    """Cells of `text` cut at `pattern`; only inside `inner`, where that is given."""
    here = text.index(inner) if inner else 0
    stop = here + len(inner) if inner else len(text)
    cells = []
    for match in pattern.finditer(text, here, stop):
        cells.append(_cell(text, here, match.start()))
        here = match.end()
    cells.append(_cell(text, here, stop))
    return cells


def _cell(text: str, start: int, end: int) -> Cell:
    """A cell's words; one blank parts its lines, none where the letters are only spaced."""
    raw = text[start:end]
    bare = raw.strip(WHITE)
    if not bare:
        return Cell("", start, start)
    left = start + raw.index(bare[0])
    pieces = plain(bare).split()
    words = "".join(pieces) if all(len(one) == 1 for one in pieces) else " ".join(pieces)
    return Cell(words, left, left + len(bare))
