"""Automatic numbering: which label Word prints before a paragraph (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.kit.readers.markup import Element, whole
from luodi.kit.readers.numerals import written
from luodi.kit.readers.word.names import W, child, is_on, value
from luodi.kit.readers.word.symbols import shown

LEVELS = 9
UNSPACED = tuple("、）】》")
"""Labels that end so need no space behind them."""


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and prints."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    restart: int | None = None
    suffix: str = "tab"
    legal: bool = False
    paragraph_style: str | None = None


@dataclass(frozen=True)
class Numbered:
    """One `w:num`: the counters it shares, its levels and the starts it sets anew."""

    counters: str
    levels: dict[int, Level]
    starts: dict[int, int]

    def start(self, depth: int) -> int:
        return self.starts.get(depth, self.level(depth).start)

    def level(self, depth: int) -> Level:
        return self.levels.get(depth, Level())


def level_of(element: Element) -> Level:
    """Read a `w:lvl`."""
    style = value(child(element, "numFmt")) or "decimal"
    restart = value(child(element, "lvlRestart"))
    return Level(
        start=whole(value(child(element, "start"))),
        style=style,
        pattern=value(child(element, "lvlText")) or "",
        restart=None if restart is None else whole(restart),
        suffix=value(child(element, "suff")) or "tab",
        legal=is_on(child(element, "isLgl")),
        paragraph_style=value(child(element, "pStyle")),
    )


def _levels(element: Element) -> dict[int, Level]:
    return {whole(value(lvl, "ilvl")): level_of(lvl) for lvl in element.findall(W + "lvl")}


class Lists:
    """The lists of numbering.xml by the number paragraphs name them with."""

    def __init__(self, root: Element | None, style_lists: dict[str, str]) -> None:
        abstracts = [] if root is None else root.findall(W + "abstractNum")
        self._abstract = {value(a, "abstractNumId") or "": a for a in abstracts}
        self._nums = (
            {} if root is None else {value(n, "numId") or "": n for n in root.findall(W + "num")}
        )
        self._style_lists = style_lists
        self._known: dict[str, Numbered | None] = {}

    def get(self, number: str) -> Numbered | None:
        """The list paragraphs call `number`, or None where there is none."""
        if number not in self._known:
            self._known[number] = self._read(number)
        return self._known[number]

    def depth_of_style(self, number: str, style: str) -> int | None:
        """The level a paragraph style is tied to in a list."""
        found = self.get(number)
        levels = found.levels.items() if found else ()
        return next((d for d, lvl in levels if lvl.paragraph_style == style), None)

    def _read(self, number: str) -> Numbered | None:
        num = self._nums.get(number)
        abstract = self._abstract.get(value(child(num, "abstractNumId")) or "")
        if num is None or abstract is None:
            return None
        abstract = self._linked(abstract)
        levels, starts = _levels(abstract), {}
        for override in num.findall(W + "lvlOverride"):
            depth = whole(value(override, "ilvl"))
            level = child(override, "lvl")
            if level is not None:
                levels[depth] = level_of(level)
            start = value(child(override, "startOverride"))
            if start is not None:
                starts[depth] = whole(start)
        return Numbered(value(abstract, "abstractNumId") or "", levels, starts)

    def _linked(self, abstract: Element) -> Element:
        """A list that only points to a list style stands for that style's list."""
        style = value(child(abstract, "numStyleLink"))
        num = self._nums.get(self._style_lists.get(style or "", ""))
        linked = self._abstract.get(value(child(num, "abstractNumId")) or "")
        return abstract if style is None or linked is None else linked


class Counters:
    """Counts the numbered paragraphs of one document in their order."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._set_anew: set[tuple[str, int]] = set()

    def label(self, number: str, depth: int) -> str:
        """Count a paragraph of list `number` at `depth`; its printed label with its suffix."""
        found = self._lists.get(number)
        if found is None or not 0 <= depth < LEVELS:
            return ""
        self._count(number, found, depth)
        level = found.level(depth)
        text = self._print(found, level, depth)
        return text + _suffix(level.suffix, text)

    def _count(self, number: str, found: Numbered, depth: int) -> None:
        counts = self._counts.setdefault(found.counters, {})
        anew = depth in found.starts and (number, depth) not in self._set_anew
        if anew or depth not in counts:
            self._set_anew.add((number, depth))
            counts[depth] = found.start(depth)
        else:
            counts[depth] += 1
        for deeper in range(depth + 1, LEVELS):
            if _restarts(found.level(deeper), depth):
                counts.pop(deeper, None)

    def _print(self, found: Numbered, level: Level, depth: int) -> str:
        if level.style == "bullet":
            return shown(level.pattern)
        counts = self._counts[found.counters]

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            style = "decimal" if level.legal else found.level(place).style
            return written(counts.get(place, found.start(place)), style)

        return re.sub(r"%([1-9])", number, level.pattern)


def _restarts(level: Level, trigger: int) -> bool:
    """Whether counting at the higher level `trigger` starts this one again (17.9.10)."""
    return level.restart is None or trigger < level.restart


def _suffix(kind: str, label: str) -> str:
    """What parts label and text: nothing behind 、 and ）, else a space."""
    if kind == "nothing" or not label or label.endswith(UNSPACED):
        return ""
    return " "
