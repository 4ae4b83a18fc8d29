"""A scanned page: its picture, what a recogniser said of it, and a fake that says it again.

The page holds text written for the tests, as black and white dots. `RECORDED` is what rapidocr 3.10
found; where the extra is installed a test holds the record against the engine.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from factories.pdfs import file_of, stream
from luodi.kit.readers import Line, Seen

IMAGE = (Path(__file__).parent / "scan.png").read_bytes()
TEXT = """青河区小微园区提升工作方案
一、总体目标
到2027年，全区小微园区总产值达到120.5亿元以上，入园企业达到300家。
二、主要任务
1.完善园区道路。打通园区内三条断头路，铺设雨污管网12.8公里。2026年底前完成。（责任单位：区工信局、开发区管委会）
2.建设服务大厅。设立一个办事窗口，做到当日受理、限时办结。（责任单位：区商务局）"""
"""What the page says, a line for each paragraph."""

RECORDED: tuple[tuple[str, tuple[float, float, float, float], float], ...] = (
    ("青河区小微园区提升工作方案", (0.347, 0.115, 0.654, 0.167), 1.0),
    ("一、总体目标", (0.079, 0.202, 0.194, 0.25), 1.0),
    ("到2027年，全区小微园区总产值达到120.5亿元以上，入园企业达到300家。", (0.078, 0.279, 0.7, 0.322), 1.0),
    ("二、主要任务", (0.078, 0.348, 0.194, 0.4), 0.999),
    ("1.完善园区道路。打通园区内三条断头路，铺设雨污管网12.8公里。2026年底前完成。（责任单位：区工", (0.078, 0.424, 0.941, 0.467), 0.988),
    ("信局、开发区管委会)", (0.04, 0.496, 0.22, 0.543), 0.976),
    ("2.建设服务大厅。设立一个办事窗口，做到当日受理、限时办结。（责任单位：区商务局）", (0.078, 0.572, 0.815, 0.615), 0.984),
)  # fmt: skip


def recorded(image: bytes) -> Sequence[Seen]:
    """A recogniser that knows one page; of any other picture it finds no text."""
    return [Seen(1754, 768, [Line(*line) for line in RECORDED] if _same(image) else [])]


def _same(image: bytes) -> bool:
    """Whether a picture is of the page's shape, at any resolution."""
    (width, height), (wide, high) = (struct.unpack(">II", one[16:24]) for one in (image, IMAGE))
    return abs(width * high - height * wide) < 0.02 * wide * height


def scanned_pdf(*, pages: int = 1, stamp: bytes = b"") -> bytes:
    """A PDF whose pages are the picture; `stamp` is content drawn above it."""
    width, height, depth, colour = struct.unpack(">IIBB", IMAGE[16:26])
    assert (depth, colour) == (1, 0)
    pixels = zlib.decompress(_data())
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
        b" /BitsPerComponent 1 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 1"
        b" /BitsPerComponent 1 /Columns %d >> /Length %d >>\nstream\n"
    )
    packed = zlib.compress(pixels)
    wide, high = 842, round(842 * height / width)
    content = stream(b"q %d 0 0 %d 0 0 cm /P Do Q\n%s" % (wide, high, stamp))
    kids = b" ".join(b"%d 0 R" % (6 + n) for n in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R"
        b" /Resources << /XObject << /P 3 0 R >> /Font << /F1 5 0 R >> >> >>" % (wide, high)
    )
    return file_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            image % (width, height, width, len(packed)) + packed + b"\nendstream",
            content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *[page] * pages,
        ]
    )


def _data() -> bytes:
    """The compressed pixels of the picture."""
    out = io.BytesIO()
    place = 8
    while place < len(IMAGE):
        size, kind = struct.unpack(">I4s", IMAGE[place : place + 8])
        if kind == b"IDAT":
            out.write(IMAGE[place + 8 : place + 8 + size])
        place += 12 + size
    return out.getvalue()
