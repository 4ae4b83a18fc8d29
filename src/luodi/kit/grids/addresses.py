"""Addresses as Excel writes them: B7 is row 7, column 2; both count from 1."""

from __future__ import annotations

import re
from functools import lru_cache

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})", re.ASCII)


@lru_cache(maxsize=MOST_COLUMNS)
def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA. ValueError outside of a sheet."""
    if not 0 < column <= MOST_COLUMNS:
        raise ValueError(f"a sheet has no column {column}")
    written = ""
    while column:
        column, rest = divmod(column - 1, 26)
        written = chr(65 + rest) + written
    return written


def address(row: int, column: int) -> str:
    """The address of a place: `address(7, 2)` is B7."""
    return f"{letters(column)}{row}"


def place(written: str) -> tuple[int, int] | None:
    """Row and column of an address (dollar signs are passed over); None for what is none."""
    found = _PLACE.fullmatch(written.strip())
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if row <= MOST_ROWS and column <= MOST_COLUMNS else None
