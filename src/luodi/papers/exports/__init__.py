"""A paper as files: Word in the official layout, Excel with every table and figure."""

from __future__ import annotations

from ..actions import Rendering
from ..rules.snapshot import Content
from ..rules.wording import Issued
from .pages import NoFont, families, has_chinese, write_pdf
from .sheets import write_sheet
from .words import write_word

__all__ = [
    "NoFont",
    "families",
    "has_chinese",
    "render",
    "write_pdf",
    "write_sheet",
    "write_word",
]


def render(content: Content, issued: Issued | None) -> Rendering:
    """Both files of a paper. The same content, number and date always give the same bytes."""
    return Rendering(word=write_word(content, issued), sheet=write_sheet(content, issued))
