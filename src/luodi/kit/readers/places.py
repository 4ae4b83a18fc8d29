"""Where spans of a text stand on the pages of its file: boxes to lay over a page's image."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple
from zipfile import BadZipFile

from luodi.kit.problems import Span
from luodi.kit.readers.forms import picture_suffix
from luodi.kit.readers.ofd import ofd_pages
from luodi.kit.readers.pdf import Position, pdf_pages
from luodi.kit.readers.ruled.cells import Box
from luodi.kit.readers.ruled.page import PageText
from luodi.kit.readers.sentences import Refusal
from luodi.kit.readers.sources import Recognised

WORD_GAP = 2.0
"""A gap wider than this many times the height of a line parts two boxes on it."""

Shown = tuple[int, PageText, float, float, list[Position]]
"""Page, its text, width, height, its characters; offsets count from the page's first one."""


class Mark(NamedTuple):
    """What a span covers of a page: page (from 0), its size in points, a box for each line.

    Boxes are left, top, right, bottom in points on the page as displayed, from its top left corner.
    """

    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]


def marks(
    data: bytes, pages: Sequence[Span], spans: Iterable[Span], ocr: Sequence[Recognised] = ()
) -> tuple[Mark, ...]:
    """Where spans of `Source.text` stand, page by page; `pages` are `Source.pages` of `data`.

    Only the pages that the spans touch are opened. A page that no longer reads as long as `pages`
    says (it was read by another version) is left out, as are spans beyond the text. Of a page with
    recognised lines (`ocr` is `Source.ocr`) whole lines are marked, on a page 1 wide and 1 high.
    Raises ValueError for bytes that are no readable PDF or OFD.
    """
    wanted = sorted(span for span in spans if span[0] < span[1])
    starts = [start for start, _ in pages]
    touched = {
        number
        for start, end in wanted
        for number in range(max(bisect_right(starts, start) - 1, 0), bisect_right(starts, end - 1))
    }
    pictured = {line.page for line in ocr}
    marked = [_on_picture(number, ocr, wanted) for number in sorted(touched & pictured)]
    written = _shown(data, sorted(touched - pictured)) if touched - pictured else ()
    found = (*marked, *(_mark(shown, pages[shown[0]], wanted) for shown in written))
    return tuple(sorted(mark for mark in found if mark))


def _on_picture(number: int, ocr: Sequence[Recognised], wanted: Sequence[Span]) -> Mark | None:
    lines = [(line.span, line.box) for line in ocr if line.page == number]
    boxes = [box for span in wanted for box in _of_lines(span, lines, (1.0, 1.0))]
    return Mark(number, 1.0, 1.0, tuple(dict.fromkeys(boxes))) if boxes else None


def _shown(data: bytes, numbers: Collection[int]) -> Iterator[Shown]:
    if picture_suffix(data):
        return
    if not data.startswith(b"PK"):
        yield from pdf_pages(data, numbers)
        return
    try:
        for number, page in ofd_pages(data, numbers):
            boxes = {char.number: char.box for char in page.chars if char.box}
            places = [
                (place, place + 1, *boxes[index])
                for place, index in enumerate(page.text.numbers or ())
                if index in boxes
            ]
            yield number, page.text, page.width, page.height, places
    except (Refusal, BadZipFile) as error:
        raise ValueError("not a readable OFD") from error


def boxes_on(
    data: bytes,
    number: int,
    page: Span,
    spans: Sequence[Span],
    ocr: Sequence[tuple[Span, Box]] = (),
    size: tuple[float, float] = (1.0, 1.0),
) -> tuple[tuple[Box, ...], ...]:
    """For each of the spans of `Source.text`, in their order, the boxes it has on one page.

    The page's `number` counts from 0; `page` is its span in the text. No boxes where there is no
    such page or it no longer reads as long as that (it was read by another version). Boxes as in
    `Mark`. Of a page that was recognised, `ocr` has the lines with their boxes (shares of its
    sides) and `size` its width and height: whole lines are marked. Raises ValueError for bytes
    that are no readable PDF or OFD.
    """
    if ocr:
        return tuple(_of_lines(span, ocr, size) for span in spans)
    for shown in _shown(data, [number]):
        return tuple(map(tuple, _boxes(shown, page, spans)))
    return tuple(() for _ in spans)


def _of_lines(
    span: Span, ocr: Sequence[tuple[Span, Box]], size: tuple[float, float]
) -> tuple[Box, ...]:
    wide, high = size
    return tuple(
        (left * wide, top * high, right * wide, bottom * high)
        for (start, end), (left, top, right, bottom) in ocr
        if span[0] < end and start < span[1]
    )


def _mark(shown: Shown, page: Span, wanted: Sequence[Span]) -> Mark | None:
    number, _, width, height, _ = shown
    boxes = tuple(box for lines in _boxes(shown, page, wanted) for box in lines)
    return Mark(number, width, height, boxes) if boxes else None


def _boxes(shown: Shown, page: Span, spans: Iterable[Span]) -> Iterator[list[Box]]:
    _, text, _, _, found = shown
    fits = len(text.text) + 1 == page[1] - page[0]
    starts = [start + page[0] for start, *_ in found] if fits else []
    for start, end in spans:
        inside = found[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
        yield list(_lines(inside))


def _lines(found: Sequence[Position]) -> Iterator[Box]:
    """One box for the characters of each line."""
    line: Box | None = None
    for *_, x0, y0, x1, y1 in found:
        if line and _is_beside(line, (x0, y0, x1, y1)):
            line = min(line[0], x0), min(line[1], y0), max(line[2], x1), max(line[3], y1)
            continue
        if line:
            yield line
        line = x0, y0, x1, y1
    if line:
        yield line


def _is_beside(line: Box, box: Box) -> bool:
    height = max(line[3] - line[1], box[3] - box[1])
    level = min(line[3], box[3]) - max(line[1], box[1]) > height / 2
    return level and max(line[0], box[0]) - min(line[2], box[2]) < WORD_GAP * height
