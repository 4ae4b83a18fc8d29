"""A list of entries as offices keep it: one row each, the columns by their heads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from luodi.common.lists import Line, Rows, lines_under, named_columns

HEADS: dict[str, tuple[str, ...]] = {
    "credit_code": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "name": ("名称", "企业名称", "单位名称"),
    "unit": ("所在开发区、县区", "所在开发区", "所属开发区", "所在县区"),
    "matter": ("事由", "案由", "事项"),
    "level": ("级别", "类别", "类型", "等次"),
    "number": ("证书或文号", "证书编号", "编号", "文号", "证书号"),
    "from_on": ("起始日期", "认定日期", "发证日期", "认定时间", "发证时间"),
    "until_on": ("有效期至", "截止日期", "有效期截止", "到期日期"),
}
"""The columns by what their heads may say; the first is our own."""

DAY = re.compile(
    r"\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?\s*"
)


def read_list(rows: Rows) -> list[Line] | None:
    """The lines of a list; None where no row among the first names a column for code or name."""
    return lines_under(rows, _columns)


def _columns(texts: Sequence[str]) -> dict[str, int]:
    found = named_columns(texts, HEADS)
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
