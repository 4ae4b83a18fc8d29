"""Text PDF: the text of the pages in their order, positions and page images when asked.

PDFium is not safe for threads, so one lock guards every use of it.
"""

from __future__ import annotations

import ctypes
import io
import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pypdfium2
from pypdfium2 import raw

from luodi.kit.problems import Problem, Span
from luodi.kit.readers.sentences import Refusal, check_chars, tell
from luodi.kit.readers.sources import Draft, Limits

Position = tuple[int, int, float, float, float, float]
"""start, end (offsets into the text), x0, y0, x1, y1 (points from the page's top left corner)."""

PASSWORD_ERRORS = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
LINE_HYPHEN = "\ufffe"
LEGIBLE = str.maketrans({LINE_HYPHEN: "-", "\f": " ", "\r": "\n", "\0": " ", "\x02": "-"})
FINE = 64
"""Steps a point is divided into when places are asked of PDFium, which answers in whole numbers."""
RESYNC = 4
MOST_PIXELS = 40_000_000

_lock = threading.Lock()


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    with _lock, closing(_document(data)) as document:
        yield document


def _document(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = error.err_code in PASSWORD_ERRORS
        raise Refusal("source.encrypted" if encrypted else "source.damaged") from error


def read_pdf(data: bytes, limits: Limits) -> Draft:
    """Read a PDF. Each page ends with a form feed, so the pages tile the text.

    A line end inside a page is a line feed; a hyphen PDFium marks as one of a line end is `-`.
    """
    with _opened(data) as document:
        count = len(document)
        if count > limits.pages:
            raise Refusal("source.too_large", found=f"共 {count} 页", limit=f"{limits.pages} 页")
        return _draft(document, limits)


def _draft(document: Any, limits: Limits) -> Draft:
    texts: list[str] = []
    spans: list[Span] = []
    pictures: list[int] = []
    start = 0
    for number in range(len(document)):
        with closing(document[number]) as page:
            text = page_text(page)
            if not text.strip() and raw.FPDFPage_CountObjects(page) > 0:
                pictures.append(number + 1)
        texts.append(text + "\f")
        spans.append((start, start + len(text) + 1))
        start = spans[-1][1]
        check_chars(start, limits.chars)
    problems = _without_text(pictures, texts)
    return Draft(text="".join(texts), pages=tuple(spans), problems=problems)


def _without_text(pictures: list[int], texts: list[str]) -> tuple[Problem, ...]:
    if not pictures:
        return ()
    if any(text.strip() for text in texts):
        return (tell("source.pages_without_text", pages="、".join(map(str, pictures))),)
    return (tell("source.scanned", count=len(texts)),)


def page_text(page: Any) -> str:
    """The text of one open page."""
    with closing(page.get_textpage()) as textpage:
        return _legible(textpage)


def _legible(textpage: Any) -> str:
    text: str = textpage.get_text_range()
    return text.replace("\r\n", "\n").translate(LEGIBLE)


def positions(data: bytes, page: int) -> tuple[Position, ...]:
    """Where the characters of a page (from 0) stand, in reading order.

    Offsets are into `Source.text` of the same bytes. Places are in points (1/72 inch) on the page
    as displayed, from its top left corner, so times `scale` they are pixels of `page_image`.
    Characters PDFium adds (line ends) are left out. Raises IndexError for a page that is not there
    and ValueError for bytes that are no readable PDF.
    """
    with _readable(data, page) as document:
        offset = sum(len(_page_text(document, number)) + 1 for number in range(page))
        with closing(document[page]) as opened, closing(opened.get_textpage()) as textpage:
            return tuple(_places(opened, textpage, offset))


def _page_text(document: Any, number: int) -> str:
    with closing(document[number]) as page:
        return page_text(page)


@contextmanager
def _readable(data: bytes, page: int) -> Iterator[Any]:
    try:
        with _opened(data) as document:
            if not 0 <= page < len(document):
                raise IndexError(f"page {page} of {len(document)}")
            yield document
    except (Refusal, pypdfium2.PdfiumError) as error:
        raise ValueError("not a readable PDF") from error


def _places(page: Any, textpage: Any, offset: int) -> Iterator[Position]:
    """Walk PDFium's characters and the text side by side: it hides some and adds others."""
    text = _legible(textpage)
    cursor = 0
    for index, char in _characters(textpage):
        found = text.find(char, cursor, cursor + RESYNC)
        if found < 0:
            continue
        cursor = found + 1
        if char != "\n":
            yield (offset + found, offset + cursor, *_box(page, textpage, index))


def _characters(textpage: Any) -> Iterator[tuple[int, str]]:
    """(index, character) with surrogate halves put together."""
    high = 0
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000:
            yield index, chr(0x10000 + ((high & 0x3FF) << 10) + (code & 0x3FF))
        elif code != 0x0D:
            yield index, chr(code).translate(LEGIBLE)


def _box(page: Any, textpage: Any, index: int) -> tuple[float, float, float, float]:
    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    xa, ya = _shown(page, left, top)
    xb, yb = _shown(page, right, bottom)
    return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _shown(page: Any, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own space on the page as displayed (rotated, cropped)."""
    across, down = ctypes.c_int(), ctypes.c_int()
    width, height = page.get_size()
    raw.FPDF_PageToDevice(
        page, 0, 0, round(width * FINE), round(height * FINE), 0, x, y, across, down
    )
    return across.value / FINE, down.value / FINE


def page_image(data: bytes, page: int, scale: float = 2.0) -> bytes:
    """A page (from 0) as a PNG, `scale` pixels to a point (2 is 144 dpi).

    The scale is lowered where the picture would pass 40 million pixels. Raises as `positions`.
    """
    with _readable(data, page) as document, closing(document[page]) as opened:
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


PNG_RGB = 2


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
