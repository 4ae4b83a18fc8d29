"""The pages of an OFD again, one by one, for the places of their characters."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from luodi.kit.readers.archives import Archive
from luodi.kit.readers.ofd.document import ReadPage, read_page
from luodi.kit.readers.ofd.parts import Package
from luodi.kit.readers.sources import Limits


def ofd_pages(data: bytes, wanted: Collection[int]) -> Iterator[tuple[int, ReadPage]]:
    """The wanted pages (from 0) with their numbers; of the others only templates are looked at."""
    package = Package(Archive(data, Limits()))
    last = max(wanted, default=-1)
    number = -1
    for book in package.books():
        seen: set[int] = set()
        for path in book.pages:
            number += 1
            if number > last:
                return
            if number in wanted:
                yield number, read_page(package, book, path, seen)
            else:
                seen.update(package.page(book, path).templates)
