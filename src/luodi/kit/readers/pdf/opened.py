"""Opening a PDF with PDFium, which is not safe for threads: one lock guards every use of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pypdfium2
from pypdfium2 import raw

from luodi.kit.readers.sentences import Refusal

PASSWORD_ERRORS = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)

_lock = threading.Lock()


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The document in `data`, closed behind the block; refuses what PDFium can't open."""
    with _lock, closing(_document(data)) as document:
        yield document


def _document(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        encrypted = error.err_code in PASSWORD_ERRORS
        raise Refusal("source.encrypted" if encrypted else "source.damaged") from error


@contextmanager
def page_of(data: bytes, number: int) -> Iterator[tuple[Any, Any]]:
    """(document, page `number` from 0); IndexError and ValueError for what isn't there."""
    try:
        with opened(data) as document:
            if not 0 <= number < len(document):
                raise IndexError(f"page {number} of {len(document)}")
            with closing(document[number]) as page:
                yield document, page
    except (Refusal, pypdfium2.PdfiumError) as error:
        raise ValueError("not a readable PDF") from error
