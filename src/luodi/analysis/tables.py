"""The pivot as plain rows, for sheets and files."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from luodi.common.templatetags.luodi import says

if TYPE_CHECKING:
    from .queries.pivots import Cell, Pivot

BOM = "\ufeff"


def matrix(pivot: Pivot) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of a pivot; numbers are numbers, what is missing says why."""
    head = [*pivot.heads, *pivot.columns]
    return head, [[*row.labels, *map(in_sheet, row.cells)] for row in pivot.rows]


def in_sheet(cell: Cell) -> Any:
    """A cell as a sheet takes it."""
    answer = cell.answer
    if answer.number is None:
        return says(answer.reason) if answer.reason else ""
    return answer.number / 10**answer.scale if answer.scale else answer.number


def comma_separated(head: list[str], rows: list[list[str]]) -> bytes:
    """A CSV file as Excel opens it: UTF-8 with a mark in front, every formula made text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(text) for text in head])
    writer.writerows([[harmless(text) for text in row] for row in rows])
    return (BOM + out.getvalue()).encode()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula; numbers stay as they are."""
    looks = text[:1] in {"=", "+", "@", "\t", "\r"}
    negative = text[:1] == "-" and not text[1:].replace(".", "", 1).isdigit()
    return f"'{text}" if looks or negative else text


def csv_rows(pivot: Pivot) -> tuple[list[str], list[list[str]]]:
    """Head and rows of a pivot as texts; what is missing is empty."""
    head = [*pivot.heads, *pivot.columns]
    return head, [[*row.labels, *(c.answer.plain for c in row.cells)] for row in pivot.rows]
