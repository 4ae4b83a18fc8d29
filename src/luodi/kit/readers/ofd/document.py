"""Reading an OFD: pages in order, templates where they first appear, pictures told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luodi.kit.problems import Problem, Span
from luodi.kit.readers.archives import Archive
from luodi.kit.readers.ofd.flow import in_lines
from luodi.kit.readers.ofd.objects import POINT, Drawing
from luodi.kit.readers.ofd.parts import Book, Package
from luodi.kit.readers.ruled.cells import Char
from luodi.kit.readers.ruled.page import PageText, composed
from luodi.kit.readers.sentences import Refusal, check_chars, tell
from luodi.kit.readers.sources import Draft, Limits, SourceTable

CIPHERED = ("Encryptions.xml", "encryptions.xml", "Decryptseed.dat", "EncryptInfo.xml")


class ReadPage(NamedTuple):
    """A page: its text, its characters by the numbers in `text.numbers`, its size in points."""

    text: PageText
    chars: list[Char]
    width: float
    height: float
    pictures: int
    heads: tuple[str, ...]


def read_ofd(data: bytes, limits: Limits) -> Draft:
    """Read an OFD. Each page ends with a form feed, so the pages tile the text.

    Tables drawn with lines are rows of cells. What a template draws on many pages (running heads)
    is in the text of the first one only. Signatures are not verified, annotations not read.
    """
    archive = Archive(data, limits)
    if any(archive.names("", name) for name in CIPHERED):
        raise Refusal("source.encrypted")
    package = Package(archive)
    texts: list[str] = []
    spans: list[Span] = []
    tables: list[SourceTable] = []
    without: list[int] = []
    heads: dict[str, None] = {}
    pictures = start = 0
    for page in pages_of(package, limits):
        text = page.text.text
        if page.pictures and not text.strip():
            without.append(len(spans))
        pictures += page.pictures
        heads.update(dict.fromkeys(page.heads))
        texts.append(text + "\f")
        tables += [table.moved(start) for table in page.text.tables]
        spans.append((start, start + len(text) + 1))
        start = spans[-1][1]
        check_chars(start, limits.chars)
    if not any(text.strip() for text in texts):
        raise Refusal("source.ofd_no_text")
    problems = _told(package, without, pictures)
    return Draft(
        text="".join(texts),
        pages=tuple(spans),
        tables=tuple(tables),
        headers=tuple(heads),
        scans=tuple(without),
        problems=problems,
    )


def _told(package: Package, without: list[int], pictures: int) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    if pictures > len(without):
        problems.append(tell("source.pictures", count=pictures - len(without)))
    if package.annotated:
        problems.append(tell("source.annotations", count=package.annotated))
    problems += [tell("source.part_unread", part=path) for path in package.broken[:10]]
    return tuple(problems)


def pages_of(package: Package, limits: Limits) -> Iterator[ReadPage]:
    """The pages of all documents of the package, in order."""
    books = package.books()
    if not books:
        raise Refusal("source.damaged")
    count = sum(len(book.pages) for book in books)
    if count > limits.pages:
        raise Refusal("source.too_large", found=f"共 {count} 页", limit=f"{limits.pages} 页")
    for book in books:
        seen: set[int] = set()
        for path in book.pages:
            yield read_page(package, book, path, seen)


def read_page(package: Package, book: Book, path: str, seen: set[int]) -> ReadPage:
    """A page with the templates that none of the `seen` ones before it has drawn."""
    page = package.page(book, path)
    drawing = Drawing(book.units, (page.box[0], page.box[1]))
    for key in page.templates:
        if key in book.templates and key not in seen:
            seen.add(key)
            drawing.page(package.page(book, book.templates[key]).content)
    heads = _heads(drawing)
    drawing.page(page.content)
    drawn = drawing.drawn
    chars = in_lines(drawn.glyphs)
    width, height = page.box[2] * POINT, page.box[3] * POINT
    text = composed(chars, drawn.across, drawn.down, height)
    return ReadPage(text, chars, width, height, drawn.pictures, heads)


def _heads(drawing: Drawing) -> tuple[str, ...]:
    """The lines that templates have drawn."""
    text = "".join(char.text for char in in_lines(drawing.drawn.glyphs))
    return tuple(text.splitlines())
