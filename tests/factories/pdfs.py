"""Small PDFs written by hand: text of any script, drawings without text, password marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

HEAD = b"%PDF-1.7\n"
FONTS = 5
DRAWING = b"0 0 300 400 re f"


class Sheet(NamedTuple):
    """A page set by hand: words at places (x, y from the top left corner), and a drawing."""

    words: Sequence[tuple[float, float, str]]
    drawing: bytes = b""

    @property
    def text(self) -> str:
        return "".join(text for _, _, text in self.words)

    def content(self) -> bytes:
        shows = (
            b"BT /F1 12 Tf %g %g Td %s Tj ET" % (x, 842 - y, coded(text))
            for x, y, text in self.words
        )
        return self.drawing + b"\n" + b"\n".join(shows)


def ruled(*lines: tuple[float, float, float, float]) -> bytes:
    """Strokes from (x, y) to (x, y), counted from the top left corner."""
    return b"".join(b"%g %g m %g %g l S\n" % (a, 842 - b, c, 842 - d) for a, b, c, d in lines)


def ruled_table(
    rows: Sequence[Sequence[str]],
    *,
    left: float = 72,
    top: float = 100,
    width: float = 70,
    height: float = 30,
    gone: Iterable[tuple[str, int, int]] = (),
) -> Sheet:
    """A table with all its lines but those `gone`: ("below" or "right", row, column)."""
    missing = set(gone)
    wide, words, lines = len(rows[0]), [], []
    for r in range(-1, len(rows)):
        for c in range(-1, wide):
            x, y = left + c * width, top + r * height
            if c >= 0 and ("below", r, c) not in missing:
                lines.append((x, y + height, x + width, y + height))
            if r >= 0 and ("right", r, c) not in missing:
                lines.append((x + width, y, x + width, y + height))
            for n, line in enumerate(rows[r][c].split("\n") if r >= 0 and c >= 0 else ()):
                words.append((x + 5, y + 14 + 13 * n, line))
    return Sheet([one for one in words if one[2]], ruled(*lines))


def coded(text: str) -> bytes:
    return ("<" + "".join(f"{ord(c) & 0xFFFF:04X}" for c in text) + ">").encode()


def stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def to_unicode(pages: Sequence[str]) -> bytes:
    """The map from character codes to Unicode: codes are UTF-16 units' low halves."""
    chars = sorted({char for page in pages for char in page if char != "\n"})
    pairs = "".join(
        f"1 beginbfchar <{ord(c) & 0xFFFF:04X}> <{c.encode('utf-16-be').hex()}> endbfchar\n"
        for c in chars
    )
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
    space = "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    return (head + space + pairs + "endcmap end end").encode()


def page_content(text: str) -> bytes:
    shows = [coded(line) + b" Tj T*" for line in text.split("\n")]
    return b"\n".join([b"BT /F1 12 Tf 72 760 Td 18 TL", *shows, b"ET"])


def pdf(
    pages: Sequence[str | Sheet | None],
    *,
    trailer: bytes = b"",
    page_extra: bytes = b"",
    gap: bytes = b"",
) -> bytes:
    """A PDF with a page per text or sheet; None makes a page that holds a drawing only.

    The font is named, not embedded: a line of a single character has no width and is not found.
    """
    texts = [page.text if isinstance(page, Sheet) else page or "" for page in pages]
    first = FONTS + 2
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        stream(to_unicode(texts)),
        b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 800]"
        b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    for index, page in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s"
            b" /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % (page_extra, first + 2 * index + 1)
        )
        objects.append(stream(_content(page)))
    return file_of(objects, trailer, gap)


def _content(page: str | Sheet | None) -> bytes:
    if isinstance(page, Sheet):
        return page.content()
    return DRAWING if page is None else page_content(page) if page else b""


def file_of(objects: Sequence[bytes], trailer: bytes = b"", gap: bytes = b"") -> bytes:
    """The objects of a PDF, numbered from 1 (the catalog), as a file."""
    out = gap + HEAD
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out) - len(gap))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    start = len(out) - len(gap)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    out += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    key = b"<" + b"11" * 32 + b">"
    encrypt = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >> /ID [<00> <00>]"
    return pdf(["locked"], trailer=encrypt % (key, key))
