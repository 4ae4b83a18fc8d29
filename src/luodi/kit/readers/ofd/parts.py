"""The parts of an OFD package: its documents, their pages, what pages share.

Names are looked at without their namespace, which differs between versions (GB/T 33190-2016, 7).
"""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from luodi.kit.readers.archives import Archive
from luodi.kit.readers.markup import Element, local, parse_xml, whole
from luodi.kit.readers.sentences import Refusal

FARTHEST = 1e6
"""Millimetres; what is farther out is taken as 0."""
A4 = (0.0, 0.0, 210.0, 297.0)

Numbers = tuple[float, ...]


def numbers(text: str | None, count: int, default: Numbers) -> Numbers:
    """Numbers of an attribute parted by blanks; the default where they aren't so many."""
    parts = (text or "").split()
    return tuple(map(number, parts)) if len(parts) == count else default


def number(text: str | None, default: float = 0.0) -> float:
    """A number of an attribute; the default for what is none or is out of this world."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) <= FARTHEST else default


@dataclass(frozen=True, slots=True)
class Page:
    """A page's content, the templates it is drawn on by their numbers, and its size."""

    content: Element | None
    templates: tuple[int, ...]
    box: Numbers


@dataclass
class Book:
    """A document: where its pages and templates lie, and drawings shared by pages."""

    pages: list[str]
    box: Numbers
    templates: dict[int, str] = field(default_factory=dict)
    units: dict[int, Element] = field(default_factory=dict)


class Package:
    """Reads parts by their paths; a path that leads out of the package has no part."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.broken: list[str] = []
        self.annotated = 0
        """Characters in annotations and stamps' pictures, which are not read."""

    def part(self, path: str) -> Element | None:
        """The root of a part, None where there is none; a broken one is noted."""
        data = self._archive.part(path)
        if data is None:
            return None
        try:
            return parse_xml(data)
        except etree.XMLSyntaxError:
            self.broken.append(path)
            return None

    def books(self) -> list[Book]:
        """The documents of the package in order."""
        root = self.part("OFD.xml")
        if root is None:
            raise Refusal("source.damaged")
        paths = [one.text or "" for one in root.iter() if local(one) == "DocRoot"]
        return [book for path in paths if (book := self._book(beside("", path)))]

    def _book(self, path: str) -> Book | None:
        root = self.part(path)
        if root is None:
            return None
        common = [part for child in root if local(child) == "CommonData" for part in child]
        box = next((area_of(part) for part in common if local(part) == "PageArea"), A4)
        book = Book([], box)
        for child in root:
            if local(child) == "Pages":
                book.pages = [beside(path, one.get("BaseLoc") or "") for one in child]
            elif local(child) == "Annotations":
                self._annotations(beside(path, child.text or ""))
        for part in common:
            if local(part) == "TemplatePage":
                key = whole(part.get("ID"), -1)
                book.templates[key] = beside(path, part.get("BaseLoc") or "")
            elif local(part) in ("PublicRes", "DocumentRes"):
                self._units(book, beside(path, part.text or ""))
        return book

    def _units(self, book: Book, path: str) -> None:
        """Drawings with a number that pages may use again (CompositeGraphicUnit)."""
        root = self.part(path)
        for one in () if root is None else root.iter():
            if local(one) == "CompositeGraphicUnit":
                book.units[whole(one.get("ID"), -1)] = one

    def _annotations(self, path: str) -> None:
        root = self.part(path)
        for one in () if root is None else root.iter():
            if local(one) == "FileLoc":
                notes = self.part(beside(path, one.text or ""))
                codes = () if notes is None else notes.iter()
                self.annotated += sum(
                    len("".join((code.text or "").split()))
                    for code in codes
                    if local(code) == "TextCode"
                )

    def page(self, book: Book, path: str) -> Page:
        """A page, or a template, which is of the same form."""
        root = self.part(path)
        if root is None:
            return Page(None, (), book.box)
        templates = tuple(
            whole(one.get("TemplateID"), -1) for one in root if local(one) == "Template"
        )
        content = next((one for one in root if local(one) == "Content"), None)
        box = next((area_of(one) for one in root if local(one) == "Area"), book.box)
        return Page(content, templates, box)


def beside(path: str, target: str) -> str:
    """The path that `target`, written in the part at `path`, means inside the package."""
    target = target.strip()
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def area_of(area: Element) -> Numbers:
    """The box of a page in millimetres: left, top, width, height."""
    physical = next((one.text for one in area if local(one) == "PhysicalBox"), None)
    box = numbers(physical, 4, A4)
    return box if box[2] > 0 and box[3] > 0 else A4


def layers(content: Element | None) -> Iterator[Element]:
    """The layers of a page: background, body, foreground (7.7)."""
    order = {"Background": 0, "Foreground": 2}
    found: Sequence[Element] = (
        () if content is None else [x for x in content if local(x) == "Layer"]
    )
    yield from sorted(found, key=lambda layer: order.get(layer.get("Type") or "", 1))
