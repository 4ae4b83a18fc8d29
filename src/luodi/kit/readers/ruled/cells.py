"""The words of a ruled table's cells: lines joined where the cell was too narrow for them."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from luodi.kit.readers.ruled.grids import Cell, Grid

STEP = 0.5
"""A character lower or higher than its height times this begins another line."""
MOST_PADDING = 12.0
SLACK = 1.2
"""A line is full where the next word times this has no room; stops hang over, boxes are narrow."""
PARTING = frozenset("、，,；;。：:")


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Char(NamedTuple):
    """Its number on the page, the character, its box; None for one the reader added."""

    number: int
    text: str
    box: Box | None


Piece = tuple[str, int]
"""A character and its number on the page; -1 for a line break."""


class Filled:
    """The characters of each cell of a grid, in reading order."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._chars: dict[Cell, list[Char]] = defaultdict(list)

    def add(self, cell: Cell, char: Char) -> None:
        """Put a character into a cell."""
        self._chars[cell].append(char)

    def written(self) -> set[Cell]:
        """The cells that hold more than white space."""
        return {
            cell for cell, chars in self._chars.items() if any(char.text.strip() for char in chars)
        }

    def lines(self, cell: Cell) -> list[list[Char]]:
        """The lines of a cell, without white space around them."""
        lines: list[list[Char]] = []
        last: Box | None = None
        for char in self._chars.get(cell, ()):
            if char.text == "\n":
                continue
            if not lines or (last and char.box and _is_below(last, char.box)):
                lines.append([])
            lines[-1].append(char)
            last = char.box or last
        return sorted((bare for line in lines if (bare := _bare(line))), key=_top)


def _is_below(above: Box, box: Box) -> bool:
    height = max(above[3] - above[1], box[3] - box[1])
    return abs((above[1] + above[3]) - (box[1] + box[3])) / 2 > STEP * height


def _top(line: list[Char]) -> float:
    return next((char.box[1] for char in line if char.box), 0.0)


def _bare(line: list[Char]) -> list[Char]:
    first, last = 0, len(line)
    while first < last and not line[first].text.strip():
        first += 1
    while first < last and not line[last - 1].text.strip():
        last -= 1
    return line[first:last]


def lines_of(filled: Filled, cell: Cell) -> list[Piece]:
    """The words of a cell; a line break stays where the next word would have had room."""
    lines = filled.lines(cell)
    if not lines:
        return []
    widths = [_width(line) for line in lines]
    left, right = filled.grid.sides(cell)
    padding = min(MOST_PADDING, max(min(_left(line) for line in lines) - left, 1.0))
    room = right - left - 2 * padding
    lists = any(char.text in PARTING for line in lines for char in line)
    flowing = lists or widths[-1] < max(widths) - _size(lines[-1]) / 2
    pieces: list[Piece] = [(char.text, char.number) for char in lines[0]]
    for above, line, width in zip(lines, lines[1:], widths, strict=False):
        full = width + SLACK * _first_word(line) > room
        if not (flowing and full):
            pieces.append(("\n", -1))
        elif above[-1].text.isascii() and line[0].text.isascii():
            pieces.append((" ", -1))
        pieces += [(char.text, char.number) for char in line]
    return pieces


def _left(line: list[Char]) -> float:
    return min((char.box[0] for char in line if char.box), default=0.0)


def _width(line: list[Char]) -> float:
    return max((char.box[2] for char in line if char.box), default=0.0) - _left(line)


def _first_word(line: list[Char]) -> float:
    """Width of what the line above had no room for: a Chinese character, or a word."""
    boxes: list[Box] = []
    for char in line:
        if char.box is None or (boxes and not char.text.isascii()):
            break
        boxes.append(char.box)
        if not char.text.isascii():
            break
    return max((max(box[2] for box in boxes) - boxes[0][0]), _size(line)) if boxes else 0.0


def _size(line: list[Char]) -> float:
    """Width of a Chinese character of the line, or of its widest."""
    return max((char.box[2] - char.box[0] for char in line if char.box), default=0.0)
