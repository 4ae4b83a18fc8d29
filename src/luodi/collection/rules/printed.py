"""The period that is printed above a table, where no hidden key says which one it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from luodi.kit.calendars import Period
from luodi.kit.grids import Sheet
from luodi.kit.mapping import period_in

NEAR = 5
"""Years before and after the asked one whose periods are looked for by their names."""
_LABELLED = re.compile(r"报告期|所属期|数据期|(?:reporting\s*)?\bperiod", re.IGNORECASE)
_OTHER = re.compile(r"有效期|批准|文号|制度|日期|截止|修订")
_KEY = re.compile(r"(?<!\d)\d{4}(?:-\d{2}|Q[1-4]|H[12]|W\d{2})?(?![\d-])")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}[日号]")


def other_period(sheet: Sheet, head: int, asked: Period) -> Period | None:
    """The period printed above the row of heads, where it isn't the one asked; else None.

    What stands beside 报告期 goes before all else. A period counts as the one asked where it holds
    its last day: 2026年1—3月 or 2026年 for March 2026. A bare year says nothing about a month.
    """
    labelled, free = [], []
    for text in _above(sheet, head):
        period = _named(text, asked)
        if period is None:
            continue
        if _LABELLED.search(text):
            labelled.append(period)
        elif period.kind != "year" or asked.kind == "year":
            free.append(period)
    printed = labelled or free
    if not printed or any(one.start <= asked.end <= one.end for one in printed):
        return None
    return printed[0]


def _above(sheet: Sheet, head: int) -> Iterator[str]:
    """Each text above the heads; a label alone in its cell goes with what follows it."""
    for row in range(1, head):
        label = ""
        for _column, cell in sorted(sheet.cells.get(row, {}).items()):
            text = label + _DAY.sub("", unicodedata.normalize("NFKC", cell.text)).strip()
            label = text if _LABELLED.fullmatch(text.rstrip(": ")) else ""
            if not label and not _OTHER.search(text):
                yield text


def _named(text: str, asked: Period) -> Period | None:
    """The period a text names: by the names that Luodi gives periods, else as tables write it."""
    if asked.kind != "year":
        for year in range(asked.year - NEAR, asked.year + NEAR + 1):
            for period in Period("year", year).children(asked.kind):
                if period.label("zh") in text or period.label("en") in text:
                    return period
    found = period_in(text)
    key = _KEY.search(text) if found is None and _LABELLED.search(text) else None
    if key is None:
        return found
    try:
        return Period.parse(key[0])
    except ValueError:
        return None
