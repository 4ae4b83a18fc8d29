"""A wall chart as an A3 PDF, fonts embedded; lights are drawn, not written, beside their word."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import typst
from django.utils.translation import gettext as _

from luodi.common.tables import light_words
from luodi.papers.exports import NoFont, families, has_chinese
from luodi.papers.rules.snapshot import HARMFUL

from ..rules.walls import A3, MONTHS, Wall, WallRow

MOST_TITLE, MOST_UNITS = 60, 48
"""Characters of a title and of its units on the wall; longer ones end with an ellipsis."""


def write_wall(wall: Wall) -> bytes:
    """The PDF of a chart, A3 landscape, its head on every page.

    The same chart always gives the same bytes. Raises `NoFont` where no font of this machine has
    Chinese letters: nobody gets empty boxes.
    """
    if not has_chinese():
        raise NoFont(_("这台机器上没有中文字体，不能生成挂图；请直接打印网页。"), "wall.no_font")
    made = typst.compile(
        _template(),
        sys_inputs={"wall": json.dumps(_told(wall), ensure_ascii=False)},
        pdf_standards=["1.7"],
    )
    assert isinstance(made, bytes)
    return made


def _told(wall: Wall) -> dict[str, Any]:
    words = light_words()
    title = _("%(title)s挂图（%(year)s年）") % {"title": wall.title, "year": wall.year}
    counts = [f"{words[light]} {n}" for light, n in wall.lights if n]
    return {
        "page": {"width": A3[0], "height": A3[1]},
        "fonts": {"head": families("hei"), "body": families("song")},
        "title": _plain(title),
        "as_of": _("截至 %s") % wall.as_of.isoformat(),
        "counts": "　".join(counts),
        "basis": wall.basis,
        "empty": "" if wall.rows else _("还没有可以上墙的事项。"),
        "heads": [_("序号"), _("事项"), _("责任单位")],
        "tail": [_("亮灯"), _("时限")],
        "months": [_("%d月") % month for month in MONTHS],
        "today": wall.today,
        "rows": [_row(number, row, words) for number, row in enumerate(wall.rows, start=1)],
        "of": _("第 {n} 页，共 {total} 页"),
    }


def _row(number: int, row: WallRow, words: dict[str, str]) -> dict[str, Any]:
    bar = row.bar
    return {
        "number": str(number),
        "title": _short(row.title, MOST_TITLE),
        "units": _short(row.units, MOST_UNITS),
        "light": row.light,
        "word": words.get(row.light, row.light),
        "due": row.due or _("未设时限"),
        "bar": [bar.first, bar.last, bar.before, bar.after] if bar else [],
        "marks": [mark.month for mark in row.marks],
    }


def _short(said: str, most: int) -> str:
    plain = _plain(said)
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _plain(said: str) -> str:
    return " ".join(HARMFUL.sub("", said).split())


@cache
def _template() -> bytes:
    return files("luodi.supervision.exports").joinpath("wall.typ").read_bytes()
