"""Lists as offices keep them: one thing a row, the columns found by their heads."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile

from luodi.kit.grids import read_grid, too_large
from luodi.kit.refusals import Refusal

from .refusals import Incomplete, in_words

Line = tuple[int, dict[str, str]]
"""Number of the row in the sheet, and what it says by column."""
Rows = Iterable[tuple[int, Sequence[str]]]
Read = TypeVar("Read")

HEAD_WITHIN = 10
"""The head stands in one of so many first rows: above it there may be a title."""


def lines_under(
    rows: Rows, columns: Callable[[Sequence[str]], Mapping[str, int]], blank: str = ""
) -> list[Line] | None:
    """The lines below a head, as written in normal widths; None where no row near the top is one.

    `columns` says for a row of texts where each column stands, nothing where it is no head.
    `blank` are signs that stand for nothing in a cell.
    """
    named: Mapping[str, int] = {}
    found: list[Line] = []
    for tried, (number, cells) in enumerate(rows):
        texts = [unicodedata.normalize("NFKC", text).strip().strip(blank or None) for text in cells]
        if not named:
            named = columns(texts)
            if not named and tried >= HEAD_WITHIN:
                return None
            continue
        line = {name: texts[at] if at < len(texts) else "" for name, at in named.items()}
        if any(line.values()):
            found.append((number, line))
    return found if named else None


def named_columns(texts: Sequence[str], heads: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each column stands in a row, by what its head may say; the first such head counts."""
    plain = {
        unicodedata.normalize("NFKC", one): name for name, said in heads.items() for one in said
    }
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        if text in plain:
            found.setdefault(plain[text], place)
    return found


def list_in(file: UploadedFile, read: Callable[[Rows], Read | None]) -> Read | None:
    """What `read` makes of the first sheet of an uploaded list in which it finds a head.

    `Incomplete` where the file is too large or can't be read.
    """
    size = too_large(file.size or 0)
    if size is not None:
        raise Incomplete(in_words(size), size.code)
    return list_from(file.name or "", file.read(), read)


def list_from(name: str, data: bytes, read: Callable[[Rows], Read | None]) -> Read | None:
    """The same for bytes that are there already."""
    grid = read_grid(name, data)
    if isinstance(grid, Refusal):
        raise Incomplete(in_words(grid), grid.code)
    for sheet in grid.shown:
        found = read((number, [cell.text for cell in row]) for number, row in sheet.rows())
        if found is not None:
            return found
    return None
