"""Reading a text PDF: the text of its pages in their order."""

from __future__ import annotations

import ctypes
from contextlib import closing
from typing import Any

from pypdfium2 import raw

from luodi.kit.problems import Span
from luodi.kit.readers.pdf.opened import opened
from luodi.kit.readers.pdf.pages import page_text
from luodi.kit.readers.pdf.rules import Ruler
from luodi.kit.readers.sentences import Refusal, check_chars
from luodi.kit.readers.sources import Draft, Limits, SourceTable

STAMP = 60
"""Characters a scanning program may stamp on a picture of a page."""
MOST_OF_PAGE = 0.5


def read_pdf(data: bytes, limits: Limits) -> Draft:
    """Read a PDF. Each page ends with a form feed, so the pages tile the text.

    A line end inside a page is a line feed; a hyphen PDFium marks as one of a line end is `-`.
    Tables drawn with lines are rows of cells, parted by tabs.
    """
    with opened(data) as document:
        count = len(document)
        if count > limits.pages:
            raise Refusal("source.too_large", found=f"共 {count} 页", limit=f"{limits.pages} 页")
        return _draft(document, limits)


def _draft(document: Any, limits: Limits) -> Draft:
    texts: list[str] = []
    spans: list[Span] = []
    tables: list[SourceTable] = []
    scans: list[int] = []
    start = 0
    ruler = Ruler()
    for number in range(len(document)):
        with closing(document[number]) as page:
            read = page_text(page, ruler)
            if _is_scan(page, read.text.strip()):
                scans.append(number)
        texts.append(read.text + "\f")
        tables += [table.moved(start) for table in read.tables]
        spans.append((start, start + len(read.text) + 1))
        start = spans[-1][1]
        check_chars(start, limits.chars)
    return Draft("".join(texts), tuple(spans), tables=tuple(tables), scans=tuple(scans))


def _is_scan(page: Any, text: str) -> bool:
    """Whether a page is a picture, with no text or only what a scanning program stamps on it."""
    count = raw.FPDFPage_CountObjects(page)
    if not text:
        return bool(count > 0)
    if len(text) > STAMP:
        return False
    width, height = page.get_size()
    return any(
        _share(raw.FPDFPage_GetObject(page, n), width * height) > MOST_OF_PAGE
        for n in range(min(count, STAMP))
    )


def _share(item: Any, area: float) -> float:
    """How much of a page of this area a picture covers; 0 for what is none."""
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_IMAGE:
        return 0.0
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *sides):
        return 0.0
    left, bottom, right, top = (side.value for side in sides)
    return (right - left) * (top - bottom) / max(area, 1.0)
