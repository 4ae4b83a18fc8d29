"""A paper as a PDF, from the same lines and faces as its Word file."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, Literal

import typst
from django.utils.translation import gettext as _

from luodi.common.refusals import Mendable

from ..rules import wording
from ..rules.layout import Line, lines_of
from ..rules.snapshot import HARMFUL, Content, Figure
from ..rules.wording import Issued
from . import faces
from .faces import ALIGN, Face

FAMILIES = {
    wording.SONG: ("SimSun", "Noto Serif CJK SC"),
    wording.BIAO_SONG: ("FZXiaoBiaoSong-B05S", "Noto Serif CJK SC"),
    wording.FANG_SONG: ("FangSong_GB2312", "FangSong", "Noto Serif CJK SC"),
    wording.HEI: ("SimHei", "Noto Sans CJK SC"),
    wording.KAI: ("KaiTi_GB2312", "KaiTi", "Noto Serif CJK SC"),
}
"""Families that may stand for a font of the standard on this machine, the true one first."""

SHORT = 6
"""Columns in which no cell is longer are as wide as they need, the others share the rest."""

ALIGNED = {ALIGN.CENTER: "center", ALIGN.RIGHT: "right"}


class NoFont(Mendable):
    """This machine has no font with Chinese letters; the Word file needs none."""


def write_pdf(content: Content, issued: Issued | None) -> bytes:
    """The PDF of a paper, fonts embedded; the same content always gives the same bytes.

    Raises `NoFont` where no font of this machine has Chinese letters: nobody gets empty boxes.
    """
    if not has_chinese():
        raise NoFont(_("这台机器上没有中文字体，不能生成 PDF；请下载 Word 文件。"), "paper.no_font")
    styles = faces.faces_of(content.kind)
    lines = lines_of(content, issued)
    told = {
        "title": content.head.title,
        "author": content.head.office,
        "rule": "byline" if content.is_periodical else "number" if content.kind == "notice" else "",
        "page": {
            "top": faces.TOP.mm if content.kind != "brief" else 18,
            "left": faces.LEFT.mm if content.kind != "brief" else 22,
            "numbered": content.kind != "brief",
        },
        "blocks": [
            _block(list(group), styles, table=number >= 0)
            for number, group in groupby(lines, key=lambda line: line.table)
        ],
    }
    made = typst.compile(
        _template(),
        sys_inputs={"paper": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["1.7"],
    )
    assert isinstance(made, bytes)
    return made


def _block(lines: list[Line], styles: dict[str, Face], *, table: bool) -> dict[str, Any]:
    """Lines one below the other, or a table with what its columns need: short ones no more."""
    told = [_line(line, styles) for line in lines]
    if not table:
        return {"lines": told}
    texts = [["".join(run.text for run in cell) for cell in line.cells] for line in lines]
    wide = [max(map(len, column)) > SHORT for column in zip(*texts, strict=True)]
    return {"table": told, "wide": wide if any(wide) else [True] * len(wide)}


def _line(line: Line, styles: dict[str, Face]) -> dict[str, Any]:
    return {
        "role": line.role,
        "cells": [
            {
                "figures": bool(cell) and all(isinstance(run, Figure) for run in cell),
                "runs": [
                    {"text": _plain(run.text), "fonts": _fonts(run, styles[line.role])}
                    for run in cell
                ],
            }
            for cell in line.cells
        ],
        "face": _face(styles[line.role]),
    }


def _plain(said: str) -> str:
    return " ".join(HARMFUL.sub("", said).splitlines()).replace("\t", " ")


def _fonts(run: Any, face: Face) -> list[str]:
    heading = 0 if isinstance(run, Figure) else run.face
    named = {1: wording.HEI, 2: wording.KAI}.get(heading, face.font)
    return [faces.LATIN, *FAMILIES[named]]


def _face(face: Face) -> dict[str, Any]:
    return {
        "size": face.size,
        "bold": face.bold,
        "color": str(face.color),
        "align": ALIGNED.get(face.align, "left"),
        "justify": face.align == ALIGN.JUSTIFY,
        "first": face.first,
        "left": face.left,
        "right": face.right,
        "before": face.before,
        "after": face.after,
        "pitch": face.pitch,
        "keep": face.keep,
        "spacing": face.spacing,
    }


@cache
def _template() -> bytes:
    return files("luodi.papers.exports").joinpath("paper.typ").read_bytes()


def families(face: Literal["song", "hei"]) -> tuple[str, ...]:
    """The families that may stand for a face of the standard, Latin letters first."""
    named = {"song": wording.SONG, "hei": wording.HEI}[face]
    return (faces.LATIN, *FAMILIES[named])


@cache
def has_chinese() -> bool:
    """Whether any family named here is on this machine."""
    found = {font.family for font in typst.Fonts().fonts()}
    return any(name in found for names in FAMILIES.values() for name in names)
