"""Whether an article grants something to enterprises, and how much."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from luodi.kit.problems import Span
from luodi.kit.quantities import Quantity
from luodi.kit.refusals import Refusal

POLICIES = ("措施", "办法", "细则", "指南", "政策", "规定", "清单", "通知", "意见")
"""Kinds of document that hold policies for enterprises."""
_ABOUT = re.compile(
    r"(?:支持|扶持|鼓励|促进|奖励|奖补|补助|惠企|助企|资金|贴息|申报|免申即享|培育)"
    r".{0,40}(?:措施|办法|细则|指南|政策|规定|清单|通知|意见)"
)
_GRANTS = re.compile(
    r"(?:给予|予以|按照?|一次性|享受|发放|兑现)[^。；]{0,40}"
    r"(?:奖励|奖补|补助|补贴|资助|贴息|支持|减免|减征|免征|返还|配套)"
    r"|(?:减免|免征|减征|免收)[^。；]{0,20}(?:税|费|租金)"
)
_MONEY = r"(?P<{0}>\d[\d,，]*(?:\.\d+)?)\s*(?P<{0}_unit>亿元|万元|元)"
_FIXED = re.compile(
    r"(?:给予|予以|奖励|补助|补贴|资助|发放)[^。；，,\d%％]{0,16}" + _MONEY.format("sum")
)
_CEILING = re.compile(r"(?:最高|不超过|上限|封顶)[^。；，,\d]{0,12}" + _MONEY.format("most"))
_SHARE = re.compile(r"按照?(?P<base>[^。；，,\d]{2,30}?)的?\s*(?P<share>\d+(?:\.\d+)?)\s*[%％]")
_EACH = re.compile(r"每(?:人|户|家|项|件|台|套|年|个|亩|平方米|千瓦时?)")


@dataclass(frozen=True, slots=True)
class Grant:
    """What is granted. `most` is the sum, or its ceiling, in 分 (1/100 元); None where none is
    written. `share` is a percentage as written, `base` what it is of, `each` what it counts."""

    form: Literal["fixed", "share", "each", "open"]
    most: int | None = None
    share: str = ""
    base: str = ""
    each: str = ""
    span: Span | None = None


_HEADING = re.compile(
    r"\s*\n\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]"
    r"|[（(][一二三四五六七八九十]{1,3}[）)])[^。；：:\n]{0,40}\s*\Z"
)


def without_next_heading(text: str) -> str:
    """An article without the heading of the part behind it, where it ends in one."""
    while found := _HEADING.search(text):
        text = text[: found.start()]
    return text


def is_policy(title: str, kind: str) -> bool:
    """Whether a document by its title and kind is one of policies for enterprises."""
    return kind in POLICIES and bool(_ABOUT.search("".join(title.split())))


def in_one_line(text: str) -> str:
    """The text as if its lines weren't broken."""
    return text.replace("\r", "").replace("\n", "")


def grants(text: str) -> bool:
    """Whether an article grants something."""
    return bool(_GRANTS.search(in_one_line(text)))


def grant_of(text: str) -> Grant:
    """What an article grants, read from its words; form `open` where no sum is written."""
    ceiling, share = _CEILING.search(text), _SHARE.search(text)
    most = _fen(ceiling["most"], ceiling["most_unit"]) if ceiling else None
    if share:
        span = (share.start(), ceiling.end() if ceiling else share.end())
        return Grant("share", most, share["share"], _bare(share["base"]), span=span)
    fixed = _FIXED.search(text)
    if fixed is None:
        return Grant("open", most, span=ceiling.span() if ceiling else None)
    each = _EACH.search(text, max(0, fixed.start() - 8), fixed.end())
    most = _fen(fixed["sum"], fixed["sum_unit"])
    return Grant("each" if each else "fixed", most, each=each[0] if each else "", span=fixed.span())


def _bare(base: str) -> str:
    return base.removeprefix("其").removeprefix("企业").removesuffix("的").strip()


def sum_of(text: str) -> int | Refusal:
    """A written sum in 分 (1/100 元): 50万元, 500000; refused where it is none."""
    read = Quantity.parse(text.replace(",", "").replace("，", "").strip(), "元", 2)
    return read if isinstance(read, Refusal) else read.number


def _fen(number: str, unit: str) -> int | None:
    read = sum_of(number + unit)
    return None if isinstance(read, Refusal) else read
