"""Classification markings, recognised by their form and place, never by words of the body.

GB/T 9704-2012, 7.2.2: level and term stand at the top of the first page (`机密★1年`). Such a line,
a `密级：` entry or a bracketed level in the file name is a marking; 商业秘密 and 保密 are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from luodi.kit.problems import Span

LEVEL = r"(绝密|机密|秘密)"
STAR = r"[★☆*✩✭✮✯✰⭐⭑]"
NUMBER = r"(?:(?:份号|编号|No\.?)?[::]?\d{1,8}(?!\d))?"
HASTE = r"(?:特急|加急|急件|特提|平急)?"
TERM = r"(?:长期|[\d〇一二三四五六七八九十]+(?:年|个?月|日))?"

STARRED = re.compile(rf"^{NUMBER}(?:密级:?)?{LEVEL}级?{STAR}{TERM}(?:启用前|解密)?{HASTE}$", re.I)
ENTERED = re.compile(rf"密级:{LEVEL}(?![/、或级以及和])|^密级{LEVEL}(?:级?$|紧急|保密期限|{STAR})")
BARE = re.compile(rf"^{NUMBER}{LEVEL}(?:级|件)?{TERM}{HASTE}$", re.I)
NAMED = re.compile(
    rf"[(\[【〔《<]{LEVEL}[^)\]】〕》>]{{0,8}}[)\]】〕》>]|{LEVEL}{STAR}"
    rf"|^{LEVEL}(?:[-_.—+,、:]|$)|[-_.—+,、]{LEVEL}$"
)

WRAPPERS = "()[]【】〔〕《》<>“”\"'"
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
HEAD_LINES, BARE_LINES, PAGE_LINES = 40, 10, 5
HEAD_CHARS, PAGE_CHARS = 8_000, 1_000


def marking_in(text: str, pages: Sequence[Span], headers: Iterable[str]) -> tuple[str, str] | None:
    """(where, level) of the first marking found, or None. `where` is a Chinese phrase."""
    for line in headers:
        if level := _level(line, bare=True):
            return "页眉", level
    if level := _in_head(text):
        return "文件首部", level
    for number, (start, end) in enumerate(pages, 1):
        for line in _lines(text[start : min(end, start + PAGE_CHARS)])[:PAGE_LINES]:
            if level := _level(line, bare=False):
                return f"第 {number} 页上方", level
    return None


def normal(line: str) -> str:
    """A line in one form: half-width, without spaces and outer brackets."""
    line = unicodedata.normalize("NFKC", line).replace("﹡", "*")
    return INVISIBLE.sub("", line).strip(WRAPPERS)


def _lines(text: str) -> list[str]:
    lines = [line for line in map(normal, text.splitlines()) if line]
    return list(_joined(lines))


def _joined(lines: Sequence[str]) -> Iterable[str]:
    """Lines, and a marking printed one character per line put together."""
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        yield line + following if line in ("绝", "机", "秘") else line


def _in_head(text: str) -> str | None:
    for index, line in enumerate(_lines(text[:HEAD_CHARS])[:HEAD_LINES]):
        if level := _level(line, bare=index < BARE_LINES):
            return level
    return None


def _level(line: str, *, bare: bool) -> str | None:
    line = normal(line)
    match = STARRED.search(line) or ENTERED.search(line) or (BARE.search(line) if bare else None)
    return next(filter(None, match.groups())) if match else None


def marking_in_name(name: str) -> str | None:
    """The level a file name carries as a marking, or None."""
    tail = INVISIBLE.sub("", unicodedata.normalize("NFKC", name)).replace("\\", "/")
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", tail.rsplit("/", 1)[-1])
    match = NAMED.search(stem)
    return next(filter(None, match.groups())) if match else None
