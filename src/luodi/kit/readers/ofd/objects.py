"""What is drawn on an OFD page: characters at their places, and ruled lines.

GB/T 33190-2016: 8.5 (boundary and CTM of an object), 11.3 (TextCode, DeltaX with `g`), 9.3 (paths).
Places are in points from the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from luodi.kit.readers.markup import Element, local, whole
from luodi.kit.readers.ofd.parts import layers, number, numbers
from luodi.kit.readers.ruled.cells import Box
from luodi.kit.readers.ruled.grids import Point, Rule, sort_in, thin_line
from luodi.kit.readers.ruled.matrices import UNMOVED, Matrix, box_of, moved, times

POINT = 72 / 25.4
"""Points a millimetre."""
MOST_DEPTH = 8
MOST_OBJECTS = 200_000
"""Objects of a page, those of repeated drawings counted each time."""
MOST_SEGMENTS = 4_000
ASCENT, DESCENT = 0.88, 0.12
BLANKS = str.maketrans("\n\r\t\f\v\0", "      ")


class Glyph(NamedTuple):
    """A character, its box, and whether its text goes on from the one before, across or down."""

    text: str
    box: Box
    goes_on: bool


@dataclass
class Drawn:
    """The characters of a page in drawing order, its lines across and down, its pictures."""

    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: int = 0


class Drawing:
    """Draws the objects of one page after another into a `Drawn`."""

    def __init__(self, units: Mapping[int, Element], origin: tuple[float, float]) -> None:
        self.drawn = Drawn()
        self._units = units
        self._origin = (POINT, 0.0, 0.0, POINT, -origin[0] * POINT, -origin[1] * POINT)
        self._left = MOST_OBJECTS

    def page(self, content: Element | None) -> None:
        """Draw the layers of a page or a template."""
        for layer in layers(content):
            self._block(layer, self._origin, 0)

    def _block(self, block: Element, matrix: Matrix, depth: int) -> None:
        todo = [iter(block)]
        while todo:
            element = next(todo[-1], None)
            if element is None:
                todo.pop()
                continue
            self._left -= 1
            if self._left < 0:
                return
            if local(element) == "PageBlock" and len(todo) < MOST_DEPTH:
                todo.append(iter(element))
            else:
                self._object(element, matrix, depth)

    def _object(self, element: Element, matrix: Matrix, depth: int) -> None:
        name = local(element)
        if name == "TextObject":
            self.drawn.glyphs += _glyphs(element, _placed(element, matrix))
        elif name == "PathObject":
            _rules(element, _placed(element, matrix), self.drawn)
        elif name == "ImageObject":
            self.drawn.pictures += 1
        elif name == "CompositeObject" and depth < MOST_DEPTH:
            unit = self._units.get(whole(element.get("ResourceID"), -1))
            for content in () if unit is None else unit:
                if local(content) == "Content":
                    self._block(content, _placed(element, matrix), depth + 1)


def _placed(element: Element, outer: Matrix) -> Matrix:
    """From an object's own space to the page: its CTM, then its boundary's corner."""
    left, top, *_ = numbers(element.get("Boundary"), 4, (0.0, 0.0, 0.0, 0.0))
    own = numbers(element.get("CTM"), 6, UNMOVED)
    return times(times(own, (1.0, 0.0, 0.0, 1.0, left, top)), outer)


def _glyphs(element: Element, matrix: Matrix) -> Iterator[Glyph]:
    size = abs(number(element.get("Size"), 4.0)) or 4.0
    scale = abs(number(element.get("HScale"), 1.0)) or 1.0
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode":
            continue
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = "".join(code.itertext()).strip("\r\n").translate(BLANKS)
        across, below = (deltas(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
        here, down, goes_on = x, y, False
        for char, dx, dy in zip(text, across, below, strict=True):
            wide = size * scale * (0.5 if char.isascii() else 1.0)
            wide = dx if 0 < dx < wide else wide
            box = here, down - ASCENT * size, here + wide, down + DESCENT * size
            yield Glyph(char, box_of(matrix, *box), goes_on)
            here, down, goes_on = here + dx, down + dy, dx == 0 or dy == 0


def deltas(text: str | None, count: int) -> list[float]:
    """The steps behind each of `count` characters; `g n d` is d, n times over. Missing are 0."""
    steps: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if len(steps) >= count:
            break
        if word == "g":
            many = whole(next(words, None))
            steps += [number(next(words, None))] * min(max(many, 0), count - len(steps))
        else:
            steps.append(number(word))
    return steps[:count] + [0.0] * (count - len(steps))


def _rules(element: Element, matrix: Matrix, drawn: Drawn) -> None:
    """Strokes along an axis, and fills so thin that they are lines."""
    if element.get("Stroke") == "false" and element.get("Fill") != "true":
        return
    data = next((one.text for one in element if local(one) == "AbbreviatedData"), None)
    words = (data or "").split(None, MOST_SEGMENTS * 3)
    if len(words) > MOST_SEGMENTS * 3:
        return
    stroked = element.get("Stroke") != "false"
    for outline in _outlines(words):
        points = [moved(matrix, x, y) for x, y in outline]
        if stroked:
            for a, b in pairwise(points):
                sort_in(a, b, drawn.across, drawn.down)
        elif points and (line := thin_line(points)):
            sort_in(*line, drawn.across, drawn.down)


POINTS_OF = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3, "A": 3, "C": 0}


def _outlines(words: list[str]) -> Iterator[list[Point]]:
    """The straight lines of a path, each a list of points; a curve begins a new one (table 35)."""
    points: list[Point] = []
    place = 0
    while place < len(words):
        sign = words[place]
        count = 7 if sign == "A" else 2 * POINTS_OF.get(sign, 0)
        values = [number(word) for word in words[place + 1 : place + 1 + count]]
        place += 1 + count
        if sign == "C" and points:
            points.append(points[0])
        if len(values) < 2:
            continue
        if sign != "L" and points:
            yield points
            points = []
        points.append((values[-2], values[-1]))
    yield points
