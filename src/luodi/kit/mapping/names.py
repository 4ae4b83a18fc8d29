"""Names of indicators and units as tables write them, and how alike two of them are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

SURE = 0.9
"""From here on a match needs no second look."""
LEAST = 0.55
"""Below, nothing is proposed: no guess is better than a wrong one."""
CLOSE = 0.03
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十]{1,3}\)|\(?\d{1,2}[)、.](?!\d)"
    r"|[①-⑳]|#)+"
)
_AMONG = re.compile(r"^(?:其中|#|内|含)[:：]?")
_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[\s\"'“”‘’《》<>,.;:·、，。；：—\-_/]+")


@dataclass(frozen=True)
class Named:
    """Something known that a table may mean: key, name, other ways to write it.

    `measured_in` is an indicator's unit of measure; a subject has none.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    measured_in: str = ""


@dataclass(frozen=True)
class Match:
    """What a label probably means: 0 to 1, and why in words."""

    key: str
    name: str
    score: float
    zh: str
    en: str


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """A name without numbering, blanks, marks and what stands in brackets; half-width."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"\s+", "", plain)
    plain = _AMONG.sub("", _NUMBERING.sub("", plain))
    bare = _BRACKETS.sub("", plain)
    return _MARKS.sub("", bare or plain).casefold()


def is_part(text: str) -> bool:
    """Whether a label says that it is a part of the one above: 其中：…"""
    return bool(_AMONG.match(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))))


@lru_cache(maxsize=65536)
def likeness(one: str, other: str) -> float:
    """How alike two plain names are: 1 for the same, pairs of characters they share else."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) > 1 and short in long:
        return 0.55 + 0.4 * len(short) / len(long)
    pairs, others = _pairs(one), _pairs(other)
    shared = sum((pairs & others).values())
    return 0.9 * 2 * shared / max(1, sum(pairs.values()) + sum(others.values()))


def _pairs(text: str) -> Counter[str]:
    return Counter(text[n : n + 2] for n in range(len(text) - 1))


def best(labels: Sequence[str], known: Iterable[Named]) -> Match | None:
    """The known thing one of the labels most likely means; None where none is alike enough.

    The labels are ways to read one place (with and without the head above it). Where another
    thing is as alike, the score falls below `SURE`, so that a person looks.
    """
    plains = [plain for label in labels if (plain := plain_name(label))]
    found = [match for one in known if (match := _match(plains, one))]
    found.sort(key=lambda match: -match.score)
    if not found or found[0].score < LEAST:
        return None
    first = found[0]
    rivals = [m for m in found[1:] if first.score - m.score < CLOSE and m.key != first.key]
    if not rivals:
        return first
    names = "、".join(match.name for match in rivals[:3])
    return Match(
        first.key,
        first.name,
        min(first.score, SURE - 0.1),
        f"{first.zh}；与“{names}”同样相近",
        f"{first.en}; as close to {names}",
    )


def _match(plains: Sequence[str], one: Named) -> Match | None:
    ways = [
        (plain_name(one.name), "名称", "name"),
        *((plain_name(a), "别名", "alias") for a in one.aliases),
    ]
    score, zh, en = max(
        ((likeness(plain, way), zh, en) for plain in plains for way, zh, en in ways),
        default=(0.0, "", ""),
    )
    if score < LEAST:
        return None
    if score == 1.0:
        return Match(one.key, one.name, score, f"与{zh}相同", f"same as its {en}")
    share = round(100 * score)
    return Match(one.key, one.name, score, f"与{zh}相似 {share}%", f"{share}% like its {en}")
