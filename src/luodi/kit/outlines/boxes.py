"""Boxes (专栏): a caption, and the paragraphs the box holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.items import Label, label_at

_BOX = re.compile(r"专 ?栏 ?(?P<number>[\d一二三四五六七八九十]{1,3})? ?[：:]?(?P<title>.{0,40})\Z")
_RANKS = (
    *("chapter", "section", "article", "one", "task", "two", "three", "dotted", "four"),
    *("circle", "is"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A 专栏: its caption and the paragraphs (indexes) it holds."""

    label: str
    title: str
    items: tuple[int, ...]
    at: int


def find_boxes(paragraphs: Sequence[Paragraph], where: range) -> tuple[Box, ...]:
    """Boxes by their caption line; a box runs while its own labels count on from one."""
    boxes = []
    for n in where:
        text = paragraphs[n].text
        match = _BOX.match(text) if text[0] == "专" else None
        if match:
            label = f"专栏{match.group('number') or ''}"
            items = _box_items(paragraphs, range(n + 1, where.stop))
            boxes.append(Box(label, match.group("title").strip(), items, n))
    return tuple(boxes)


def _box_items(paragraphs: Sequence[Paragraph], where: range) -> tuple[int, ...]:
    """Rows, labels that count on from one, what stands below them, and the line after a title."""
    items: list[int] = []
    form, number, titled = "", 0, False
    for n in where:
        para = paragraphs[n]
        label = label_at(para.text)
        if para.kind == "row":
            items.append(n)
            continue
        deeper = bool(form and label and _rank(label.form) > _rank(form))
        if label and not deeper and not _counts_on(label, form, number):
            break
        if not label and not titled:
            break
        if label and not deeper:
            form, number = label.form, label.number
        titled = bool(label) and "。" not in para.text and "：" not in para.text
        items.append(n)
    return tuple(items)


def _rank(form: str) -> int:
    return _RANKS.index(form)


def _counts_on(label: Label, form: str, number: int) -> bool:
    if not form:
        return label.number == 1 and _rank(label.form) >= _rank("two")
    return form == label.form and label.number == number + 1
