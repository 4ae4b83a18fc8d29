"""Where characters stand on their page, and the page as a picture; made when asked for."""

from __future__ import annotations

import io
import itertools
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from luodi.kit.problems import Span
from luodi.kit.readers.pdf.frames import Box, frame_of
from luodi.kit.readers.pdf.opened import page_of
from luodi.kit.readers.pdf.pages import PageText, char_box, characters, page_text
from luodi.kit.readers.pdf.rules import Ruler

Position = tuple[int, int, float, float, float, float]
"""start, end (offsets into the text), x0, y0, x1, y1 (points from the page's top left corner)."""

RESYNC = 4
MOST_PIXELS = 40_000_000
PNG_RGB = 2
WORD_GAP = 2.0
"""A gap wider than this many times the height of a line parts two boxes on it."""


class Mark(NamedTuple):
    """What a span covers of a page: page (from 0), its size in points, a box for each line.

    Boxes are left, top, right, bottom in points on the page as displayed, from its top left corner.
    """

    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]


def marks(data: bytes, pages: Sequence[Span], spans: Iterable[Span]) -> tuple[Mark, ...]:
    """Where spans of `Source.text` stand, page by page; `pages` are `Source.pages` of `data`.

    Only the pages that the spans touch are opened. A page that no longer reads as long as `pages`
    says (it was read by another version) is left out, as are spans beyond the text. Raises
    ValueError for bytes that are no readable PDF.
    """
    wanted = sorted(span for span in spans if span[0] < span[1])
    starts = [start for start, _ in pages]
    touched = {
        number
        for start, end in wanted
        for number in range(max(bisect_right(starts, start) - 1, 0), bisect_right(starts, end - 1))
    }
    return tuple(
        mark for number in sorted(touched) if (mark := _mark(data, number, pages[number], wanted))
    )


def _mark(data: bytes, number: int, page: Span, wanted: Sequence[Span]) -> Mark | None:
    try:
        with page_of(data, number) as (_, opened):
            text = page_text(opened, Ruler())
            if len(text.text) + 1 != page[1] - page[0]:
                return None
            found = list(_places(opened, text, page[0]))
            width, height = opened.get_size()
    except IndexError:
        return None
    starts = [start for start, *_ in found]
    boxes = [
        box
        for start, end in wanted
        for box in _lines(found[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)])
    ]
    return Mark(number, width, height, tuple(boxes)) if boxes else None


def _lines(found: Sequence[Position]) -> Iterator[Box]:
    """One box for the characters of each line."""
    line: Box | None = None
    for *_, x0, y0, x1, y1 in found:
        if line and _is_beside(line, (x0, y0, x1, y1)):
            line = min(line[0], x0), min(line[1], y0), max(line[2], x1), max(line[3], y1)
            continue
        if line:
            yield line
        line = x0, y0, x1, y1
    if line:
        yield line


def _is_beside(line: Box, box: Box) -> bool:
    height = max(line[3] - line[1], box[3] - box[1])
    level = min(line[3], box[3]) - max(line[1], box[1]) > height / 2
    return level and max(line[0], box[0]) - min(line[2], box[2]) < WORD_GAP * height


def positions(data: bytes, page: int) -> tuple[Position, ...]:
    """Where the characters of a page (from 0) stand, in reading order.

    Offsets are into `Source.text` of the same bytes. Places are in points (1/72 inch) on the page
    as displayed, from its top left corner, so times `scale` they are pixels of `page_image`.
    Characters that are not printed (line ends, tabs between cells) are left out. Reads the pages
    before it too; `marks` doesn't. Raises IndexError for a page that is not there and ValueError
    for bytes that are no readable PDF.
    """
    with page_of(data, page) as (document, opened):
        ruler = Ruler()
        offset = sum(_length(document, number, ruler) + 1 for number in range(page))
        return tuple(_places(opened, page_text(opened, ruler), offset))


def _length(document: Any, number: int, ruler: Ruler) -> int:
    with closing(document[number]) as page:
        return len(page_text(page, ruler).text)


def _places(page: Any, text: PageText, offset: int) -> Iterator[Position]:
    frame = frame_of(page)
    with closing(page.get_textpage()) as textpage:
        for place, index in _matched(textpage, text):
            yield (offset + place, offset + place + 1, *char_box(textpage, index, frame))


def _matched(textpage: Any, text: PageText) -> Iterator[tuple[int, int]]:
    """(place in the text, PDFium's index) of each printed character.

    Where the text is PDFium's own, its characters and the text are walked side by side: it hides
    some and adds others.
    """
    if text.indexes is not None:
        printed = zip(itertools.count(), text.indexes, text.text, strict=False)
        yield from ((n, index) for n, index, char in printed if index >= 0 and char != "\n")
        return
    cursor = 0
    for index, char in characters(textpage):
        found = text.text.find(char, cursor, cursor + RESYNC)
        if found < 0:
            continue
        cursor = found + 1
        if char != "\n":
            yield found, index


def page_image(data: bytes, page: int, scale: float = 2.0) -> bytes:
    """A page (from 0) as a PNG, `scale` pixels to a point (2 is 144 dpi).

    The scale is lowered where the picture would pass 40 million pixels. Raises as `positions`.
    """
    with page_of(data, page) as (_, opened):
        width, height = opened.get_size()
        most = (MOST_PIXELS / max(width * height, 1.0)) ** 0.5
        with closing(opened.render(scale=min(scale, most), rev_byteorder=True)) as bitmap:
            return _png(bitmap)


def _png(bitmap: Any) -> bytes:
    """A PNG (ISO/IEC 15948) of an RGB bitmap; small enough that no imaging library is needed."""
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    pixels = memoryview(bitmap.buffer).cast("B")
    lines = io.BytesIO()
    for row in range(height):
        lines.write(b"\0")
        lines.write(pixels[row * stride : row * stride + width * 3])
    header = struct.pack(">IIBBBBB", width, height, 8, PNG_RGB, 0, 0, 0)
    body = zlib.compress(lines.getvalue(), 6)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
