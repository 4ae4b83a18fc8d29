"""What a head says about the period, and the unit of measure in its brackets."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from luodi.kit.calendars import Period
from luodi.kit.quantities import Unit, unit

About = Literal[
    "own", "prior", "year_ago", "to_date", "to_date_year_ago", "growth", "chain_growth",
    "to_date_growth",
]  # fmt: skip
"""The period's own figure, the one before, a year ago; 累计; 同比 and 环比 of these."""

GROWTHS = frozenset({"growth", "chain_growth", "to_date_growth"})

_SPAN = r"(?:(?:1|一)月?[-—－~～至到](?:\d{1,2}|本|[一二三四五六七八九十]{1,3})月份?)"
_SINCE = r"(?:本年|年初|今年|全年)?(?:以来|至今)?(?:本月止|本期止|至本月)?累计(?:数|值|完成|额)?"
_TO_DATE = rf"(?:{_SPAN}|{_SINCE})"
_YEAR_AGO = r"(?:上年|去年|上一年)(?:同期|同月|本月|当月)?(?:数|值|完成)?"
_AGAINST = r"(?:同比|[比较]上年同期|[比较]去年同期)(?:增长|增减|增速|增幅|±)?"
_GROWTH = rf"(?:{_AGAINST}|增速|增长率|增幅|增长)±?%?"
_CHAIN = r"(?:环比|[比较]上月|比上期)(?:增长|增减|增速|增幅)?%?"
_PRIOR = r"(?:上月|上期|上季度?)(?:数|值|完成)?"
_OWN = r"(?:本月|当月|本期|当期|本季度?|当季|本年|本周)(?:数|值|完成|实际|发生)?"
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("to_date", _TO_DATE), ("growth", _GROWTH), ("chain_growth", _CHAIN),
        ("year_ago", _YEAR_AGO), ("prior", _PRIOR), ("own", _OWN),
    )
)  # fmt: skip
_PERIOD = re.compile(
    r"(\d{4})年(?:(?:1[-—－~～至到])?(\d{1,2})月(?:份)?|第?([一二三四1-4])季度|([上下])半年)?"
)
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,12})[)）\]】]")
_STATED = re.compile(r"(?:计量单位|金额单位|数据单位|单位)[:：]\s*([^\s,，、;；()（）]{1,8})")
_QUARTERS = {c: n for n, c in enumerate("一二三四", 1)} | {str(n): n for n in range(1, 5)}


class Said(NamedTuple):
    """What heads say: about which period, in which unit of measure, and the words left over."""

    about: About
    measure: Unit | None
    words: tuple[str, ...]
    period: Period | None = None
    """A period that is written out."""


def said_by(heads: tuple[str, ...]) -> Said:
    """Read the heads of a column or a row, top down."""
    kinds: set[str] = set()
    measure: Unit | None = None
    period: Period | None = None
    words: list[str] = []
    for head in heads:
        text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", head))
        measure = measure_in(text) or measure
        text = _BRACKETED.sub(lambda m: "" if _about_or_measure(m[1]) else m[0], text)
        period = period_in(text) or period
        text = _PERIOD.sub("", text)
        for name, pattern in _WORDS:
            if pattern.search(text):
                kinds.add(name)
                text = pattern.sub("", text)
        if text.strip("(){}[]、,:;/·—-"):
            words.append(text)
    return Said(_about(kinds), measure, tuple(words), period)


def _about_or_measure(text: str) -> bool:
    return unit(text) is not None or any(p.fullmatch(text) for _, p in _WORDS)


def _about(kinds: set[str]) -> About:
    to_date = "to_date" in kinds
    if "growth" in kinds:
        return "to_date_growth" if to_date else "growth"
    if "chain_growth" in kinds:
        return "chain_growth"
    if "year_ago" in kinds:
        return "to_date_year_ago" if to_date else "year_ago"
    if "prior" in kinds:
        return "prior"
    return "to_date" if to_date else "own"


def measure_in(text: str) -> Unit | None:
    """The unit of measure that stands in brackets, after 单位： or after a last mark."""
    for found in reversed(_BRACKETED.findall(text)):
        for part in re.split(r"[、,，:：/]", found) if unit(found) is None else [found]:
            if (known := unit(part)) is not None:
                return known
    for stated in _STATED.findall(text):
        if (known := unit(stated)) is not None:
            return known
    return unit("%") if text.endswith("%") else None


def period_in(text: str) -> Period | None:
    """The period a title or head names: 2026年3月, 2026年1-3月, 2026年第一季度, 2026年上半年."""
    found = _PERIOD.search(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if not found:
        return None
    year, month, quarter, half = found.groups()
    try:
        if month:
            return Period("month", int(year), int(month))
        if quarter:
            return Period("quarter", int(year), _QUARTERS[quarter])
        return (
            Period("half", int(year), 1 if half == "上" else 2)
            if half
            else Period("year", int(year))
        )
    except ValueError:
        return None
