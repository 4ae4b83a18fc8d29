"""What the layout pass hands on: leaves that tile the source, and paragraphs of clean text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

from luodi.kit.problems import Span

LeafKind = Literal["text", "space", "furniture", "repeat"]
ParagraphKind = Literal["text", "contents", "row", "cells"]


class Leaf(NamedTuple):
    """One stretch of the source: read text, layout white space, page furniture or a bold double."""

    kind: LeafKind
    start: int
    end: int


class Paragraph:
    """Clean text whose every character is a character of the source.

    `pieces` are the source spans that make up `text`; white space inside the text is written as
    an ASCII space and full-width digits and Latin letters as ASCII, one for one. Of kind "row" the
    text is the source as it stands, and a row put together from a table printed by columns has its
    pieces in the order of the cells. Kind "cells": words of a table whose rows are not known.
    `inset` numbers the box of the layout it stands in, 0 for none.
    """

    __slots__ = ("inset", "kind", "pieces", "span", "starts", "text")

    def __init__(
        self, text: str, pieces: tuple[Span, ...], kind: ParagraphKind = "text", inset: int = 0
    ) -> None:
        self.text = text
        self.pieces = pieces
        self.kind: ParagraphKind = kind
        self.inset = inset
        self.starts: tuple[int, ...] = _starts(pieces)
        last = pieces[-1][1] if kind != "row" else max(end for _, end in pieces)
        self.span: Span = pieces[0][0], last
        """The hull of the paragraph in the source."""

    def __repr__(self) -> str:
        return f"Paragraph({self.text[:24]!r}, {self.span})"

    def at(self, offset: int) -> int:
        """Source offset of the clean character at `offset` (0 <= offset < len(text))."""
        index = bisect_right(self.starts, offset) - 1
        return self.pieces[index][0] + offset - self.starts[index]

    def hull(self, start: int, end: int) -> Span:
        """Source hull of the clean characters start..end, at least one character long."""
        last = max(start, end - 1)
        return self.at(start), self.at(last) + 1


def _starts(pieces: tuple[Span, ...]) -> tuple[int, ...]:
    if len(pieces) == 1:
        return (0,)
    starts, total = [], 0
    for start, end in pieces:
        starts.append(total)
        total += end - start
    return tuple(starts)


@dataclass(frozen=True, slots=True)
class Layout:
    """A text taken apart: paragraphs in reading order, page furniture and bold doubles beside."""

    size: int
    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[Span, ...]
    repeats: tuple[Span, ...]
    notices: tuple[Span, ...] = ()
    """Where a notice stands in the middle of a sentence."""
    boxes: tuple[Span, ...] = ()
    """Where a box stands, which may cut a sentence."""

    def leaves(self) -> tuple[Leaf, ...]:
        """Leaves that tile 0..size in order; what nothing claims is layout white space."""
        marks = [Leaf("text", *piece) for para in self.paragraphs for piece in para.pieces]
        marks += [Leaf("furniture", *span) for span in self.furniture]
        marks += [Leaf("repeat", *span) for span in self.repeats]
        marks.sort(key=lambda leaf: leaf.start)
        return tuple(_with_space(marks, self.size))

    def parts(self, span: Span) -> tuple[Span, ...]:
        """The pieces of `span` left when what cuts it (page furniture, a notice, a box) goes."""
        start, end = span
        pieces, here = [], start
        cuts = (self.furniture, self.notices, self.boxes)
        for left, right in sorted(cut for some in cuts for cut in _within(some, span)):
            if left >= here:
                pieces.append((here, left))
                here = right
        pieces.append((here, end))
        return tuple(piece for piece in pieces if piece[0] < piece[1])


def _within(cuts: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """Those of the ordered `cuts` that begin behind the start of `span` and end before its end."""
    start, end = span
    first = bisect_right(cuts, (start, end))
    last = bisect_right(cuts, (end, end))
    return tuple(cut for cut in cuts[first:last] if cut[1] < end)


def _with_space(marks: list[Leaf], size: int) -> list[Leaf]:
    leaves: list[Leaf] = []
    here = 0
    for leaf in marks:
        if leaf.start > here:
            leaves.append(Leaf("space", here, leaf.start))
        leaves.append(leaf)
        here = leaf.end
    if here < size:
        leaves.append(Leaf("space", here, size))
    return leaves
