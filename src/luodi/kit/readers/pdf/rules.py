"""The ruled lines of a page: strokes along an axis, and fills so thin that they are lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from luodi.kit.readers.pdf.frames import Frame
from luodi.kit.readers.ruled.grids import Point, Rule, sort_in, thin_line
from luodi.kit.readers.ruled.matrices import UNMOVED, Matrix, moved, times

MOST_SEGMENTS = 4_000
"""Segments of a path; what has more is a drawing."""
MOST_STEPS = 40_000
"""Steps of a page."""
PAIRS = 100
"""Lines across times lines down that cost as much as one step."""
MOST_DEPTH = 6
PALE = 250


class Ruler:
    """Finds the lines of page after page; stops looking when a document asks for too much.

    A step is an object or a segment of a path; a page of very many is a drawing.
    """

    def __init__(self, steps: int = 1_000_000) -> None:
        self._whole = steps
        self._left = 0

    def rules(self, page: Any, frame: Frame) -> tuple[list[Rule], list[Rule]]:
        """Lines across and down on a page, in a frame of it."""
        self._left = given = min(self._whole, MOST_STEPS)
        found = self._found(page, frame)
        self._whole -= given - max(self._left, 0)
        return found if self._left > 0 else ([], [])

    def _found(self, page: Any, frame: Frame) -> tuple[list[Rule], list[Rule]]:
        across: list[Rule] = []
        down: list[Rule] = []
        for path, matrix in self._paths(page, frame.matrix):
            for a, b in self._strokes(path, matrix):
                sort_in(a, b, across, down)
        self._left -= len(across) * len(down) // PAIRS
        return across, down

    def _paths(self, page: Any, base: Matrix) -> Iterator[tuple[Any, Matrix]]:
        """The paths of a page and of the forms drawn on it, each with its way to the display."""
        todo: list[tuple[Any, Matrix, int]] = [(page, base, 0)]
        while todo:
            parent, matrix, depth = todo.pop()
            for item, kind in self._objects(parent, depth):
                if kind == raw.FPDF_PAGEOBJ_PATH:
                    yield item, times(_matrix(item), matrix)
                elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MOST_DEPTH:
                    todo.append((item, times(_matrix(item), matrix), depth + 1))

    def _objects(self, parent: Any, depth: int) -> Iterator[tuple[Any, int]]:
        count = raw.FPDFFormObj_CountObjects if depth else raw.FPDFPage_CountObjects
        get = raw.FPDFFormObj_GetObject if depth else raw.FPDFPage_GetObject
        for n in range(min(count(parent), max(self._left, 0))):
            self._left -= 1
            item = get(parent, n)
            yield item, raw.FPDFPageObj_GetType(item)

    def _strokes(self, path: Any, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        count = raw.FPDFPath_CountSegments(path)
        if not (fill.value or stroke.value) or not 2 <= count <= MOST_SEGMENTS or self._left < 0:
            return
        self._left -= count
        if _is_pale(path, bool(stroke.value)):
            return
        for points in _outlines(path, count, matrix):
            if stroke.value:
                yield from pairwise(points)
            elif line := thin_line(points):
                yield line


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return UNMOVED
    return found.a, found.b, found.c, found.d, found.e, found.f


def _is_pale(path: Any, stroked: bool) -> bool:
    """Whether nobody sees it: white, or without any ink."""
    parts = [ctypes.c_uint() for _ in range(4)]
    ask = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    if not ask(path, *parts):
        return False
    red, green, blue, alpha = (part.value for part in parts)
    return alpha == 0 or min(red, green, blue) >= PALE


def _outlines(path: Any, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """The lines of a path, each a list of points; a curve begins a new one."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for n in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, n)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = moved(matrix, x.value, y.value)
        if kind != raw.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    yield points
