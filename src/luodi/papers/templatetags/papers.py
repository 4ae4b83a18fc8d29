"""Runs of a paper on a page: a figure carries the address of its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from luodi.papers.rules import wording
from luodi.papers.rules.snapshot import Figure, Run

register = template.Library()


@register.simple_tag
def runs(parts: Sequence[Run], paper: str = "") -> SafeString:
    """Runs as HTML; figures of a frozen paper open their source."""
    return format_html_join("", "{}", ((_run(part, paper),) for part in parts))


def _run(part: Run, paper: str) -> SafeString:
    if not isinstance(part, Figure):
        return format_html('<span class="face{}">{}</span>', part.face, part.text)
    if not (paper and part.id):
        return format_html('<b class="figure" title="{}">{}</b>', part.label, part.text)
    address = reverse("paper_figure", args=[paper, part.id])
    return format_html(
        '<span class="figure" tabindex="0" data-source="{}" data-figure="{}" title="{}">{}</span>',
        address,
        part.id,
        part.label,
        part.text,
    )


@register.simple_tag
def paper_word(name: str) -> str:
    """A fixed word of official papers: Chinese, like the paper it stands in."""
    return str(getattr(wording, name))


@register.filter
def paper_day(day: date) -> str:
    """A day as the paper prints it."""
    return wording.chinese_date(day)


@register.filter
def is_figure(cell: Sequence[Run]) -> bool:
    """True for a cell that is one figure: it stands right."""
    return len(cell) == 1 and isinstance(cell[0], Figure)
