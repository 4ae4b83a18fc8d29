"""Labelled items: what stands behind 一、 （一） 1. （1） ① 一是, with its level and title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.layout.labels import LABEL, number_of
from luodi.kit.problems import Span

LEVELS = {"article": 1, "one": 1, "task": 2, "two": 2, "three": 3, "dotted": 4, "four": 4}
LEVELS |= {"circle": 5, "is": 5}
RANKS = {
    form: rank
    for rank, form in enumerate(
        (
            *("chapter", "section", "article", "one", "task", "two", "three", "dotted", "four"),
            *("circle", "is"),
        ),
        1,
    )
}
"""Which form of label stands below which; 任务一： and （一） share a level, not a rank."""
_STOP = re.compile(r"[。！？!?]|(?<=[\u4e00-\u9fff）)”])\.(?=[\u4e00-\u9fff“（( ]|\Z)")
_GAP = re.compile(r"[^，。；：:、（( ]{2,18}(?=  .{6})")
_PHRASE = re.compile(r"[^，。；：:、（(]{2,18}[：:](?=.{4})")
_BOXED = re.compile(r"【([^】，。：]{2,20})】(?=.{4})")
_RUN_ON = re.compile(
    r"(?:总体要求|总体目标|总体思路|指导思想|基本原则|工作原则|工作目标|主要目标|发展目标|重点任务|主要任务|工作任务"
    r"|保障措施|组织保障|工作要求|组织实施|实施步骤)(?=[^和及与的、，：:。（( ][^。]{6})"
)
"""A usual heading that its text follows with nothing between, as in texts set on one line."""
_TRIM = " 。；;：:，,、.\t"
_BEFORE = _TRIM + "—–-●◆■★▲▪•·○◎"


@dataclass(frozen=True, slots=True)
class Label:
    """A label found in a paragraph: its form, number and place (clean offsets)."""

    text: str
    form: str
    number: int
    start: int
    end: int


def label_at(text: str, offset: int = 0) -> Label | None:
    """The label that begins at `offset`, None where there is none."""
    match = LABEL.match(text, offset)
    if not match:
        return None
    label = match.group()
    return Label(label, match.lastgroup or "", number_of(label), match.start(), match.end())


def shift_of(forms: Iterable[str]) -> int:
    """How far 第X章 and 第X节 push the other forms down: 2, 1 for chapters alone, else 0."""
    seen = set(forms)
    if "section" in seen:
        return 2
    return 1 if "chapter" in seen else 0


def level_of(form: str, shift: int) -> int:
    """Level of a label by its form (DESIGN.md 5), `shift` levels lower under chapters."""
    if form == "chapter":
        return 1
    if form == "section":
        return 2
    return LEVELS[form] + shift


def title_of(text: str, start: int, notes: Iterable[Span] = (), end: int | None = None) -> Span:
    """Clean span of the title of the item whose words are text[start:end].

    The heading line, or up to the first 。 of a run-in heading; a short phrase with a colon, with
    a gap behind it, or in 【】, also runs in. A responsibility note is no part of it.
    """
    end = len(text) if end is None else end
    for left, right in notes:
        if not text[start:left].strip(_BEFORE):
            start = right
        elif left > start:
            end = min(end, left)
    stop = _STOP.search(text, start, end)
    if stop:
        end = stop.start()
    while start < end and text[start] in _BEFORE:
        start += 1
    boxed = _BOXED.match(text, start, end)
    if boxed:
        return boxed.span(1)
    phrase = _PHRASE.match(text, start, end) or _GAP.match(text, start, end)
    phrase = phrase or (_RUN_ON.match(text, start, end) if stop else None)
    if phrase:
        end = phrase.end()
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def title_text(paragraph: Paragraph, span: Span) -> str:
    """The words of a title, blanks at the ends left out."""
    return paragraph.text[span[0] : span[1]].strip()
