"""The text of one page: PDFium's, with ruled tables put in rows and cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from pypdfium2 import raw

from luodi.kit.readers.pdf.frames import Frame, reading_frame
from luodi.kit.readers.pdf.rules import Ruler
from luodi.kit.readers.ruled.cells import Box, Char
from luodi.kit.readers.ruled.grids import grids_of
from luodi.kit.readers.ruled.page import PageText, with_tables

LINE_HYPHEN = "\ufffe"
LEGIBLE = str.maketrans({LINE_HYPHEN: "-", "\f": " ", "\r": "\n", "\0": " ", "\x02": "-"})


def page_text(page: Any, ruler: Ruler) -> PageText:
    """The text of one open page."""
    with closing(page.get_textpage()) as textpage:
        frame = reading_frame(page, textpage)
        grids = grids_of(*ruler.rules(page, frame))
        made = with_tables(list(boxed(textpage, frame)), grids, frame.height) if grids else None
        return made or PageText(legible(textpage))


def legible(textpage: Any) -> str:
    """PDFium's text of a page with line feeds, hyphens and blanks as the readers write them."""
    text: str = textpage.get_text_range()
    return text.replace("\r\n", "\n").translate(LEGIBLE)


def characters(textpage: Any) -> Iterator[tuple[int, str]]:
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


def char_box(textpage: Any, index: int, frame: Frame) -> Box:
    """The box of a character in a frame."""
    found = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(textpage, index, found):
        return 0.0, 0.0, 0.0, 0.0
    return frame.box(found.left, found.bottom, found.right, found.top)


def boxed(textpage: Any, frame: Frame) -> Iterator[Char]:
    """The characters of a page; those PDFium adds between words and lines have no box."""
    for index, char in characters(textpage):
        added = raw.FPDFText_IsGenerated(textpage, index) == 1
        yield Char(index, char, None if added else char_box(textpage, index, frame))
