"""A deadline as a document writes it, turned into the last day it allows, or why it can't be.

"前" includes the day named, as offices use it. A deadline without a year takes the year the
document was issued; where that day lies before the issue the year is in doubt and none is given.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luodi.kit.refusals import Lang

WrittenCode = Literal[
    "dated", "empty", "continuous", "recurring", "relative", "unread", "no_such_day",
    "ambiguous_year",
]  # fmt: skip

_SAYS: dict[str, tuple[str, str]] = {
    "dated": ("截止{on}", "Due {on}"),
    "empty": ("未写完成时限", "No deadline is written"),
    "continuous": ("长期任务，没有完成时限", "A continuing task without a deadline"),
    "recurring": ("按周期反复进行，没有单一的完成时限", "Recurs; it has no single deadline"),
    "relative": (
        "时限从另一事件起算，须由计时规则推定",
        "Counted from another event; a clock must compute it",
    ),
    "unread": ("无法从“{text}”读出日期", "No date can be read from “{text}”"),
    "no_such_day": ("“{text}”中的日期不存在", "The date in “{text}” does not exist"),
    "ambiguous_year": (
        "“{text}”未写年份，按印发年份推算已过期，年份待确认",
        "“{text}” names no year and would already be past in the year of issue",
    ),
}


@dataclass(frozen=True)
class WrittenDeadline:
    """The reading of a deadline: the last day it allows, or None and a code that says why."""

    text: str
    on: date | None
    code: WrittenCode

    def says(self, lang: Lang = "zh") -> str:
        """The reading in words."""
        return _SAYS[self.code][lang == "en"].format(text=self.text, on=self.on)


_WIDE = {ord("０") + i: str(i) for i in range(10)} | {ord("．"): "."}
_CN = "零一二三四五六七八九十"
_NUMBER = r"(\d{1,2}|十[一二]?|[一二三四五六七八九])"
_CONTINUOUS = re.compile(r"长期|持续|常态|经常性|不间断|全年(推进|坚持)")
_RECURRING = re.compile(r"每(年|季|月|周|日|半年|两)|逐月|按月|按季|定期")
_RELATIVE = re.compile(
    r"(\d+|[一二三四五六七八九十]+)个?(工作日|自然日|日|天|小时|分钟|个?月|年)(以?内|之内)"
)
_YEAR = re.compile(r"(20\d{2})年|(今年|本年度?|当年|年内)|(明年|次年)")
_DAY = re.compile(_NUMBER + r"月(\d{1,2})[日号]")
_DOTTED = re.compile(r"(20\d{2})[-./](\d{1,2})(?:[-./](\d{1,2}))?")
_MONTH = re.compile(_NUMBER + r"月(?:份)?(上旬|中旬|下旬|底|末|初)?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_PLAN = re.compile(r"[“\"]?十(三|四|五)五[”\"]?(期间|时期|末|期末|规划)?")
_PLAN_END = {"三": 2020, "四": 2025, "五": 2030}
_PARTS = {"上旬": 10, "中旬": 20, "初": 10}


def deadline_to_date(text: str, issued_on: date | None = None) -> date | None:
    """The last day the written deadline allows; `read_deadline` also says why there is none."""
    return read_deadline(text, issued_on).on


def read_deadline(text: str, issued_on: date | None = None) -> WrittenDeadline:
    """Read a deadline as written; never raises. `issued_on` dates one that names no year."""
    plain = re.sub(r"\s", "", text).translate(_WIDE)
    if not plain:
        return WrittenDeadline(text, None, "empty")
    vague = _vague(plain)
    if vague:
        return WrittenDeadline(text, None, vague)
    found = _found(plain)
    if found is None:
        return WrittenDeadline(text, None, _without_date(plain))
    return _dated(text, _year(plain, issued_on), found, issued_on)


Found = tuple[int | None, int, int | None]
"""Year if the form itself holds it, month, day (None: the month's last)."""


def _vague(plain: str) -> WrittenCode | None:
    if _RECURRING.search(plain):
        return "recurring"
    if _RELATIVE.search(plain):
        return "relative"
    return None


def _without_date(plain: str) -> WrittenCode:
    return "continuous" if _CONTINUOUS.search(plain) else "unread"


def _found(plain: str) -> Found | None:
    for read in (_read_dotted, _read_day, _read_part, _read_month, _read_plan, _read_year):
        found = read(plain)
        if found:
            return found
    return None


def _read_dotted(plain: str) -> Found | None:
    found = _DOTTED.search(plain)
    if not found:
        return None
    return int(found[1]), int(found[2]), int(found[3]) if found[3] else None


def _read_day(plain: str) -> Found | None:
    found = _DAY.search(plain)
    return (None, _number(found[1]), int(found[2])) if found else None


def _read_part(plain: str) -> Found | None:
    quarter = _QUARTER.search(plain)
    if quarter:
        return None, 3 * _number(quarter[1]), None
    if "上半年" in plain or "年中" in plain:
        return None, 6, None
    return (None, 12, None) if "下半年" in plain else None


def _read_month(plain: str) -> Found | None:
    found = _MONTH.search(plain)
    if not found:
        return None
    return None, _number(found[1]), _PARTS.get(found[2] or "")


def _read_plan(plain: str) -> Found | None:
    found = _PLAN.search(plain)
    return (_PLAN_END[found[1]], 12, 31) if found else None


def _read_year(plain: str) -> Found | None:
    if _YEAR.search(plain) or "年底" in plain or "年末" in plain or "全年" in plain:
        return None, 12, 31
    return None


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if len(text) == 2:
        return 10 + _CN.index(text[1])
    return _CN.index(text)


def _year(plain: str, issued_on: date | None) -> int | None:
    found = _YEAR.search(plain)
    if found and found[1]:
        return int(found[1])
    if issued_on is None or found is None:
        return None
    return issued_on.year + (found[3] is not None)


def _dated(text: str, named: int | None, found: Found, issued_on: date | None) -> WrittenDeadline:
    year, month, day = found
    year = year or named
    guessed = year is None
    if year is None:
        if issued_on is None:
            return WrittenDeadline(text, None, "ambiguous_year")
        year = issued_on.year
    try:
        on = date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return WrittenDeadline(text, None, "no_such_day")
    if guessed and issued_on and on < issued_on:
        return WrittenDeadline(text, None, "ambiguous_year")
    return WrittenDeadline(text, on, "dated")
