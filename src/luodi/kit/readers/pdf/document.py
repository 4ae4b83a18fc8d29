"""Reading a text PDF: the text of its pages in their order."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from pypdfium2 import raw

from luodi.kit.problems import Problem, Span
from luodi.kit.readers.pdf.opened import opened
from luodi.kit.readers.pdf.pages import page_text
from luodi.kit.readers.pdf.rules import Ruler
from luodi.kit.readers.sentences import Refusal, check_chars, tell
from luodi.kit.readers.sources import Draft, Limits, SourceTable


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
    pictures: list[int] = []
    start = 0
    ruler = Ruler()
    for number in range(len(document)):
        with closing(document[number]) as page:
            read = page_text(page, ruler)
            if not read.text.strip() and raw.FPDFPage_CountObjects(page) > 0:
                pictures.append(number + 1)
        texts.append(read.text + "\f")
        tables += [table.moved(start) for table in read.tables]
        spans.append((start, start + len(read.text) + 1))
        start = spans[-1][1]
        check_chars(start, limits.chars)
    problems = _without_text(pictures, texts)
    return Draft("".join(texts), tuple(spans), tables=tuple(tables), problems=problems)


def _without_text(pictures: list[int], texts: list[str]) -> tuple[Problem, ...]:
    if not pictures:
        return ()
    if any(text.strip() for text in texts):
        return (tell("source.pages_without_text", pages="、".join(map(str, pictures))),)
    return (tell("source.scanned", count=len(texts)),)
