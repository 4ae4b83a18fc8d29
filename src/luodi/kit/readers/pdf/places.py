"""Where characters stand on their page, and the page as a picture; made when asked for."""

from __future__ import annotations

import io
import itertools
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

import pypdfium2

from luodi.kit.readers.pdf.frames import frame_of
from luodi.kit.readers.pdf.opened import opened, page_of
from luodi.kit.readers.pdf.pages import char_box, characters, page_text
from luodi.kit.readers.pdf.rules import Ruler
from luodi.kit.readers.ruled.page import PageText
from luodi.kit.readers.sentences import Refusal

Position = tuple[int, int, float, float, float, float]
"""start, end (offsets into the text), x0, y0, x1, y1 (points from the page's top left corner)."""

RESYNC = 4
MOST_PIXELS = 40_000_000
PNG_RGB = 2


def positions(data: bytes, page: int) -> tuple[Position, ...]:
    """Where the characters of a page (from 0) stand, in reading order.

    Offsets are into `Source.text` of the same bytes. Places are in points (1/72 inch) on the page
    as displayed, from its top left corner, so times `scale` they are pixels of `page_image`.
    Characters that are not printed (line ends, tabs between cells) are left out. Reads the pages
    before it too; `marks` doesn't. Raises IndexError for a page that is not there and ValueError
    for bytes that are no readable PDF.
    """
    with page_of(data, page) as (document, shown):
        ruler = Ruler()
        offset = sum(_length(document, number, ruler) + 1 for number in range(page))
        return tuple(_places(shown, page_text(shown, ruler), offset))


def pdf_pages(
    data: bytes, wanted: Iterable[int]
) -> Iterator[tuple[int, PageText, float, float, list[Position]]]:
    """Number, text, width, height and characters of the wanted pages (from 0) that are there.

    Offsets count from the first character of the page.
    """
    try:
        with opened(data) as document:
            for number in wanted:
                if 0 <= number < len(document):
                    with closing(document[number]) as page:
                        text = page_text(page, Ruler())
                        yield number, text, *page.get_size(), list(_places(page, text, 0))
    except (Refusal, pypdfium2.PdfiumError) as error:
        raise ValueError("not a readable PDF") from error


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
    if text.numbers is not None:
        printed = zip(itertools.count(), text.numbers, text.text, strict=False)
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


def page_sizes(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page as displayed, in points; the pages themselves stay unread.

    Raises ValueError for bytes that are no readable PDF.
    """
    with page_of(data, 0) as (document, _):
        return tuple(document.get_page_size(number) for number in range(len(document)))


def page_image(data: bytes, page: int, scale: float = 2.0) -> bytes:
    """A page (from 0) as a PNG, `scale` pixels to a point (2 is 144 dpi).

    The scale is lowered where the picture would pass 40 million pixels. Raises as `positions`.
    """
    with page_of(data, page) as (_, shown):
        width, height = shown.get_size()
        most = (MOST_PIXELS / max(width * height, 1.0)) ** 0.5
        with closing(shown.render(scale=min(scale, most), rev_byteorder=True)) as bitmap:
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
