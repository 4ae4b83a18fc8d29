"""Places of a text that an item has taken, so that no second one is read from them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from luodi.kit.problems import Span


class Taken:
    """Half-open spans, joined where they overlap; asked and added to by bisection."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in spans:
            self.add(span)

    def meets(self, span: Span) -> bool:
        """Whether a character of `span` is taken."""
        return bisect_right(self._ends, span[0]) < bisect_left(self._starts, span[1])

    def add(self, span: Span) -> None:
        """Take the characters of `span`."""
        left, right = span
        first, last = bisect_right(self._ends, left), bisect_left(self._starts, right)
        if first < last:
            left, right = min(left, self._starts[first]), max(right, self._ends[last - 1])
        self._starts[first:last], self._ends[first:last] = [left], [right]
