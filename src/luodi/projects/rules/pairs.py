"""Pairs of projects that look alike, found among thousands without comparing all with all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import ceil

from .names import ALIKE, SHORTEST, likeness

COMMON = 60
"""What more projects than these share (two signs of a name, an investor) tells nothing."""

NUMBERED = re.compile(r"第?(?:[0-9]+|[一二三四五六七八九十]+)(?:期|号|标段|批)?|[a-z](?:区|地块)")


@dataclass(frozen=True, slots=True)
class Named:
    """A project as it is compared: its key, plain name and investor, and code."""

    key: str
    name: str
    investor: str
    code: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Two projects alike, the lesser key first. `why` are codes of reasons, `sure` 3 to 1."""

    one: str
    other: str
    why: tuple[str, ...]
    sure: int
    likeness: float


def alike(a: Named, b: Named) -> Alike | None:
    """How two projects are alike; None where nothing says that they are the same.

    Sure (3) by the same national code; likely (2) by the same name, or one alike with the same
    investor; possible (1) by a name alike. Names that differ by a number only are one less.
    """
    one, other = sorted((a, b), key=lambda named: named.key)
    near = likeness(a.name, b.name)
    investor = bool(a.investor) and a.investor == b.investor
    why = []
    if a.code and a.code == b.code:
        why.append("code")
    if near == 1:
        why.append("name")
    elif near >= ALIKE:
        why.append("near")
    if investor and why:
        why.append("investor")
    if not why:
        return None
    sure = 1 + (near == 1 or (near >= ALIKE and investor))
    if 1 > near >= ALIKE and _unnumbered(a.name) == _unnumbered(b.name):
        why.append("numbered")
        sure = max(sure - 1, 1)
    if "code" in why:
        sure = 3
    return Alike(one.key, other.key, tuple(why), sure, near)


def _unnumbered(name: str) -> str:
    return NUMBERED.sub("", name)


def pairs_alike(projects: Iterable[Named]) -> list[Alike]:
    """All pairs alike, surest first.

    A pair is looked at where two projects share their code, their investor, or two signs of their
    names that few names have: as many of the rarest as names alike must have in common. What more
    than `COMMON` projects share is passed over.
    """
    by_key = {project.key: project for project in projects}
    found = []
    for a, b in set(_candidates(by_key.values())):
        pair = alike(by_key[a], by_key[b])
        if pair:
            found.append(pair)
    return sorted(found, key=lambda pair: (-pair.sure, -pair.likeness, pair.one, pair.other))


def _candidates(projects: Iterable[Named]) -> Iterator[tuple[str, str]]:
    """Pairs of keys worth a comparison, the lesser key first."""
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    signs = {project.key: _signs(project.name) for project in projects}
    spread = Counter(sign for some in signs.values() for sign in some)
    holders: dict[str, list[str]] = defaultdict(list)
    for project in projects:
        blocks["code", project.code].append(project.key)
        blocks["investor", project.investor].append(project.key)
        blocks["name", project.name].append(project.key)
        rare = sorted(signs[project.key], key=lambda sign: (spread[sign], sign))
        for sign in signs[project.key]:
            if spread[sign] <= COMMON:
                holders[sign].append(project.key)
        for sign in rare[: _needed(len(rare))]:
            blocks["signs", sign].append(project.key)
    for (kind, shared), keys in blocks.items():
        if shared and len(keys) <= COMMON:
            yield from combinations(sorted(keys), 2)
        elif shared and kind in ("code", "name"):
            yield from ((min(keys), key) for key in keys if key != min(keys))
    for project in projects:  # one name within another
        if len(project.name) >= SHORTEST:
            rarest = min(signs[project.key], key=lambda sign: (spread[sign], sign))
            for key in holders.get(rarest, ()):
                if key != project.key:
                    yield (min(key, project.key), max(key, project.key))


def _signs(name: str) -> set[str]:
    """Pairs of neighbouring signs; the same pair a second time is another one."""
    seen: Counter[str] = Counter()
    signs = set()
    for i in range(len(name) - 1):
        pair = name[i : i + 2]
        seen[pair] += 1
        signs.add(f"{pair}{seen[pair]}")
    return signs


def _needed(count: int) -> int:
    """So many of the rarest signs that two names alike can't have none of them in common."""
    return count - ceil(count * ALIKE / (2 - ALIKE)) + 1
