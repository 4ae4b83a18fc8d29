"""Where a document begins and ends, and its parts: head, body, appendices, tail."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.layout.labels import HAN_NUMBER
from luodi.kit.outlines.items import Label, label_at

_TAIL = re.compile(
    r"(?:抄 ?[送报]|主 ?送|分 ?送) ?[：:]|.{0,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日 ?印发\Z"
    r"|主题词 ?[：:]"
)
_APPENDIX = re.compile(
    r"附 ?[件表] ?[\d一二三四五六七八九十]{0,2} ?[：:]?(?:\Z| )(?![^ ]{40})"
    r"|附[件表] ?\d{1,2} ?(?=[\u4e00-\u9fff])"
)
_MENTION = re.compile(r"附 ?件 ?[：:] ?\S")
_PLAN = re.compile(r"(?:方案|计划|要点|措施|意见|举措|分工)(?:[（(][^（）()]{1,12}[）)])?\Z")
_PRINTED = re.compile(r".{0,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日 ?印发\Z")


@dataclass(frozen=True, slots=True)
class Parts:
    """Index ranges over the paragraphs of one file: [start, end) of each part of a document."""

    head: range
    body: range
    appendices: tuple[range, ...]
    tail: range
    plans: tuple[int, ...] = ()
    """Where a further plan begins in the body, of a notice that carries several."""

    @property
    def whole(self) -> range:
        """All paragraphs of the document."""
        return range(self.head.start, self.tail.stop)


def split_parts(paragraphs: Sequence[Paragraph], whole: range) -> Parts:
    """The parts of one document. A plan that comes as the appendix of its notice is the body."""
    tail = _tail_start(paragraphs, whole)
    first, marks, plans = _plan_start(paragraphs, range(whole.start, tail))
    edges = [*marks, tail]
    apart = tuple(range(a, b) for a, b in itertools.pairwise(edges))
    return Parts(
        range(whole.start, min(first, edges[0])),
        range(min(first, edges[0]), edges[0]),
        apart,
        range(tail, whole.stop),
        tuple(plans),
    )


def _plan_start(paragraphs: Sequence[Paragraph], where: range) -> tuple[int, list[int], list[int]]:
    """Where the plan's first label stands, the appendices behind it, and further plans.

    What comes before an appendix and has fewer than three labels is the notice that carries it.
    A text without any label is all body.
    """
    mains = [n for n in where if paragraphs[n].kind == "text" and is_main(paragraphs, n)]
    labels = [n for n in where if label_at(paragraphs[n].text)]
    marks = _appendix_marks(paragraphs, where)
    first = mains[0] if mains else where.start
    for skip, mark in enumerate(marks):
        if mark >= first and bisect_left(labels, mark) - bisect_left(labels, first) >= 3:
            plans = _plans(paragraphs, marks[skip:], where.stop) if skip else []
            return first, marks[skip + len(plans) :], plans
        following = bisect_left(mains, mark)
        first = mains[following] if following < len(mains) else where.stop
    return first, [], []


def _plans(paragraphs: Sequence[Paragraph], marks: Sequence[int], stop: int) -> list[int]:
    """The first of the appendices, as far as each is a plan of its own like the one before."""
    plans: list[int] = []
    for mark, edge in itertools.pairwise([*marks, stop]):
        titled = any(_PLAN.search(paragraphs[n].text) for n in range(mark, min(mark + 4, edge)))
        labels = sum(1 for n in range(mark, edge) if label_at(paragraphs[n].text))
        if not titled or labels < 3:
            break
        plans.append(mark)
    return plans


def _tail_start(paragraphs: Sequence[Paragraph], whole: range) -> int:
    for n in whole:
        text = paragraphs[n].text
        if text[:1] in "抄主分" and _TAIL.match(text) and not _has_labels(paragraphs, n + 1, whole):
            return n
    last = whole.stop - 1
    if last >= whole.start and _PRINTED.match(paragraphs[last].text):
        return last
    return whole.stop


def _has_labels(paragraphs: Sequence[Paragraph], start: int, whole: range) -> bool:
    labels = [label_at(paragraphs[n].text) for n in range(start, whole.stop)]
    return sum(1 for label in labels if label and label.form in ("one", "two")) > 2


def is_main(paragraphs: Sequence[Paragraph], n: int) -> Label | None:
    """The label of paragraph `n` where it is one of the body, not of a list of appendices."""
    label = label_at(paragraphs[n].text)
    if not label:
        return None
    return None if label.form == "three" and _in_mention(paragraphs, n) else label


def _in_mention(paragraphs: Sequence[Paragraph], n: int) -> bool:
    """Whether the numbered line belongs to 附件：1.… 2.…, the list that ends a text."""
    for back in range(n - 1, max(-1, n - 12), -1):
        text = paragraphs[back].text
        if _MENTION.match(text):
            return True
        label = label_at(text)
        if not label or label.form != "three" or "。" in text:
            return False
    return False


def _appendix_marks(paragraphs: Sequence[Paragraph], where: range) -> list[int]:
    tops = [n for n in where if paragraphs[n].text[0] in HAN_NUMBER and is_main(paragraphs, n)]
    return [
        n
        for n in where
        if paragraphs[n].text[0] == "附"
        and _APPENDIX.match(paragraphs[n].text)
        and not _MENTION.match(paragraphs[n].text)
        and not (tops and n < tops[-1] and _is_caption(paragraphs, n, where))
    ]


def _is_caption(paragraphs: Sequence[Paragraph], n: int, where: range) -> bool:
    """Whether 附表1 is the caption of the table right below it and begins no appendix."""
    below = paragraphs[n + 1 : min(n + 3, where.stop)]
    return "表" in paragraphs[n].text[:3] and any(one.kind in ("row", "cells") for one in below)
