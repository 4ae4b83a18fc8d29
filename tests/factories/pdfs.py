"""Small PDFs written by hand: text of any script, drawings without text, password marks."""

from __future__ import annotations

from collections.abc import Sequence

HEAD = b"%PDF-1.7\n"
FONTS = 5
DRAWING = b"0 0 300 400 re f"


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
    shows = [
        "<" + "".join(f"{ord(c) & 0xFFFF:04X}" for c in line) + "> Tj T*"
        for line in text.split("\n")
    ]
    return "\n".join(["BT /F1 12 Tf 72 760 Td 18 TL", *shows, "ET"]).encode()


def pdf(
    pages: Sequence[str | None], *, trailer: bytes = b"", page_extra: bytes = b"", gap: bytes = b""
) -> bytes:
    """A PDF with a page per text; None makes a page that holds a drawing only.

    The font is named, not embedded: a line of a single character has no width and is not found.
    """
    texts = [page or "" for page in pages]
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
        objects.append(stream(DRAWING if page is None else page_content(page) if page else b""))
    return _file(objects, trailer, gap)


def _file(objects: Sequence[bytes], trailer: bytes, gap: bytes) -> bytes:
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
