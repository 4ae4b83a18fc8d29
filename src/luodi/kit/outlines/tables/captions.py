"""What stands around a table: its caption above or below it, and the unit of its numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.layout.blocks import Paragraph

_CAPTION = re.compile(
    r"(?P<more>续)?(?P<form>附?表"
    r"|专 ?栏)[ 　]?(?P<number>[\d一二三四五六七八九十]{1,3}(?:[-—.－][\d]{1,2})?)?"
    r"(?P<again>[（(]续[）)])?[ ：:]*(?P<title>[^。；]{0,70})\Z"
)
_TITLED = re.compile(
    r"[^。；：，]{3,60}(?:表|指标|清单|情况|名单|一览)(?:[（(][^）)]{1,20}[）)])?\Z"
)
_MORE = re.compile(r"(?:续表|[（(]续表?[）)]|接上[页表])\Z")
_UNIT = re.compile(r"[（(]?(?:计量|金额|货币)?单位[：:] ?(?P<unit>[^，。；）)]{1,20})[）)]?\Z")
_UNIT_IN_TITLE = re.compile(r"[（(](?:计量|金额)?单位[：:] ?(?P<unit>[^，。；）)]{1,12})[）)]")
_NOTE = re.compile(r"(?:注|备注|说明|数据来源|资料来源|来源)[：:]|注[\d①]")


@dataclass(frozen=True, slots=True)
class Caption:
    """The caption of a table: label and title, empty where there is none; the unit above it.

    `more` is true where it only says that the table above goes on.
    """

    label: str = ""
    title: str = ""
    unit: str = ""
    more: bool = False


def caption_of(paragraphs: Sequence[Paragraph], first: int, last: int, where: range) -> Caption:
    """The caption of the table whose paragraphs are first..last: above it, else below it."""
    unit, above = "", first - 1
    if above >= where.start and (match := _UNIT.match(paragraphs[above].text)):
        unit, above = match["unit"].strip(), above - 1
    found = _read(paragraphs, above, where, unit)
    if found:
        return found
    below = last + 1
    while below < where.stop and _NOTE.match(paragraphs[below].text):
        below += 1
    found = _read(paragraphs, below, where, unit, labelled=True)
    free = below + 1 >= where.stop or paragraphs[below + 1].kind not in ("row", "cells")
    return found if found and free and not found.more else Caption(unit=unit)


def _read(
    paragraphs: Sequence[Paragraph], at: int, where: range, unit: str, labelled: bool = False
) -> Caption | None:
    """The caption that paragraph `at` is; `labelled`: only one that begins with 表1."""
    if at not in where or paragraphs[at].kind != "text":
        return None
    text = paragraphs[at].text.strip()
    match = _CAPTION.match(text)
    if _MORE.match(text):
        return Caption(unit=unit, more=True)
    if match and (match["number"] or match["more"]) and not (labelled and match["form"] == "专栏"):
        inner = _UNIT_IN_TITLE.search(text)
        title = _UNIT_IN_TITLE.sub("", match["title"]).strip()
        label = f"{match['form'].replace(' ', '')}{match['number'] or ''}"
        unit = unit or (inner["unit"] if inner else "")
        return Caption(label, title, unit, bool(match["more"] or match["again"]))
    if not labelled and _TITLED.match(text):
        inner = _UNIT_IN_TITLE.search(text)
        return Caption("", _UNIT_IN_TITLE.sub("", text), unit or (inner["unit"] if inner else ""))
    return None
