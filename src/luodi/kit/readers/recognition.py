"""Text of page images: the door a recogniser comes in by, and what becomes of its lines.

Nothing here recognises anything: whoever calls `read` may hand a recogniser in. What it says is
kept apart from what a file says itself: `Source.ocr` names every such line and its confidence.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

from luodi.kit.problems import Problem, Span
from luodi.kit.readers.pdf import page_image
from luodi.kit.readers.ruled.cells import Box, Char
from luodi.kit.readers.ruled.grids import Rule
from luodi.kit.readers.ruled.page import composed
from luodi.kit.readers.sentences import Refusal, check_chars, tell
from luodi.kit.readers.sources import Draft, Form, Limits, Recognised, SourceTable

SCALE = 300 / 72
"""Pixels to a point: 300 dpi, as scanners do."""
MOST_PAGES = 300
"""Pages of a file that are given to a recogniser; it takes seconds for each."""
DOUBTFUL = 0.8
"""Lines of less confidence are named one by one."""
NAMED = 10
SHORT_SIDE = 595.0
"""Points; a page of any resolution is taken for one of A4."""
INSIDE = 0.01
"""A stroke may stand out of its text by this share of the page."""
COLUMN_FILL = 0.6
COLUMN_LINES = 5

_WIDE = str.maketrans("(),;:?!", "（），；：？！")
_HAN = range(0x4E00, 0xA000)


Stroke = tuple[float, float, float]


class Line(NamedTuple):
    """A line of text on an image; its box is left, top, right, bottom as shares of the sides."""

    text: str
    box: Box
    confidence: float


class Seen(NamedTuple):
    """A page of an image: its sides in pixels, its lines of text in any order, its ruled lines.

    Ruled lines are (place, start, end) as shares of the sides of the page turned upright: `turn` is
    by how much (radians, clockwise as seen) its text runs down to the right.
    """

    width: int
    height: int
    lines: Sequence[Line]
    across: Sequence[Stroke] = ()
    down: Sequence[Stroke] = ()
    turn: float = 0.0


class Recogniser(Protocol):
    """From an image (PNG, JPEG, TIFF) to what is seen on each of its pages."""

    def __call__(self, image: bytes) -> Sequence[Seen]: ...


Pages = Mapping[int, Seen]
NOTHING = Seen(1, 1, ())


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
    return replace(read, scans=tuple(n for n in draft.scans if not pages.get(n, NOTHING).lines))


def _asked(recognise: Recogniser, data: bytes, number: int) -> Seen:
    try:
        return next(iter(recognise(page_image(data, number, SCALE))), NOTHING)
    except Exception:  # a page an engine stumbles over is a page without text
        return NOTHING


def _put_in(draft: Draft, pages: Pages, limits: Limits) -> Draft:
    """The draft with lines set at the end of the pages they are of."""
    texts: list[str] = []
    spans: list[Span] = []
    found: list[Recognised] = []
    shifts: list[int] = []
    made: list[SourceTable] = []
    start = 0
    for number, (first, end) in enumerate(draft.pages):
        own = draft.text[first:end].removesuffix("\f")
        page = _page(own, pages.get(number, NOTHING))
        text = page.text
        found += [
            line._replace(span=(line.span[0] + start, line.span[1] + start), page=number)
            for line in page.found
        ]
        made += [table.moved(start) for table in page.tables]
        shifts.append(start - first)
        texts.append(text + "\f")
        spans.append((start, start + len(text) + 1))
        start = spans[-1][1]
        check_chars(start, limits.chars)
    firsts = [first for first, _ in draft.pages]
    moved = [table.moved(shifts[bisect_right(firsts, table.span[0]) - 1]) for table in draft.tables]
    tables = tuple(sorted((*moved, *made), key=lambda table: table.span))
    return replace(draft, text="".join(texts), pages=tuple(spans), tables=tables, ocr=tuple(found))


class _Page(NamedTuple):
    """A page's text, its recognised lines and tables, with places in the page."""

    text: str
    found: list[Recognised]
    tables: list[SourceTable]


def _page(own: str, seen: Seen) -> _Page:
    """A page's own text, the lines it doesn't have yet behind it, and their places."""
    known = {"".join(line.split()) for line in own.splitlines()}
    fresh = [
        line for line in seen.lines if line.text.strip() and "".join(line.text.split()) not in known
    ]
    if not fresh:
        return _Page(own, [], [])
    before = own.rstrip() + "\n" if own.strip() else ""
    chars, owners = _characters(in_rows(fresh, seen), seen)
    read = composed(chars, *_rules(seen), _scale(seen)[1])
    found = [
        Recognised((a + len(before), b + len(before)), line.confidence, 0, line.box)
        for (a, b), line in _runs(read.numbers or (), owners)
    ]
    return _Page(before + read.text, found, [table.moved(len(before)) for table in read.tables])


def _scale(seen: Seen) -> tuple[float, float]:
    """Width and height of the page in points, as if it were of A4."""
    size = SHORT_SIDE / max(min(seen.width, seen.height), 1)
    return seen.width * size, seen.height * size


def _rules(seen: Seen) -> tuple[list[Rule], list[Rule]]:
    """The ruled lines in points; strokes of characters, which stand inside of text, left out."""
    wide, high = _scale(seen)
    boxes = [upright(line, seen) for line in seen.lines]
    turned = [(top, left, bottom, right) for left, top, right, bottom in boxes]
    across = [Rule(at * high, a * wide, b * wide) for at, a, b in _outside(seen.across, boxes)]
    down = [Rule(at * wide, a * high, b * high) for at, a, b in _outside(seen.down, turned)]
    return across, down


def _outside(strokes: Iterable[Stroke], boxes: Sequence[Box]) -> list[Stroke]:
    """Strokes that no box holds; both lie along the first axis of the boxes."""
    return [
        (at, start, end)
        for at, start, end in strokes
        if all(map(math.isfinite, (at, start, end)))
        and not any(
            top < at < bottom and left - INSIDE < start and end < right + INSIDE
            for left, top, right, bottom in boxes
        )
    ]


def _characters(rows: Sequence[Sequence[Line]], seen: Seen) -> tuple[list[Char], list[Line]]:
    """The characters with their places in points, and the line each of them is of."""
    chars: list[Char] = []
    owners: list[Line] = []
    wide, high = _scale(seen)
    for row in rows:
        last: Line | None = None
        for line in row:
            if last and _apart(last, line):
                chars += [Char(-1, " ", None)] * 2
            left, top, right, bottom = upright(line, seen)
            text = _as_printed(line.text)
            steps = [0.0, *accumulate(0.5 if char.isascii() else 1.0 for char in text)]
            step = (right - left) / steps[-1]
            for char, a, b in zip(text, steps, steps[1:], strict=False):
                box = (left + a * step) * wide, top * high, (left + b * step) * wide, bottom * high
                chars.append(Char(len(owners), char, box))
                owners.append(line)
            last = line
        chars.append(Char(-1, "\n", None))
    return chars, owners


def _runs(numbers: Sequence[int], owners: Sequence[Line]) -> Iterator[tuple[Span, Line]]:
    """The stretches of a text that are of one line; a line over several cells has several."""
    start, line = 0, None
    for place, number in enumerate((*numbers, -1)):
        here = owners[number] if number >= 0 else None
        if here is not line:
            if line is not None:
                yield (start, place), line
            start, line = place, here


def upright(line: Line, seen: Seen) -> Box:
    """The box of a line on the page turned upright about its middle."""
    left, top, right, bottom = line.box
    slope = math.tan(seen.turn) if math.isfinite(seen.turn) else 0.0
    lift = slope * ((left + right) / 2 - 0.5) * seen.width / max(seen.height, 1)
    drift = slope * ((top + bottom) / 2 - 0.5) * seen.height / max(seen.width, 1)
    return left + drift, top - lift, right + drift, bottom - lift


def _as_printed(text: str) -> str:
    """A line without breaks, with the full-width signs that stand beside Chinese characters."""
    flat = " ".join(text.split())
    chars = list(flat)
    for n, char in enumerate(flat):
        beside = flat[max(0, n - 1) : n] + flat[n + 1 : n + 2]
        if char in "(),;:?!" and any(ord(other) in _HAN for other in beside):
            chars[n] = char.translate(_WIDE)
    return "".join(chars)


def in_rows(lines: Iterable[Line], seen: Seen = NOTHING) -> list[list[Line]]:
    """Lines in reading order: column after column, from the top, in a row from the left."""

    def place(line: Line) -> tuple[float, float]:
        box = upright(line, seen)
        return box[1] + box[3], box[0]

    ordered = sorted(lines, key=place)
    columns = _columns(ordered)
    if columns:
        return [row for column in columns for row in _in_rows_of(column, seen)]
    return _in_rows_of(ordered, seen)


def _in_rows_of(ordered: Sequence[Line], seen: Seen) -> list[list[Line]]:
    """Lines that go down the page, those at one height put in a row."""
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and _level(upright(rows[-1][0], seen), upright(line, seen)):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box[0]) for row in rows]


def _level(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > 0.5 * min(one[3] - one[1], other[3] - other[1])


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
