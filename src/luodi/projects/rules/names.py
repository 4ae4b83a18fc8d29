"""Names of projects and investors as one would compare them: the trimmings taken off."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

BRACKETED = re.compile(r"[(（\[【〔<《][^)）\]】〕>》]*[)）\]】〕>》]")
PUNCTUATION = re.compile(r"[^\w]|_")
PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:省|市|自治区)")
COMPANY = (
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "集团", "总公司",
    "分公司", "公司", "厂",
)  # fmt: skip
ENDINGS = ("建设项目", "投资项目", "工程", "项目")
PHASE = re.compile(r"第?(?:[0-9]+|[一二三四五六七八九十]+)(?:期|号|标段|批)|[a-z](?:区|地块)")
ALIKE = 0.7
PHASE = re.compile(r"[一二三四五六七八九十0-9]{1,3}期|[A-Z]区")
SHORTEST = 4
"""A name of fewer signs inside another says nothing."""


def plain_name(written: str, places: Iterable[str] = ()) -> str:
    """A name without brackets, place names in front, company form and `项目` at its end.

    `places` are further names to take off in front (the city's own counties and zones).
    """
    text = unicodedata.normalize("NFKC", BRACKETED.sub("", written)).lower()
    text = PUNCTUATION.sub("", text)
    longest = sorted({place for place in places if len(place) > 1}, key=len, reverse=True)
    before = None
    while before != text:
        before = text
        text = _shorter(text, longest)
    return text


def same_name(written: str) -> str:
    """What two ways of writing one project share: the plain name and its phase (一期, 二期)."""
    text = unicodedata.normalize("NFKC", written)
    return plain_name(written) + "".join(PHASE.findall(text))


def _shorter(text: str, places: list[str]) -> str:
    """One more trimming off; the same text where nothing can go, or nothing would be left."""
    place = next((p for p in places if text.startswith(p)), "")
    found = PLACE.match(text)
    front = place or (found.group() if found else "")
    rest = text[len(front) :]
    tail = next((end for end in (*COMPANY, *ENDINGS) if rest.endswith(end)), "")
    rest = rest.removesuffix(tail)
    return rest if len(rest) > 1 else text


def phase_in(written: str) -> str:
    """The phases and lots that stand in brackets of a name: 一期 of 产业园项目（一期）."""
    text = unicodedata.normalize("NFKC", written).lower()
    return "".join(mark for part in BRACKETED.findall(text) for mark in PHASE.findall(part))


def likeness(a: str, b: str) -> float:
    """How alike two plain names are, 0 to 1: equal, one within the other, or pairs in common."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    if len(short) >= SHORTEST and short in long:
        return 0.9
    mine, theirs = _pairs(a), _pairs(b)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


@lru_cache(maxsize=32768)
def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))
