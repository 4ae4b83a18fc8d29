"""Text of page images: the door a recogniser comes in by, and what becomes of its lines.

Nothing here recognises anything: whoever calls `read` may hand a recogniser in. What it says is
kept apart from what a file says itself: `Source.ocr` names every such line and its confidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, Protocol

from luodi.kit.problems import Problem, Span
from luodi.kit.readers.pdf import page_image
from luodi.kit.readers.ruled.cells import Box
from luodi.kit.readers.sentences import Refusal, check_chars, tell
from luodi.kit.readers.sources import Draft, Form, Limits, Recognised

SCALE = 300 / 72
"""Pixels to a point: 300 dpi, as scanners do."""
MOST_PAGES = 300
"""Pages of a file that are given to a recogniser; it takes seconds for each."""
DOUBTFUL = 0.8
"""Lines of less confidence are named one by one."""
NAMED = 10
COLUMN_FILL = 0.6
COLUMN_LINES = 5

_WIDE = str.maketrans("(),;:?!", "（），；：？！")
_HAN = range(0x4E00, 0xA000)


class Line(NamedTuple):
    """A line on an image. The box is left, top, right, bottom as shares of width and height."""

    text: str
    box: Box
    confidence: float


class Recogniser(Protocol):
    """From an image (PNG, JPEG, TIFF) to the lines on each of its pages, in any order."""

    def __call__(self, image: bytes) -> Sequence[Sequence[Line]]: ...


Pages = Mapping[int, Sequence[Line]]


def read_image(data: bytes, limits: Limits, recognise: Recogniser | None) -> Draft:
    """Read a picture of one or more pages."""
    if recognise is None:
        raise Refusal("source.image")
    pages = dict(enumerate(recognise(data)[: limits.pages]))
    blank = Draft("\f" * len(pages), tuple((n, n + 1) for n in pages))
    draft = _put_in(blank, pages, limits)
    if not draft.ocr:
        raise Refusal("source.image_without_text")
    return draft


def with_scans(
    draft: Draft, data: bytes, form: Form, limits: Limits, recognise: Recogniser
) -> Draft:
    """The draft of a PDF with the text of its scanned pages; of other forms as it is."""
    if form != "pdf" or not draft.scans:
        return draft
    pages = {number: _asked(recognise, data, number) for number in draft.scans[:MOST_PAGES]}
    read = _put_in(draft, pages, limits)
    return replace(read, scans=tuple(n for n in draft.scans if not pages.get(n)))


def _asked(recognise: Recogniser, data: bytes, number: int) -> Sequence[Line]:
    try:
        return next(iter(recognise(page_image(data, number, SCALE))), ())
    except Exception:  # a page an engine stumbles over is a page without text
        return ()


def _put_in(draft: Draft, pages: Pages, limits: Limits) -> Draft:
    """The draft with lines set at the end of the pages they are of."""
    texts: list[str] = []
    spans: list[Span] = []
    found: list[Recognised] = []
    shifts: list[int] = []
    start = 0
    for number, (first, end) in enumerate(draft.pages):
        own = draft.text[first:end].removesuffix("\f")
        text, lines = _page(own, pages.get(number, ()))
        found += [
            Recognised((a + start, b + start), line.confidence, number, line.box)
            for (a, b), line in lines
        ]
        shifts.append(start - first)
        texts.append(text + "\f")
        spans.append((start, start + len(text) + 1))
        start = spans[-1][1]
        check_chars(start, limits.chars)
    firsts = [first for first, _ in draft.pages]
    tables = tuple(
        table.moved(shifts[bisect_right(firsts, table.span[0]) - 1]) for table in draft.tables
    )
    return replace(draft, text="".join(texts), pages=tuple(spans), tables=tables, ocr=tuple(found))


def _page(own: str, lines: Sequence[Line]) -> tuple[str, list[tuple[Span, Line]]]:
    """A page's own text, the lines it doesn't have yet behind it, and their places."""
    known = {"".join(line.split()) for line in own.splitlines()}
    fresh = [
        line for line in lines if line.text.strip() and "".join(line.text.split()) not in known
    ]
    parts = [own.rstrip() + "\n"] if fresh and own.strip() else [own]
    at = len(parts[0])
    placed: list[tuple[Span, Line]] = []
    for row in in_rows(fresh):
        last: Line | None = None
        for line in row:
            gap = "" if last is None else ("  " if _apart(last, line) else "")
            text = _as_printed(line.text)
            parts += [gap, text]
            at += len(gap)
            placed.append(((at, at + len(text)), line))
            at += len(text)
            last = line
        parts.append("\n")
        at += 1
    return "".join(parts), placed


def _as_printed(text: str) -> str:
    """A line without breaks, with the full-width signs that stand beside Chinese characters."""
    flat = " ".join(text.split())
    chars = list(flat)
    for n, char in enumerate(flat):
        beside = flat[max(0, n - 1) : n] + flat[n + 1 : n + 2]
        if char in "(),;:?!" and any(ord(other) in _HAN for other in beside):
            chars[n] = char.translate(_WIDE)
    return "".join(chars)


def in_rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines in reading order: column after column, from the top, in a row from the left."""
    ordered = sorted(lines, key=lambda line: (line.box[1] + line.box[3], line.box[0]))
    columns = _columns(ordered)
    if columns:
        return [row for column in columns for row in in_rows_of(column)]
    return in_rows_of(ordered)


def in_rows_of(ordered: Sequence[Line]) -> list[list[Line]]:
    """Lines that go down the page, those at one height put in a row."""
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and _level(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box[0]) for row in rows]


def _level(one: Line, other: Line) -> bool:
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared > 0.5 * min(one.box[3] - one.box[1], other.box[3] - other.box[1])


def _apart(last: Line, line: Line) -> bool:
    """Whether a gap is wider than a character; widths and heights are shares of unlike sides."""
    wide = (last.box[2] - last.box[0]) / max(len(last.text), 1)
    return line.box[0] - last.box[2] > wide


def _columns(ordered: Sequence[Line]) -> list[list[Line]]:
    """Two columns of running text with what stands above and below them; empty where it is one."""
    left = min((line.box[0] for line in ordered), default=0.0)
    right = max((line.box[2] for line in ordered), default=0.0)
    middle = (left + right) / 2
    crossing = [n for n, line in enumerate(ordered) if line.box[0] < middle < line.box[2]]
    edges = [-1, *crossing, len(ordered)]
    first, last = max(pairwise(edges), key=lambda edge: edge[1] - edge[0])
    inside = ordered[first + 1 : last]
    halves = [[x for x in inside if x.box[2] <= middle], [x for x in inside if x.box[0] >= middle]]
    if any(len(half) < COLUMN_LINES or not _fills(half, middle - left) for half in halves):
        return []
    return [list(ordered[: first + 1]), *halves, list(ordered[last:])]


def _fills(half: Sequence[Line], width: float) -> bool:
    """Whether most lines are nearly as wide as the column: text, not cells of a table."""
    wide = [line for line in half if line.box[2] - line.box[0] > COLUMN_FILL * width]
    return len(wide) * 2 > len(half)


def notes_of(draft: Draft) -> tuple[Problem, ...]:
    """What a person must know of a text with recognised lines in it."""
    if not draft.ocr:
        return ()
    numbers = sorted({line.page for line in draft.ocr})
    pages = "、".join(str(number + 1) for number in numbers)
    spans = tuple(draft.pages[number] for number in numbers)
    notes = [tell("source.recognised", spans, pages=pages, count=len(draft.ocr))]
    doubtful = [line.span for line in draft.ocr if line.confidence < DOUBTFUL]
    if doubtful:
        named = "、".join(f"“{draft.text[a:b]}”" for a, b in doubtful[:NAMED])
        notes.append(tell("source.ocr_doubtful", tuple(doubtful), count=len(doubtful), lines=named))
    return tuple(notes)
