"""The terms of an article: how it is had, when, on what papers; and how long a policy holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luodi.kit.articles.granting import Grant, grant_of, in_one_line

_DAY = r"(?:(?P<{0}y>\d{{4}})\s*年)?\s*(?P<{0}m>\d{{1,2}})\s*月\s*(?P<{0}d>\d{{1,2}})\s*日"
_WINDOW = re.compile(
    r"(?:申报|受理|申请|兑现)(?:时间|期限|截止时间|日期)?[^。；\d]{0,10}"
    + _DAY.format("a")
    + r"\s*(?:至|到|—|－|-|–|~)\s*"
    + _DAY.format("b")
)
_UNTIL = re.compile(
    r"(?:申报|受理|申请)[^。；\d]{0,10}(?:截止|截至|于)[^。；\d]{0,8}" + _DAY.format("b")
)
_SINCE = re.compile(r"自\s*" + _DAY.format("a") + r"\s*起(?:施行|实施|执行|生效)")
_TILL = re.compile(r"(?:有效期|执行|实施|截止)[^。；\d]{0,6}(?:至|到)\s*" + _DAY.format("b"))
_YEARS = re.compile(r"有效期\s*(?:为)?\s*(?P<n>\d|[一二两三四五])\s*年")
_HAN = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_MATERIALS = re.compile(
    r"(?:申报|申请|所需|提交|提供)(?:的)?(?:材料|资料)[^：:。；\n]{0,10}[：:](?P<list>.+)", re.S
)
_ITEM = re.compile(
    r"(?:^|[；;。\n])\s*(?:[（(]?\d{1,2}[）).．、]|[（(][一二三四五六七八九十]{1,3}[）)])?\s*(?P<item>[^；;。\n]{2,80})"
)
_NUMBERED = re.compile(
    r"(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、])\s*(?P<item>[^；;。\n]{2,80}?)(?=[；;。\n]|$)"
)
_STOP = re.compile(r"(?:申报|受理|申请)时间|责任单位|牵头单位|受理单位|申报程序|办理流程")
MOST_MATERIALS = 30


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an article as read. `mode`: without an application, or with one."""

    grant: Grant
    mode: Literal["automatic", "applied"]
    window: tuple[date | None, date | None]
    materials: tuple[str, ...]


def terms_of(text: str, year: int | None = None) -> Terms:
    """Read one article. `year` is that of a window written without one."""
    whole = in_one_line(text)
    mode: Literal["automatic", "applied"] = "automatic" if "免申即享" in whole else "applied"
    return Terms(grant_of(whole), mode, window_of(whole, year), materials_of(text))


def window_of(text: str, year: int | None = None) -> tuple[date | None, date | None]:
    """From and until when an application may be handed in; None where it isn't written."""
    found = _WINDOW.search(text)
    if found:
        first = _day(found, "a", year)
        return first, _day(found, "b", first.year if first else year)
    found = _UNTIL.search(text)
    return (None, _day(found, "b", year)) if found else (None, None)


def force_of(text: str) -> tuple[date | None, date | None]:
    """Since and until when a policy holds; None where it isn't written."""
    since_found, till = _SINCE.search(text), _TILL.search(text)
    since = _day(since_found, "a", None) if since_found else None
    if till:
        return since, _day(till, "b", since.year if since else None)
    years = _YEARS.search(text)
    if since and years:
        return since, _years_on(since, _HAN.get(years["n"]) or int(years["n"]))
    return since, None


def materials_of(text: str) -> tuple[str, ...]:
    """The papers an application needs, as listed behind 申报材料."""
    found = _MATERIALS.search(text)
    if found is None:
        return ()
    listed = found["list"]
    stop = _STOP.search(listed)
    listed = listed[: stop.start()] if stop else listed
    return tuple(dict.fromkeys(_items(listed)))[:MOST_MATERIALS]


def _items(listed: str) -> Iterator[str]:
    numbered = _NUMBERED.search(listed)
    if numbered and "；" in listed:
        listed = in_one_line(listed)
    pattern = _NUMBERED if numbered else _ITEM
    for one in pattern.finditer(listed):
        item = one["item"].strip(" 、，；。\t")
        if len(item) >= 2:
            yield item


def _day(found: re.Match[str], name: str, year: int | None) -> date | None:
    said = found[f"{name}y"] or year
    try:
        return date(int(said), int(found[f"{name}m"]), int(found[f"{name}d"])) if said else None
    except ValueError:
        return None


def _years_on(since: date, years: int) -> date:
    """The last day of so many years from a day."""
    try:
        return date.fromordinal(since.replace(year=since.year + years).toordinal() - 1)
    except ValueError:
        return date(since.year + years, 2, 28)
