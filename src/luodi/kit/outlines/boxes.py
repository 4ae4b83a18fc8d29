"""Boxes (专栏): a caption, and the items the box holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.items import Label, label_at

_BOX = re.compile(
    r"(?:续)?专 ?栏 ?(?P<number>[\d一二三四五六七八九十]{1,3})? ?[：:]?(?P<title>[^。]{0,60})\Z"
)
_AGAIN = re.compile(r"[（(]续[）)]?\Z")
_HEAD = re.compile(r"[^。；，]{2,30}[：:]\Z")
_RANKS = (
    *("chapter", "section", "article", "one", "task", "two", "three", "dotted", "four"),
    *("circle", "is"),
)


@dataclass(frozen=True, slots=True)
class Box:
    """A 专栏: its caption, and the paragraphs (indexes) of each item and of the whole box."""

    label: str
    title: str
    items: tuple[tuple[int, ...], ...]
    at: tuple[int, ...]

    @property
    def name(self) -> str:
        """Label and title, as a project refers to it."""
        return f"{self.label} {self.title}".strip()


def find_boxes(paragraphs: Sequence[Paragraph], where: range) -> tuple[Box, ...]:
    """Boxes by their caption line: what the layout took out of the text, or what counts on."""
    boxes: list[Box] = []
    last = -1
    for n in where:
        match = _caption(paragraphs[n])
        if not match or n <= last:
            continue
        inset = paragraphs[n].inset
        inside = _inset(paragraphs, n, where) if inset else [n, *_counted(paragraphs, n, where)]
        last = max(inside)
        label, title = f"专栏{match['number'] or ''}", _AGAIN.sub("", match["title"]).strip()
        boxes.append(Box(label, title, _items(paragraphs, inside), tuple(inside)))
    return tuple(boxes)


def _caption(para: Paragraph) -> re.Match[str] | None:
    return _BOX.match(para.text) if para.text[0] in "专续" and para.kind == "text" else None


def _inset(paragraphs: Sequence[Paragraph], caption: int, where: range) -> list[int]:
    """All paragraphs of the box that the layout took out, also those above the caption."""
    number = paragraphs[caption].inset
    first = end = caption
    while first - 1 >= where.start and _belongs(paragraphs, first - 1, number):
        first -= 1
    while end < where.stop and _belongs(paragraphs, end, number):
        end += 1
    return list(range(first, end))


def _belongs(paragraphs: Sequence[Paragraph], n: int, number: int) -> bool:
    return paragraphs[n].inset == number


def _counted(paragraphs: Sequence[Paragraph], caption: int, where: range) -> list[int]:
    """Rows, labels that count on from one, what stands below them, and the line after a title."""
    items: list[int] = []
    form, number, titled = "", 0, False
    for n in range(caption + 1, where.stop):
        para = paragraphs[n]
        if para.kind in ("row", "cells"):
            items.append(n)
            continue
        if _caption(para):
            break
        label = label_at(para.text)
        deeper = bool(form and label and _rank(label.form) > _rank(form))
        if label and not deeper and not _counts_on(label, form, number):
            break
        if not label and not titled:
            break
        if label and not deeper:
            form, number = label.form, label.number
        titled = bool(label) and "。" not in para.text and "：" not in para.text
        items.append(n)
    return items


def _items(paragraphs: Sequence[Paragraph], inside: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """The items: each label, each run-in head with what follows; a paragraph where there is none.

    The forms below that of the first label stay inside their item.
    """
    items: list[list[int]] = []
    form, headed = "", False
    for n in inside:
        para = paragraphs[n]
        if para.kind != "text" or _caption(para):
            continue
        label = label_at(para.text)
        if label and (not form or _rank(label.form) <= _rank(form)):
            form = form or label.form
            items.append([n])
        elif not label and _HEAD.match(para.text) and not form:
            items.append([n])
            headed = True
        elif items and (label or form or headed):
            items[-1].append(n)
        else:
            items.append([n])
    return tuple(tuple(item) for item in items)


def _rank(form: str) -> int:
    return _RANKS.index(form)


def _counts_on(label: Label, form: str, number: int) -> bool:
    if not form:
        return label.number == 1 and _rank(label.form) >= _rank("two")
    return form == label.form and label.number == number + 1
