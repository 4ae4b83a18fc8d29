"""The pages of a document as handed in: their sizes, their pictures, and what is marked on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luodi.common.drawing import draw_page
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.documents.queries import content_of
from luodi.kit.readers import Box, boxes_on, page_sizes
from luodi.orgs.rules import Viewer
from luodi.reading.models import Compilation, Document, ReviewCard
from luodi.reading.rules.exhibits import exhibits_of, marks_of
from luodi.reading.rules.paragraphs import Mark

from .cards import spans_of
from .documents import state_for
from .marks import findings_beside

PDF = "application/pdf"
MOST_TALL = 12_000
"""The greatest height of a page picture in pixels."""
WIDTHS = (900, 1800, 2700)
"""Widths of page pictures in pixels: the browser takes what its screen and zoom ask for."""


@dataclass(frozen=True)
class Sheet:
    """A page of the original: its number from 1, its span of the text, its size in points."""

    number: int
    start: int
    end: int
    width: float
    height: float


@dataclass(frozen=True)
class Marked:
    """What is marked on a page for one card, finding or asked place."""

    token: str
    lines: list[Box]

    @property
    def outline(self) -> str:
        """The boxes of its lines as the path of a drawing."""
        return "".join(
            f"M{x0:.2f} {y0:.2f}H{x1:.2f}V{y1:.2f}H{x0:.2f}Z" for x0, y0, x1, y1 in self.lines
        )


@dataclass(frozen=True)
class MarkedSheet:
    """A page with all that is marked on it, the widest first; `why` where nothing can be."""

    sheet: Sheet
    marked: list[Marked]
    why: str = ""


def has_sheets(document: Document) -> bool:
    """True where the original has pages that can be shown: a PDF."""
    return bool(document.file.media_type == PDF)


def sheets_of(document: Document, pages: Sequence[Sequence[int]]) -> list[Sheet]:
    """The pages of an original in order; none where it isn't a PDF or can't be opened."""
    if not has_sheets(document):
        return []
    try:
        sizes = page_sizes(content_of(document.file))
    except (NotFound, IndexError, ValueError):
        return []
    return [
        Sheet(number, start, end, width, height)
        for number, ((start, end), (width, height)) in enumerate(
            zip(pages, sizes, strict=False), start=1
        )
    ]


def _known(viewer: Viewer, key: str, moment: Moment) -> Document:
    document = state_for(viewer, key, moment).document
    if not has_sheets(document):
        raise NotFound(_("这份文件不是 PDF，没有版面图；文字在阅读室里。"))
    return document


def sheet_version(viewer: Viewer, key: str, moment: Moment) -> str:
    """What the pictures of a document depend on: its bytes. `NotFound` outside of the scope."""
    return _known(viewer, key, moment).sha256


def sheet_picture(viewer: Viewer, key: str, number: int, width: int, moment: Moment) -> bytes:
    """The picture of a page (from 1) as a PNG, `width` pixels wide.

    `NotFound` outside of the viewer's reach, for a page or width there isn't, and for a page that
    can't be drawn in time.
    """
    document = _known(viewer, key, moment)
    if width not in WIDTHS:
        raise NotFound(_("没有这个宽度的版面图。"))
    data = content_of(document.file)
    try:
        across, down = page_sizes(data)[number - 1] if number > 0 else (0.0, 0.0)
        scale = min(width / max(across, 1.0), MOST_TALL / max(down, 1.0))
        return draw_page(data, number - 1, scale)
    except (IndexError, ValueError) as error:
        raise NotFound(
            _("第 %(n)d 页没有版面图：没有这一页，原件损坏，或者图形太多画不出来。") % {"n": number}
        ) from error


def marked_sheet(
    viewer: Viewer, key: str, number: int, moment: Moment, at: tuple[int, int] | None = None
) -> MarkedSheet:
    """A page (from 1) with the boxes of the cards and findings that speak of it."""
    document = _known(viewer, key, moment)
    compilation = Compilation.objects.at(moment).filter(document=key).latest("act")
    if not 0 < number <= len(compilation.pages):
        raise NotFound(_("这份文件没有第 %(n)d 页。") % {"n": number})
    start, end = compilation.pages[number - 1]
    marks = _marks_of(compilation, moment) + ([Mark(*at, "at")] if at else [])
    marks = [mark for mark in marks if mark.start < end and mark.end > start]
    marks.sort(key=lambda mark: (mark.start - mark.end, mark.start))
    data = content_of(document.file)
    try:
        width, height = page_sizes(data)[number - 1]
        spans = [(mark.start, mark.end) for mark in marks]
        lines = _recognised(compilation, number - 1)
        boxes = boxes_on(data, number - 1, (start, end), spans, lines, (width, height))
    except (IndexError, ValueError):
        empty = Sheet(number, start, end, 1, 1)
        return MarkedSheet(empty, [], _("原件损坏，这一页不能标出条目；文字在“文字”里。"))
    found: dict[str, list[Box]] = {}
    for mark, lines in zip(marks, boxes, strict=True):
        found.setdefault(mark.token, []).extend(lines)
    return MarkedSheet(
        Sheet(number, start, end, width, height),
        [Marked(token, lines) for token, lines in found.items() if lines],
    )


def _recognised(compilation: Compilation, page: int) -> list[tuple[tuple[int, int], Box]]:
    """The recognised lines of a page (from 0) with their boxes, as shares of its sides."""
    return [
        (tuple(line["span"]), tuple(line["box"]))
        for line in compilation.content.get("source", {}).get("ocr", [])
        if line["page"] == page
    ]


def _marks_of(compilation: Compilation, moment: Moment) -> list[Mark]:
    cards = ReviewCard.objects.filter(document=compilation.document_id)
    marks = [Mark(s, e, f"c{card.pk}") for card in cards for s, e in spans_of(card)]
    findings = findings_beside(compilation.document_id, moment)
    marks += [Mark(s, e, finding.token) for finding in findings for s, e in finding.spans]
    return marks + marks_of(exhibits_of(compilation.content))
