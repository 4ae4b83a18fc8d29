"""The reading bench's PDF: `read` against plain text extraction by PDFium."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2

from luodi.kit.readers import marks, read

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

LINES, ROWS = 38, 22
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]" \
    b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"  # fmt: skip
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /DW 1000 /FontDescriptor 5 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 800]"
    b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
)


def made_pdf(text: str, pages: int) -> bytes:
    """A PDF of so many pages, lines of `text` on each and a ruled table on every fifth."""
    contents = [_table(n) if n % 5 == 4 else _lines(text, n) for n in range(pages)]
    kids = b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        *FONT,
    ]
    for n, content in enumerate(contents):
        objects.append(PAGE % (7 + 2 * n))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _show(x: float, y: float, text: str) -> bytes:
    return b"BT /F1 12 Tf %g %g Td <%s> Tj ET\n" % (x, y, text.encode("utf-16-be").hex().encode())


def _lines(text: str, page: int) -> bytes:
    flat = "".join(text.split())
    starts = [(page * LINES + n) * 36 % max(len(flat) - 36, 1) for n in range(LINES)]
    return b"".join(_show(72, 780 - 18 * n, flat[at : at + 36]) for n, at in enumerate(starts))


def _table(page: int) -> bytes:
    across = b"".join(
        b"72 %d m 522 %d l S\n" % (y, y) for y in range(790, 790 - 30 * (ROWS + 1), -30)
    )
    down = b"".join(b"%d 790 m %d %d l S\n" % (x, x, 790 - 30 * ROWS) for x in range(72, 523, 90))
    words = [
        _show(76 + 90 * column, 770 - 30 * row, f"第{page}页{row}行{column}")
        for row in range(ROWS)
        for column in range(5)
    ]
    return across + down + b"".join(words)


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n" % (
        size, table, size,
    )  # fmt: skip
    return out + tail + b"startxref\n%d\n%%%%EOF\n" % len(out)


def pdf_figures(text: str, quick: bool) -> list[Figure]:
    """pdf_vs_pypdfium2 (median of pairs) and the time to find the places of a span."""
    pages, runs = (60, 5) if quick else (300, 9)
    data = made_pdf(text, pages)
    source, _ = read("made.pdf", data)
    if source is None:
        raise RuntimeError("the made PDF was refused")
    pairs = [
        (_seconds(lambda: read("made.pdf", data)), _seconds(lambda: _plain(data)))
        for _ in range(runs)
    ]
    start, end = source.pages[-1]
    asked = [_seconds(lambda: marks(data, source.pages, [(start, end)])) for _ in range(runs)]
    size = f"{pages} pages, {source.chars} chars, {len(source.tables)} ruled tables"
    return [
        {
            "name": "pdf_vs_pypdfium2",
            "value": round(statistics.median(ours / theirs for ours, theirs in pairs), 4),
            "unit": "ratio",
            "yardstick": "get_text_range of every page, same process",
            "goal": 3.0,
            "size": f"{size}, median of {runs} pairs",
        },
        {
            "name": "pdf_marks_of_a_page",
            "value": round(statistics.median(asked) * 1000, 2),
            "unit": "ms",
            "yardstick": "none: boxes of all lines of the last page",
            "goal": None,
            "size": f"{size}, median of {runs}",
        },
    ]


def _plain(data: bytes) -> list[str]:
    texts = []
    with closing(pypdfium2.PdfDocument(data)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as textpage:
                texts.append(textpage.get_text_range())
    return texts


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
