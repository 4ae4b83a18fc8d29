"""A source text cut into paragraphs, and these at the borders of what is marked in them.

A page of 200,000 characters costs a few thousand elements, never one for each character.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Mark:
    """A marked stretch: `token` ties it to a card (c12), a finding (f3) or the asked place (at)."""

    start: int
    end: int
    token: str


@dataclass(frozen=True)
class Piece:
    """Text with the tokens that cover it, the widest first; '' where none does."""

    text: str
    tokens: str
    first: bool = False
    """True for the piece with which a card, or the asked place, begins."""


@dataclass(frozen=True)
class Paragraph:
    """A line of the source; `page` is the number of the page that begins with it, or 0."""

    start: int
    pieces: tuple[Piece, ...]
    page: int = 0


def paragraphs_of(
    text: str, marks: Iterable[Mark], pages: Sequence[Sequence[int]] = ()
) -> list[Paragraph]:
    """The text by lines, in order; joining pieces and line breaks gives the text back."""
    ordered = sorted(marks, key=lambda m: (m.start, -m.end))
    begins = {start: number for number, (start, _end) in enumerate(pages, start=1)}
    numbered = begins if len(pages) > 1 else {}
    out, offset, waiting, active = [], 0, 0, []
    for line in text.split("\n"):
        end = offset + len(line)
        while waiting < len(ordered) and ordered[waiting].start < end:
            active.append(ordered[waiting])
            waiting += 1
        active = [mark for mark in active if mark.end > offset]
        page = _page_in(numbered, offset, end) if numbered else 0
        out.append(Paragraph(offset, _pieces(text, offset, end, active), page))
        offset = end + 1
    return out


def _page_in(numbered: dict[int, int], start: int, end: int) -> int:
    return next((numbered[n] for n in range(start, end + 1) if n in numbered), 0)


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    if not marks:
        return (Piece(text[start:end], ""),)
    edges = {start, end} | {p for m in marks for p in (m.start, m.end) if start < p < end}
    borders = sorted(edges)
    pieces = []
    for left, right in pairwise(borders):
        over = [m for m in marks if m.start < right and m.end > left]
        over.sort(key=lambda m: m.start - m.end)
        tokens = " ".join(dict.fromkeys(m.token for m in over))
        begins = any(m.start == left and m.token[0] != "f" for m in over)
        pieces.append(Piece(text[left:right], tokens, begins))
    return tuple(pieces)


def around(text: str, start: int, end: int, most: int = 160) -> tuple[str, str]:
    """What stands before and after a sentence, within its paragraphs and at most `most` wide."""
    head = text.rfind("\n", 0, start) + 1
    tail = text.find("\n", end)
    tail = len(text) if tail < 0 else tail
    return text[max(head, start - most) : start], text[end : min(tail, end + most)]


def page_at(pages: Sequence[Sequence[int]], offset: int) -> int:
    """The number of the page an offset is on; 0 where the source has no pages."""
    if len(pages) < 2:
        return 0
    return bisect_right([start for start, _end in pages], offset)
