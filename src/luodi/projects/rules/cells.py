"""A cell of somebody else's list, read exactly: words, amounts, days; or why it can't be."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from django.utils.translation import gettext as _

from luodi.common.refusals import Incomplete
from luodi.kit.calendars import read_deadline
from luodi.kit.grids import Cell
from luodi.kit.quantities import unit
from luodi.kit.readers.excel.formats import words_behind

from .details import read_quantity

NOTHING = {"", "-", "—", "－", "/", "无"}
_DIGITS = re.compile(r"[-+−]?[\d,.]+")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_DAY = re.compile(
    r"20\d{2}(?:[-./]\d{1,2}(?:[-./]\d{1,2})?|年(?:\d{1,2}月份?(?:\d{1,2}[日号]?|[底末]|[上中]旬)?|[底末]|"
    r"第?[一二三四1-4]季度|上半年|下半年)?)前?"
)
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_TENTHS = re.compile(r"\d{4}\.1")
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")


def plain_text(cell: Cell) -> str:
    """What stands in a cell, half-width and on one line; '' for what only marks nothing."""
    text = " ".join(unicodedata.normalize("NFKC", cell.text).split())
    return "" if text in NOTHING else text


def computed(label: object, cell: Cell) -> None:
    """Refuse a formula that holds no result and an error."""
    if cell.kind in ("error", "uncomputed"):
        words = {"what": label, "text": cell.text[:20]}
        raise Incomplete(_("%(what)s：单元格是没有结果的公式或错误值（%(text)s）。") % words)


def plain_code(written: str) -> str:
    """A code as it is kept: half-width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", written).split())[:60]


def amount_in(label: object, cell: Cell, measure: str, of: str) -> tuple[int, int] | None:
    """An amount of `of` at its scale; a bare number is in `measure`, which its head says.

    A unit in the cell or in its number format goes before the head's. Raises `Incomplete`.
    """
    computed(label, cell)
    text = plain_text(cell)
    if not text:
        return None
    if _DIGITS.fullmatch(text):
        shown = words_behind(cell.code)[0] if cell.kind == "number" else ""
        text += shown if unit(shown) else measure
    number, scale = read_quantity(str(label), text, of)
    return None if number is None else (number, scale)


def day_in(label: object, cell: Cell) -> date | None:
    """The day of a cell: a date of Excel's, 2026-06-01, 2026.6.1; of 2026年6月 its last day.

    A year alone is its last day too. A number that Excel doesn't show as a date is refused: a
    month of one digit can't be told there (2026.1), nor a day by its serial number.
    """
    computed(label, cell)
    text = "".join(_CLOCK.sub("", plain_text(cell)).split())
    if not text:
        return None
    if cell.kind == "number":
        text = "".join(cell.shown.split())
        if _TENTHS.fullmatch(text) or _SERIAL.fullmatch(text):
            words = {"what": label, "text": text}
            said = _("%(what)s：“%(text)s”是数字，看不出是哪一天，请写成 2026-06-01。")
            raise Incomplete(said % words)
    text = _COMPACT.sub(r"\1-\2-\3", text) if _COMPACT.fullmatch(text) else text
    found = read_deadline(text).on if _DAY.fullmatch(text) else None
    if found is None:
        words = {"what": label, "text": text[:20]}
        raise Incomplete(
            _("%(what)s：“%(text)s”读不出日期，请写成 2026-06-01 或 2026年6月。") % words
        )
    return found


def not_after(day: date, today: date) -> date:
    """A day that has come: a month under way is told up to today."""
    month = (day.year, day.month) == (today.year, today.month)
    last = (day + timedelta(days=1)).month != day.month
    return min(day, today) if month and last else day
