"""A page as displayed: from its own space to points from the top left corner."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from luodi.kit.readers.ruled.cells import Box
from luodi.kit.readers.ruled.matrices import Matrix, box_of

FINE = 64
"""Steps a point is divided into when places are asked of PDFium, which answers in whole numbers."""
FAR = 1000.0
SAMPLE = 64


QUARTERS: tuple[Matrix, ...] = (
    (1.0, 0.0, 0.0, -1.0, 0.0, 0.0),
    (0.0, -1.0, -1.0, 0.0, 0.0, 0.0),
    (-1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    (0.0, 1.0, 1.0, 0.0, 0.0, 0.0),
)
"""The way to reading order for text turned clockwise by so many quarters."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a page as displayed, in points, and the way there from its own space."""

    width: float
    height: float
    matrix: Matrix

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own space as displayed."""
        return box_of(self.matrix, left, top, right, bottom)


def frame_of(page: Any) -> Frame:
    """How a page is displayed: turned by quarters, cropped."""
    width, height = page.get_size()
    e, f = _shown(page, width, height, 0.0, 0.0)
    ax, ay = _shown(page, width, height, FAR, 0.0)
    cx, cy = _shown(page, width, height, 0.0, FAR)
    parts = ((ax - e) / FAR, (ay - f) / FAR, (cx - e) / FAR, (cy - f) / FAR)
    return Frame(width, height, (*parts, e, f))


def _shown(page: Any, width: float, height: float, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, round(width * FINE), round(height * FINE), 0, x, y, across, down
    )
    return across.value / FINE, down.value / FINE


def reading_frame(page: Any, textpage: Any) -> Frame:
    """The page turned so that most of its text runs from left to right; the origin is anywhere."""
    width, height = page.get_size()
    quarter = _quarter(textpage)
    if raw.FPDFPage_GetRotation(page) % 2 != quarter % 2:
        width, height = height, width
    return Frame(width, height, QUARTERS[quarter])


def _quarter(textpage: Any) -> int:
    """Quarter turns, clockwise, of most characters in the page's own space; some are asked."""
    count = textpage.count_chars()
    asked = range(0, count, max(1, count // SAMPLE))
    turns = Counter(
        round(raw.FPDFText_GetCharAngle(textpage, index) / (math.pi / 2)) % 4
        for index in asked
        if not raw.FPDFText_IsGenerated(textpage, index)
    )
    return turns.most_common(1)[0][0] if turns else 0
