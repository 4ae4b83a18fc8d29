"""The outline: numbered headings down to the measures (DESIGN.md 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.commitments.tree import Item, walk
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.items import title_of
from luodi.kit.problems import Span

_ALWAYS = ("chapter", "section", "one", "two")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level by the form of its label, title, span of label and title."""

    level: int
    label: str
    title: str
    span: Span


def headings_of(root: Item, paragraphs: Sequence[Paragraph]) -> list[Heading]:
    """Headings in order. Items under a measure, and lists deeper than the measures, are none."""
    items = walk(root)
    deepest = _deepest(items)
    below: set[int] = set()
    headings = []
    for item in items:
        if item.parent and (item.parent.chosen or id(item.parent) in below):
            below.add(id(item))
            continue
        if _is_heading(item, deepest, paragraphs):
            headings.append(_heading(item, paragraphs))
    return [heading for heading in headings if heading.title]


def _deepest(items: Sequence[Item]) -> str:
    forms = {_form(item) for item in items if item.chosen}
    for form in ("three", "two", "section", "one", "chapter"):
        if form in forms:
            return form
    return "three"


def _form(item: Item) -> str:
    return item.segment.label.form if item.segment and item.segment.label else ""


def _is_heading(item: Item, deepest: str, paragraphs: Sequence[Paragraph]) -> bool:
    if item.chosen or any(below.chosen or below.loose for below in (item, *walk(item))):
        return True
    form = _form(item)
    if form == "three":
        return deepest == "three" or _on_its_own(item, paragraphs)
    return form in _ALWAYS


def _on_its_own(item: Item, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the item is a short line that titles what stands below it."""
    segment = item.segment
    if not segment or not (item.plain or item.children):
        return False
    text = paragraphs[segment.para].text[segment.start : segment.end]
    return len(text) <= 30 and text[-1] not in "。；：;:，"


def _heading(item: Item, paragraphs: Sequence[Paragraph]) -> Heading:
    segment = item.segment
    assert segment is not None and segment.label is not None
    para = paragraphs[segment.para]
    notes = [(note.start, note.end) for note in segment.notes]
    start, end = title_of(para.text, segment.label.end, notes, segment.end)
    hull = para.hull(segment.label.start, max(end, segment.label.end))
    return Heading(item.level, segment.label.text, para.text[start:end], hull)
