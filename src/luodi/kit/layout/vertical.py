"""Text printed from top to bottom, as in a rotated annex: one or two signs a line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from luodi.kit.layout.lines import Line

_SIGN = re.compile(r"[\u4e00-\u9fff“”，。、；：（）()《》]{1,2}\Z")
_APPENDIX = re.compile(r"附[\s\u3000]*[件表]")
LEAST = 40
"""So many narrow lines in a row are no list of short words any more."""


def vertical_runs(lines: Sequence[Line], taken: set[int]) -> list[range]:
    """Ranges of lines that are read from top to bottom, cut where a page begins."""
    found: list[range] = []
    start, signs = -1, 0
    for n, line in enumerate(lines):
        if line.width <= 8 and n not in taken and not _APPENDIX.match(line.text):
            start = n if start < 0 else start
            signs += bool(_SIGN.match(line.text))
            continue
        if start >= 0:
            found += _cut(lines, start, n, signs)
        start, signs = -1, 0
    return found + (_cut(lines, start, len(lines), signs) if start >= 0 else [])


def _cut(lines: Sequence[Line], start: int, end: int, signs: int) -> list[range]:
    if end - start < LEAST or signs * 10 < (end - start) * 7:
        return []
    edges = [start, *(n for n in range(start + 1, end) if lines[n].page), end]
    return [range(a, b) for a, b in itertools.pairwise(edges)]
