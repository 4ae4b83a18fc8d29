"""Text of page images by rapidocr, where the extra is installed: pip install luodi[ocr].

The models come with its wheel; nothing is fetched. `luodi/__init__.py` turns off the telemetry of
onnxruntime before anything can import it.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from luodi.kit.readers import Line, Recogniser

NEEDED = ("rapidocr", "onnxruntime", "PIL", "numpy")
MOST_PIXELS = 60_000_000
MOST_FRAMES = 300
SETTINGS = {"Global.log_level": "error", "Global.text_score": 0.0}
"""No line is thrown away for a low score: it is named as doubtful instead."""

_lock = threading.Lock()


def recogniser() -> Recogniser | None:
    """What turns images into lines of text; None where the extra isn't installed."""
    return recognise if all(map(find_spec, NEEDED)) else None


def recognise(image: bytes) -> Sequence[Sequence[Line]]:
    """The lines on each page of an image. Raises what PIL raises for what is no image."""
    return [_lines(frame) for frame in _frames(image)]


def _frames(image: bytes) -> Iterator[Any]:
    """The pages of an image as RGB, upright, small enough."""
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(io.BytesIO(image)) as opened:
        for number, frame in enumerate(ImageSequence.Iterator(opened)):
            if frame.width * frame.height > MOST_PIXELS or number >= MOST_FRAMES:
                raise ValueError("too large an image")
            yield ImageOps.exif_transpose(frame).convert("RGB")


def _lines(frame: Any) -> list[Line]:
    import numpy

    pixels = numpy.asarray(frame)[:, :, ::-1]
    with _lock:
        found = _engine()(pixels)
    if found.boxes is None or found.txts is None:
        return []
    height, width = pixels.shape[:2]
    return [
        Line(text, _box(corners, width, height), float(score))
        for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


def _box(corners: Any, width: int, height: int) -> tuple[float, float, float, float]:
    xs, ys = [float(x) / width for x, _ in corners], [float(y) / height for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params=SETTINGS)
