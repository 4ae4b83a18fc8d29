"""Sentences with their figures: what the arithmetic of running text is read from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from luodi.kit.findings.bounds import Amount, amount
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Span

_STOP = re.compile(r"[。！？]")
_DIGIT = re.compile(r"\d")
_LONGEST = 4000
"""Longer sentences are text without punctuation; their figures aren't compared."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in its paragraph: [start, end), what was written, how it is compared."""

    start: int
    end: int
    amount: Amount
    comparator: str

    @property
    def exact(self) -> bool:
        """Whether the figure is stated as it is, not as 约, 超过 or 以上."""
        return self.comparator == "="


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph, with its figures in order; one that begins 其中 belongs to it."""

    para: Paragraph
    start: int
    end: int
    figures: tuple[Stated, ...]

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.para.text[self.start : self.end]

    def gap(self, left: int, right: int) -> str:
        """The words between two figures, by their places in `figures`."""
        return self.para.text[self.figures[left].end : self.figures[right].start]

    def before(self, n: int) -> str:
        """The words between figure `n` and the one before it, or the start of the sentence."""
        start = self.figures[n - 1].end if n else self.start
        return self.para.text[start : self.figures[n].start]

    def after(self, n: int, width: int = 24) -> str:
        """At most `width` words after figure `n`, inside the sentence."""
        end = self.figures[n].end
        return self.para.text[end : min(end + width, self.end)]

    def hull(self, first: int, last: int) -> Span:
        """The place in the source from figure `first` to figure `last`."""
        return self.para.hull(self.figures[first].start, self.figures[last].end)


def sentences(reading: Reading) -> Iterator[Sentence]:
    """The sentences with figures, of paragraphs with two and more; read once per document."""
    known = reading.memo.get("sentences")
    if known is None:
        known = reading.memo["sentences"] = tuple(
            one for n in reading.text for one in _of(reading, n)
        )
    return iter(known)


def _of(reading: Reading, n: int) -> list[Sentence]:
    para = reading.paragraphs[n]
    text = para.text
    if not _DIGIT.search(text):
        return []
    figures = [
        Stated(one.start, one.end, read, one.comparator)
        for one in reading.figures_of(n)
        if not one.value_to and not one.form and (read := amount(one.value, one.unit))
    ]
    if len(figures) < 2:
        return []
    starts = [one.start for one in figures]
    stops = (match.end() for match in _STOP.finditer(text))
    edges = [0, *(place for place in stops if not text.startswith("其中", place)), len(text)]
    found = []
    for left, right in pairwise(edges):
        first, last = bisect_left(starts, left), bisect_left(starts, right)
        if last > first and right - left <= _LONGEST:
            found.append(Sentence(para, left, right, tuple(figures[first:last])))
    return found
