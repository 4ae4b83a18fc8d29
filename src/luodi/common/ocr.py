"""Text of page images by rapidocr, where the extra is installed: pip install luodi[ocr].

The models come with its wheel; nothing is fetched. `luodi/__init__.py` turns off the telemetry of
onnxruntime before anything can import it.
"""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from luodi.kit.readers import Line, Recogniser, Seen, Stroke

NEEDED = ("rapidocr", "onnxruntime", "PIL", "numpy", "cv2")
MOST_PIXELS = 60_000_000
MOST_FRAMES = 300
SETTINGS = {"Global.log_level": "error", "Global.text_score": 0.0}
"""No line is thrown away for a low score: it is named as doubtful instead."""

WIDE = 8
"""Boxes this many times as long as they slope show how a page is turned."""
SHORTEST = 50
"""The shortest ruled line is this part of a side of the page."""
MOST_STROKES = 2_000

_lock = threading.Lock()


def recogniser() -> Recogniser | None:
    """What turns images into lines of text; None where the extra isn't installed."""
    return recognise if all(map(find_spec, NEEDED)) else None


def recognise(image: bytes) -> Sequence[Seen]:
    """What is on each page of an image. Raises what PIL raises for what is no image."""
    return [_seen(frame) for frame in _frames(image)]


def _frames(image: bytes) -> Iterator[Any]:
    """The pages of an image as RGB, upright, small enough."""
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(io.BytesIO(image)) as opened:
        for number, frame in enumerate(ImageSequence.Iterator(opened)):
            if frame.width * frame.height > MOST_PIXELS or number >= MOST_FRAMES:
                raise ValueError("too large an image")
            yield ImageOps.exif_transpose(frame).convert("RGB")


def _seen(frame: Any) -> Seen:
    import numpy

    pixels = numpy.asarray(frame)[:, :, ::-1]
    height, width = pixels.shape[:2]
    with _lock:
        found = _engine()(pixels)
    if found.boxes is None or found.txts is None:
        return Seen(width, height, ())
    lines = [
        Line(text, _box(corners, width, height), float(score))
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]
    turn = _turn(found.boxes)
    across, down = _strokes(pixels, turn)
    return Seen(width, height, lines, across, down, turn)


def _box(corners: Any, width: int, height: int) -> tuple[float, float, float, float]:
    xs, ys = [float(x) / width for x, _ in corners], [float(y) / height for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _turn(boxes: Any) -> float:
    """By how much most wide lines of text run down to the right, in radians."""
    turns = sorted(
        math.atan2(float(b[1] - a[1]), float(b[0] - a[0]))
        for a, b, *_ in boxes
        if b[0] - a[0] > WIDE * abs(b[1] - a[1])
    )
    return turns[len(turns) // 2] if turns else 0.0


def _strokes(pixels: Any, turn: float) -> tuple[list[Stroke], list[Stroke]]:
    """Ruled lines across and down, of the page turned upright."""
    import cv2
    import numpy

    height, width = pixels.shape[:2]
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(turn), 1.0)
    grey = cv2.warpAffine(grey, matrix, (width, height), borderValue=255)
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    found: list[list[Stroke]] = []
    for side, other, upright in ((width, height, False), (height, width, True)):
        length = max(side // SHORTEST, 8)
        gap = numpy.ones((5, 1) if upright else (1, 5), numpy.uint8)
        kernel = numpy.ones((length, 1) if upright else (1, length), numpy.uint8)
        marks = cv2.morphologyEx(
            cv2.morphologyEx(ink, cv2.MORPH_CLOSE, gap), cv2.MORPH_OPEN, kernel
        )
        stats = cv2.connectedComponentsWithStats(marks)[2][1 : MOST_STROKES + 1]
        boxes = [(y, x, h, w) if upright else (x, y, w, h) for x, y, w, h, _ in stats.tolist()]
        found.append(
            [
                ((place + thick / 2) / other, start / side, (start + long) / side)
                for start, place, long, thick in boxes
                if thick < long / 4
            ]
        )
    return found[0], found[1]


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=SETTINGS)
