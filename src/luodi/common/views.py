"""Answers that every module gives in the same way."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from .sheets import workbook
from .tables import Table

MOST_DIGITS = 15
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def whole_number(text: str) -> int | None:
    """The number that plain digits say; None for anything else, and for more than a key can be."""
    plain = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if plain else None


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes as a file to save: never shown inside the site's own pages."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["Content-Security-Policy"] = "sandbox"
    return response


def sheet_response(table: Table, title: str) -> HttpResponse:
    """What is on the screen as an Excel file, all of it."""
    head, rows = table.matrix()
    return download(workbook(title, head, rows), f"{title}.xlsx", SHEET)
