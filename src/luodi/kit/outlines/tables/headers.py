"""The head of a table: one line, a head wrapped over two, or groups above their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.kit.outlines.head import tight
from luodi.kit.outlines.tables.cells import Cell

_FIGURE = re.compile(r"[-−－+≥≤><\[［〔]*\d[\d,，]*(?:\.\d+)?[%％]?[\]］〕]?(?:[^\d年]{0,4})\Z")
_YEAR = re.compile(r"(?:19|20)\d\d年?\Z")
Row = tuple[int, list[Cell]]


def split_head(run: Sequence[Row]) -> tuple[list[Cell], int]:
    """The header's cells, and how many rows of the run it takes.

    A cell of a head on two lines holds both lines' words and the place of the lower one, or of
    the only one that has any.
    """
    head = run[0][1]
    wide = _usual_width(run[1:])
    if len(run) > 2 and _is_words(head) and _is_words(run[1][1]):
        both = _combined(head, run[1][1], wide)
        if both:
            return both, 2
    if wide and len(head) > wide and _is_words(head):
        return _closed_up(head, wide), 1
    return head, 1


def _usual_width(rows: Sequence[Row]) -> int:
    """The number of cells most rows have."""
    widths = [len(cells) for _, cells in rows]
    return max(set(widths), key=widths.count) if widths else 0


def _is_words(cells: Sequence[Cell]) -> bool:
    """No cell is a figure; a year is none."""
    said = [cell.text for cell in cells if cell.text]
    return bool(said) and not any(
        _FIGURE.match(tight(text)) and not _YEAR.match(tight(text)) for text in said
    )


def _combined(upper: Sequence[Cell], lower: Sequence[Cell], wide: int) -> list[Cell] | None:
    """Two lines of a head put together; None where the second line is no head."""
    if len(upper) == wide and len(lower) == wide:
        empty = [n for n in range(wide) if not upper[n].text]
        hollow = not lower[0].text and (empty or any(not cell.text for cell in lower[1:]))
        if not hollow and not (empty and all(upper[n].text or lower[n].text for n in range(wide))):
            return None
        return _merge(_spread(upper, lower), lower)
    if len(upper) == wide and len(lower) == wide - 1 and lower[0].text:
        return [upper[0], *_merge(upper[1:], lower)]
    below = [cell for cell in lower if cell.text]
    groups = len(upper) - 1
    if groups > 0 and len(below) == wide - 1 and (wide - 1) % groups == 0 and len(upper) < wide:
        each = (wide - 1) // groups
        above = [upper[1 + n // each] for n in range(wide - 1)]
        return [upper[0], *_merge(above, below)]
    return None


def _spread(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    """An empty cell of the upper line, with words below it, belongs to the group left of it."""
    spread: list[Cell] = []
    for n, cell in enumerate(upper):
        taken = not cell.text and spread and n > 1 and lower[n].text and lower[n - 1].text
        spread.append(spread[-1] if taken else cell)
    return spread


def _merge(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    return [
        Cell(f"{above.text}{below.text}", *((below if below.text else above)[1:]))
        for above, below in zip(upper, lower, strict=True)
    ]


def _closed_up(head: Sequence[Cell], wide: int) -> list[Cell]:
    """A head split at blanks inside its cells: brackets and letter-spaced signs join again."""
    cells: list[Cell] = []
    for cell in head:
        single = cells and len(cell.text) == 1 and len(cells[-1].text) == 1
        if cells and (cell.text[:1] in "（(／/" or single):
            last = cells[-1]
            cells[-1] = Cell(last.text + cell.text, last.start, cell.end)
        else:
            cells.append(cell)
    return cells if len(cells) == wide else list(head)
