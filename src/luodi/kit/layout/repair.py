"""Repairs inside one line: letter-spaced words, stray spaces, text printed twice for bold."""

from __future__ import annotations

import re
from bisect import bisect_right

from luodi.kit.layout.labels import LABEL
from luodi.kit.layout.lines import WHITE
from luodi.kit.problems import Span

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_SPACE = re.compile(f"[{re.escape(WHITE)}]+")
_SPACED = re.compile(f"(?<![{HAN}])[{HAN}](?:[{re.escape(WHITE)}]+[{HAN}])+(?![{HAN}])")
_KEEPS = re.compile(f"[{HAN}）)》”][{HAN}（《“]|[0-9A-Za-z.,][0-9A-Za-z]")
_WORDS = re.compile(f"[0-9A-Za-z][{HAN}]|[{HAN}][A-Za-z]")
_DOUBLED = re.compile(
    r"(?:（（|\(\(|([一二三四五六七八九十]{1,2})\1、、|(\d)\2[.．、]{2}|(\d{1,2}[.．、])\3)"
)
_DOUBLED_STOP = re.compile(r"。。|：：")
_LONGEST = 120
_ASCII_FORM = {0xFF10 + n: 0x30 + n for n in range(10)}
_ASCII_FORM |= {0xFF21 + n: 0x41 + n for n in range(26)}
_ASCII_FORM |= {0xFF41 + n: 0x61 + n for n in range(26)}
_ASCII_FORM |= {ord(mark): 0x20 for mark in WHITE} | {0xFF05: 0x25, 0xFF0E: 0x2E}


def plain(text: str) -> str:
    """White space as ASCII spaces, full-width digits, letters, ％ and ． as ASCII; same length."""
    return text.translate(_ASCII_FORM)


def pieces_of(text: str, start: int) -> list[Span]:
    """Source spans of a line starting at `start`, stray and letter-spacing white space left out.

    Two blanks stay of a wide gap in a labelled line: it may part a run-in heading from its body.
    """
    found = list(_SPACE.finditer(text))
    if not found:
        return [(start, start + len(text))]
    spaced = [match.span() for match in _SPACED.finditer(text)]
    labelled = bool(LABEL.match(text))
    pieces, here = [], 0
    for match in found:
        left, right = match.span()
        keep = _keeps(text, left, right, spaced)
        keep += 1 if keep and labelled and right - left > 1 else 0
        pieces.append((start + here, start + left + keep))
        here = right
    pieces.append((start + here, start + len(text)))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _keeps(text: str, left: int, right: int, spaced: list[Span]) -> int:
    """1 where one blank of text[left:right] parts two words, 0 where all of it is layout."""
    place = bisect_right(spaced, (left, len(text))) - 1
    if place >= 0 and spaced[place][0] <= left and right <= spaced[place][1]:
        return 0
    around = text[left - 1] + text[right]
    return 1 if _KEEPS.match(around) or (right - left > 1 and _WORDS.match(around)) else 0


def undouble(text: str) -> list[Span] | None:
    """Spans of the first copies in a line that is printed twice chunk by chunk, else None.

    `（（一一））发展现状发展现状` is (0, 1), (2, 3), (4, 5), (6, 10). A run-in heading may be
    doubled alone: what follows its 。。 is whole.
    """
    if not _DOUBLED.match(text):
        return None
    if len(text) <= _LONGEST and (whole := _halves(text)):
        return whole
    stop = _DOUBLED_STOP.search(text, 0, _LONGEST)
    if not stop or stop.end() == len(text):
        return None
    run_in = _halves(text[: stop.end()])
    return [*run_in, (stop.end(), len(text))] if run_in else None


def _halves(text: str) -> list[Span] | None:
    """Cut `text` into the fewest chunks XX, from the right; None where it can't be done."""
    size = len(text)
    best: list[list[Span] | None] = [None] * (size + 1)
    best[size] = []
    for here in range(size - 2, -1, -1):
        for half in range((size - here) // 2, 0, -1):
            rest = best[here + 2 * half]
            if rest is None or text[here : here + half] != text[here + half : here + 2 * half]:
                continue
            known = best[here]
            if known is None or len(rest) + 1 < len(known):
                best[here] = [(here, here + half), *rest]
    return best[0]
