"""Which encoding the bytes of a Chinese text are in: decided by rules, with the reason said.

The rules, in order: a byte order mark; a NUL byte means UTF-16 or not a text; valid UTF-8 is
UTF-8, unless it spells foreign letters where GB18030 spells Chinese; else GB18030 and both orders
of UTF-16 are tried, and the one whose characters are common Chinese is taken. Decoding is strict
and exact: no replacement, no newline translation, nothing stripped.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from luodi.kit.readers.sentences import Refusal

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be")
SAMPLE = 20_000
"""Characters looked at to judge an encoding."""
COMMON_SHARE = 0.5
"""Real texts reach 0.95; UTF-8 or Big5 read as GB18030 stays under 0.4."""
SURE_SHARE = 0.95
FOREIGN_PAIR = re.compile("[\x80-\u07ff]{2}")
ABOVE_TWO_BYTES = re.compile("[\u0800-\U0010ffff]")
CONTROL_SHARE = 0.01
ALLOWED_CONTROLS = frozenset("\t\n\v\f\r\x1a\x1b\x85")


@dataclass(frozen=True)
class Decoded:
    """A decoded text, its encoding and, where that was judged and not marked, the reason."""

    text: str
    encoding: str
    reason: str | None = None


def _level_one() -> frozenset[str]:
    """The 3,755 common characters of GB/T 2312 (rows 16 to 55)."""
    rows = (bytes((r, c)) for r in range(0xB0, 0xD8) for c in range(0xA1, 0xFF))
    return frozenset(row.decode("gb2312", "ignore") for row in rows) - {""}


LEVEL_ONE = _level_one()


def decode(data: bytes) -> Decoded:
    """Decode a text file; refuses with `source.unknown_encoding` or `source.binary`."""
    decoded = _marked(data) or _unmarked(data)
    _refuse_controls(decoded.text)
    return decoded


def _marked(data: bytes) -> Decoded | None:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            text = _strict(data[len(bom) :], encoding)
            if text is None:
                raise Refusal(
                    "source.unknown_encoding", reason=f"标为 {encoding}，但内容不符，文件可能被截断"
                )
            return Decoded(text, encoding)
    return None


def _unmarked(data: bytes) -> Decoded:
    if b"\0" in data:
        return _judge(data, CANDIDATES[1:], "含有 UTF-16 特有的零字节", "source.binary")
    text = _strict(data, "utf-8")
    if text is not None:
        return _chinese_after_all(data, text) or Decoded(text, "utf-8")
    reason = "不是 UTF-8，按它解出的多为常用汉字"
    return _judge(data, CANDIDATES, reason, "source.unknown_encoding")


def _chinese_after_all(data: bytes, text: str) -> Decoded | None:
    """GB18030 where a short text is valid UTF-8 too, as two-byte letters side by side."""
    sample = text[:SAMPLE]
    if not FOREIGN_PAIR.search(sample) or ABOVE_TWO_BYTES.search(sample):
        return None
    chinese = _strict(data, "gb18030")
    if chinese is None or common_share(sample) > COMMON_SHARE or common_share(chinese) < SURE_SHARE:
        return None
    return Decoded(chinese, "gb18030", "按 UTF-8 只得外文字母，按它解出的都是常用汉字")


def _judge(data: bytes, encodings: tuple[str, ...], reason: str, refusal: str) -> Decoded:
    best, best_share = None, COMMON_SHARE
    for encoding in encodings:
        text = _strict(data, encoding)
        if text is not None and (share := common_share(text)) > best_share:
            best, best_share = Decoded(text, encoding, reason), share
    if best is None:
        raise Refusal(refusal, reason=_first_fault(data))
    return best


def _first_fault(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"从第 {error.start + 1} 个字节起不是 UTF-8，也不像 GB18030 或 UTF-16"
    return "含有零字节，又不是 UTF-16"


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def common_share(text: str) -> float:
    """Share of a text's non-ASCII characters that Chinese texts commonly use.

    ASCII proves nothing when it stands among them, but a NUL or other control counts against.
    A text of printable ASCII alone has share 1.
    """
    telling = [c for c in text[:SAMPLE] if not (" " <= c <= "~" or c in "\t\n\f\r")]
    return sum(map(_is_common, telling)) / len(telling) if telling else 1.0


def _is_common(char: str) -> bool:
    return (
        char in LEVEL_ONE
        or "\u3000" <= char <= "\u303f"  # CJK punctuation
        or "\uff01" <= char <= "\uff5e"  # full-width forms
        or "\u2010" <= char <= "\u2026"  # dashes, quotation marks, ellipsis
        or "\u2460" <= char <= "\u249b"  # enclosed numbers
        or "\u2500" <= char <= "\u257f"  # rules of a table
        or char in "·×÷±°℃"
    )


def _refuse_controls(text: str) -> None:
    sample = text[:SAMPLE]
    controls = sum(c < " " and c not in ALLOWED_CONTROLS for c in sample)
    if "\0" in text or controls > CONTROL_SHARE * len(sample):
        raise Refusal("source.binary")
