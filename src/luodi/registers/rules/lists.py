"""A list of entries as offices keep it: one row each, the columns by their heads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

Line = tuple[int, dict[str, str]]
"""Number of the row in the sheet, and what it says by column."""

HEADS: dict[str, tuple[str, ...]] = {
    "credit_code": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "name": ("名称", "企业名称", "单位名称"),
    "unit": ("所在开发区、县区", "所在开发区", "所属开发区", "所在县区"),
    "level": ("级别", "类别", "类型", "等次"),
    "number": ("证书或文号", "证书编号", "编号", "文号", "证书号"),
    "from_on": ("起始日期", "认定日期", "发证日期", "认定时间", "发证时间"),
    "until_on": ("有效期至", "截止日期", "有效期截止", "到期日期"),
}
"""The columns by what their heads may say; the first is our own."""

HEAD_WITHIN = 10
DAY = re.compile(
    r"\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?\s*"
)


def read_list(rows: Iterable[tuple[int, Sequence[str]]]) -> list[Line] | None:
    """The lines of a list; None where no row among the first names a column for code or name."""
    named: dict[str, int] = {}
    found: list[Line] = []
    for tried, (number, cells) in enumerate(rows):
        texts = [unicodedata.normalize("NFKC", text).strip() for text in cells]
        if not named:
            named = _columns(texts)
            if not named and tried >= HEAD_WITHIN:
                return None
            continue
        line = {name: texts[at] if at < len(texts) else "" for name, at in named.items()}
        if any(line.values()):
            found.append((number, line))
    return found if named else None


def _columns(texts: Sequence[str]) -> dict[str, int]:
    plain = {
        name: {unicodedata.normalize("NFKC", one) for one in said} for name, said in HEADS.items()
    }
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        for name, said in plain.items():
            if text in said:
                found.setdefault(name, place)
    return found if found.keys() & {"credit_code", "name"} else {}


def day_of(text: str) -> date | None:
    """A day as people write it: 2024-03-05, 2024年3月5日, 2024/3/5, 2024.3.5; None for no day."""
    found = DAY.fullmatch(unicodedata.normalize("NFKC", text))
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
