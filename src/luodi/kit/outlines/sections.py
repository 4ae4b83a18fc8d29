"""Where a document begins and ends, and its parts: head, body, appendices, tail, boxes, tables."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.layout import Paragraph, cells_of
from luodi.kit.outlines.head import NUMBER, tight
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
_PRINTED = re.compile(r".{0,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日 ?印发\Z")
_BOX = re.compile(r"专 ?栏 ?(?P<number>[\d一二三四五六七八九十]{1,3})? ?[：:]?(?P<title>.{0,40})\Z")
_CAPTION = re.compile(r"表 ?(?P<number>\d{1,3}(?:[-—.]\d{1,2})?)[ ：:]*(?P<title>.{0,60})\Z")
_RANKS = (
    *("chapter", "section", "article", "one", "task", "two", "three", "dotted", "four"),
    *("circle", "is"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Index ranges over the paragraphs of one file: [start, end) of each part of a document."""

    head: range
    body: range
    appendices: tuple[range, ...]
    tail: range

    @property
    def whole(self) -> range:
        """All paragraphs of the document."""
        return range(self.head.start, self.tail.stop)


def split_documents(paragraphs: Sequence[Paragraph]) -> list[range]:
    """Index ranges of the documents in one file; one range unless a second number line begins."""
    starts = [0]
    first = ""
    for n, para in enumerate(paragraphs):
        number = tight(para.text)
        if len(number) > 26 or not NUMBER.fullmatch(number):
            continue
        if not first:
            first = number
        elif number != first and n - starts[-1] > 8:
            starts.append(_head_start(paragraphs, n))
            first = number
    edges = [*starts, len(paragraphs)]
    return [range(a, b) for a, b in itertools.pairwise(edges)]


def _head_start(paragraphs: Sequence[Paragraph], number_at: int) -> int:
    """First paragraph of the head a number line stands in: up over title and organ lines."""
    start = number_at
    for n in range(number_at - 1, max(-1, number_at - 7), -1):
        text = paragraphs[n].text.strip()
        if re.search(r"[。；：:，]|\d日", text) or len(text) > 60 or label_at(text):
            break
        start = n
    return start


def split_parts(paragraphs: Sequence[Paragraph], whole: range) -> Parts:
    """The parts of one document. A plan that comes as the appendix of its notice is the body."""
    tail = _tail_start(paragraphs, whole)
    first, marks = _plan_start(paragraphs, range(whole.start, tail))
    edges = [*marks, tail]
    apart = tuple(range(a, b) for a, b in itertools.pairwise(edges))
    return Parts(
        range(whole.start, min(first, edges[0])),
        range(min(first, edges[0]), edges[0]),
        apart,
        range(tail, whole.stop),
    )


def _plan_start(paragraphs: Sequence[Paragraph], where: range) -> tuple[int, list[int]]:
    """Where the plan's first label stands, and the appendices behind it.

    What comes before an appendix and has fewer than three labels is the notice that carries it.
    """
    mains = [n for n in where if paragraphs[n].kind == "text" and is_main(paragraphs, n)]
    labels = [n for n in where if label_at(paragraphs[n].text)]
    marks = _appendix_marks(paragraphs, where)
    first = mains[0] if mains else where.stop
    for skip, mark in enumerate(marks):
        if mark >= first and bisect_left(labels, mark) - bisect_left(labels, first) >= 3:
            return first, marks[skip:]
        following = bisect_left(mains, mark)
        first = mains[following] if following < len(mains) else where.stop
    return first, []


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
    return [
        n
        for n in where
        if paragraphs[n].text[0] == "附"
        and _APPENDIX.match(paragraphs[n].text)
        and not _MENTION.match(paragraphs[n].text)
    ]


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


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells with the caption above them; `at` are the paragraphs it takes."""

    label: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[str, ...]
    at: tuple[int, ...]


def find_tables(paragraphs: Sequence[Paragraph], where: range) -> tuple[Table, ...]:
    """Tables set with tabs or bars: runs of two and more rows, or as wide as the one above."""
    tables: list[Table] = []
    run: list[int] = []
    for n in [*where, -1]:
        if n >= 0 and paragraphs[n].kind == "row":
            run.append(n)
            continue
        goes_on = run and tables and len(_cells(paragraphs[run[0]].text)) == len(tables[-1].header)
        if len(run) > 1 or goes_on:
            tables.append(_table(paragraphs, run, where.start))
        run = []
    return tuple(tables)


def _table(paragraphs: Sequence[Paragraph], run: list[int], floor: int) -> Table:
    cells = [_cells(paragraphs[n].text) for n in run]
    caption = paragraphs[run[0] - 1].text if run[0] > floor else ""
    match = _CAPTION.match(caption)
    label = f"表{match.group('number')}" if match else ""
    title = match.group("title").strip() if match else (caption if caption.endswith("表") else "")
    wide = len(cells[0])
    odd = sum(1 for row in cells if len(row) != wide)
    problems = (f"{odd} 行的格数与表头不同",) if odd else ()
    return Table(
        label,
        title,
        tuple(tight(cell) for cell in cells[0]),
        tuple(tuple(row) for row in cells[1:]),
        problems,
        tuple(run),
    )


def _cells(text: str) -> list[str]:
    if "\t" in text or not ("|" in text or "｜" in text):
        return [_cell(cell) for cell in (text.split("\t") if "\t" in text else cells_of(text))]
    cells = [_cell(cell) for cell in text.split("|" if "|" in text else "｜")]
    if cells:
        cells = cells[1 if not cells[0] else 0 : -1 if not cells[-1] else None]
    return cells


def _cell(text: str) -> str:
    """A cell's words; one blank parts its lines, none where the letters are only spaced."""
    pieces = text.split()
    return "".join(pieces) if all(len(one) == 1 for one in pieces) else " ".join(pieces)
