"""A document's body as stretches: each labelled item, note and plain paragraph by itself."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.commitments.notes import Note, find_notes
from luodi.kit.commitments.rules import LeadRule
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.items import Label, label_at, level_of
from luodi.kit.outlines.parts import is_main

_INNER = re.compile(
    r"(?:(?<=[。；：:;！）］〕】 ])|(?<=，))(?:[一二三四五六七八九十]{1,2}是(?![否指一])"
    r"|[（(]\d{1,2}[）)]|[\u2460-\u2473]|\d{1,2}[.、](?!\d))"
)

_NEXT_IS = re.compile(r"(?<=[。；;])[二三]是")
"""一是…二是… left in one stretch are sentences of what stands above, no items."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one paragraph: clean offsets [start, end), its label and level (0: none)."""

    para: int
    start: int
    end: int
    label: Label | None
    level: int
    notes: tuple[Note, ...]
    bare: bool
    """True where the stretch is nothing but its note."""


def segments_of(
    paragraphs: Sequence[Paragraph], where: Sequence[int], shift: int, rule: LeadRule | None
) -> list[Segment]:
    """Stretches of the paragraphs `where`, in order."""
    result: list[Segment] = []
    for n in where:
        para = paragraphs[n]
        if para.kind == "text":
            result.extend(_cut(paragraphs, n, shift, rule))
    return result


def _cut(
    paragraphs: Sequence[Paragraph], n: int, shift: int, rule: LeadRule | None
) -> list[Segment]:
    text = paragraphs[n].text
    notes = find_notes(text, rule)
    edges = [0, *_edges(text, notes), len(text)]
    starts = [note.start for note in notes]
    result = []
    for start, end in itertools.pairwise(edges):
        label = is_main(paragraphs, n) if start == 0 else label_at(text, start)
        if label and label.form == "is" and _NEXT_IS.search(text, label.end, end):
            label = None
        level = level_of(label.form, shift) if label else 0
        inside = tuple(notes[bisect_left(starts, start) : bisect_left(starts, end)])
        bare = bool(inside) and not text[start : inside[0].start].strip(" —–-")
        result.append(Segment(n, start, end, label, level, inside, bare))
    return result


def _edges(text: str, notes: list[Note]) -> list[int]:
    """Where a paragraph that holds several noted items is cut."""
    if not notes:
        return []
    edges = set()
    for note, following in zip(notes, [*notes[1:], None], strict=True):
        after = note.end
        while after < len(text) and text[after] in "。；; ，":
            after += 1
        rest = len(text) - after
        if rest and (
            label_at(text, after) or (following and rest > 6 and _apart(note, following, text))
        ):
            edges.add(after)
    if len(notes) > 1:
        edges |= _inner_labels(text, notes)
    return sorted(edges)


def _apart(note: Note, following: Note, text: str) -> bool:
    """Two notes belong to two items unless they split lead and cooperating units of one."""
    if not note.units or not following.units:
        return False
    roles = {unit.role for unit in note.units}, {unit.role for unit in following.units}
    return (
        roles != ({"lead"}, {"cooperating"}) and "。" in text[note.end : following.start + 1] + "。"
    )


def _inner_labels(text: str, notes: list[Note]) -> set[int]:
    """Labels inside the words, where each of several notes closes one of them."""
    inside = [match.start() for match in _INNER.finditer(text)]
    starts = [note.start for note in notes]
    free = []
    for place in inside:
        before = bisect_right(starts, place) - 1
        if before < 0 or place >= notes[before].end:
            free.append(place)
    return set(free) if len(free) >= len(notes) else set(free[:1] if free else ())
