"""What a reader hands back: the text of a file, its pages and its tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from luodi.kit.problems import Problem, Span

Form = Literal["txt", "docx", "html", "pdf", "xlsx", "ofd", "image"]
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much a reader takes in before it refuses. Bytes, characters, counts."""

    file_bytes: int = 50 * MEGABYTE
    chars: int = 20_000_000
    pages: int = 5_000
    entries: int = 10_000
    """Entries in a zip."""
    unpacked_bytes: int = 300 * MEGABYTE
    """All entries of a zip together."""
    part_bytes: int = 64 * MEGABYTE
    """The parts of a zip that are read, together."""
    ratio: int = 200
    """Unpacked to packed size of one entry, looked at from `ratio_floor` bytes on."""
    ratio_floor: int = 8 * MEGABYTE


@dataclass(frozen=True)
class SourceTable:
    """A table: its place in the text and its cells.

    In the text a row is a line and cells are parted by tabs. A cell string is as long as its text;
    where the text has a space the cell may have a line break (paragraphs inside a cell). Cells
    covered by a merged one are empty strings.
    """

    span: Span
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[Span, frozenset[int]], ...] = ()
    """Rows with cells that go on from the row above: the row's place in the text, the columns."""

    def moved(self, by: int) -> SourceTable:
        """The table in a text with so many more characters before it."""
        merged = tuple(((a + by, b + by), columns) for (a, b), columns in self.merged)
        return replace(self, span=(self.span[0] + by, self.span[1] + by), merged=merged)


class Recognised(NamedTuple):
    """A line that was recognised on a page's image, not read: how sure the recogniser is of it.

    `confidence` is 0 to 1; `page` counts from 0; `box` is left, top, right, bottom as shares of the
    page's width and height.
    """

    span: Span
    confidence: float
    page: int
    box: tuple[float, float, float, float]

    def moved(self, by: int, page: int) -> Recognised:
        """The line on another page, in a text with so many more characters before it."""
        return self._replace(span=(self.span[0] + by, self.span[1] + by), page=page)


@dataclass(frozen=True)
class Source:
    """A file that was read. All spans are code-point offsets into `text`; `pages` tile it."""

    name: str
    sha256: str
    form: Form
    text: str
    pages: tuple[Span, ...]
    encoding: str | None = None
    tables: tuple[SourceTable, ...] = ()
    ocr: tuple[Recognised, ...] = ()
    """Lines whose text was recognised; every figure in them has to be confirmed by a person."""

    @property
    def chars(self) -> int:
        """Number of code points of the text."""
        return len(self.text)


@dataclass(frozen=True)
class Draft:
    """What one form's reader found, before the checks every form shares."""

    text: str
    pages: tuple[Span, ...]
    encoding: str | None = None
    tables: tuple[SourceTable, ...] = ()
    headers: tuple[str, ...] = ()
    """Lines printed above the text (running heads), looked at for markings only."""
    scans: tuple[int, ...] = ()
    """Pages (from 0) that are a picture of text."""
    ocr: tuple[Recognised, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
