"""Lists in which names and numbers answer each other: A、B分别为x、y."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from luodi.kit.targets.naming import tidy
from luodi.kit.targets.numbers import Figure
from luodi.kit.targets.periods import period_marks

_RESPECTIVELY = re.compile(
    r"分别(?:[较比](?:20\d\d年|上年|去年|同期|上半年|年初|“?十[一二三四五]五”?)[^，。；、\d]{0,4}?|[同与][^，。；、\d]{1,12}?|按[^，。；]{2,8}?)?(?:同比|年均|累计|约|比上年)?(?P<verb>比[^，。；、\d]{1,12}?[快高低多少慢]|增长|下降|提高|增加|降低|上升|减少|回升|回落|奖励|补助|占[^，。；\d]{0,14}|[高低快慢]于[^，。；\d]{0,14})?(?![到至])"
)
_FARTHEST = 40
_STOP = re.compile(r"[，。；：！？]")
_SPLIT = re.compile(r"、|以及|及|和|与")
_COARSE = re.compile(r"、")
_GAP = re.compile(r"(?:[以之]?[上下内]|左右)?(?:[、，,]|以及|和|及|与|[，、]?[上下]半年)?\Z")
_RISES = re.compile(
    r"[，\s]*(?:分别)?(?:增加|增长|提高|提升|上升|下降|减少|发展|降)?(?:到|至)[^，。；、]{0,14}\Z"
)
_RATIO = re.compile(r"(?:占比|比重|增速|增长率|贡献率|[\u4e00-\u9fff]{2}率)\Z")
_HEADED = re.compile(
    r".*(?:率|额|值|量|数|收入|投资|面积|规模|比重|强度|水平|产值|企业|项目|人数|里程|指数|税收|利润|投入|产量|销量|能力|资金|时间|存栏|出栏|进出口|就业|人口|工资|价格|增长|面)\Z"
)
_PER_UNIT = re.compile(
    r"(?:单位|万元|亿元|人均|每[^、]{1,4}?)[^、]{0,12}?(?:生产总值|增加值|GDP|产值|产品|口|人)"
)
_COMPARED = re.compile(r"(高于|低于|快于|慢于)(.+)")
_ORDINAL = re.compile(r"第?([一二三])(?=产业|\Z)")
_ATTRIBUTE = re.compile(
    r"(?:增速|总量|占比|数量|比重|规模|增加值|产值|利润|税收|面积|金额|投资额|均值|个数)\Z"
)


class Named(NamedTuple):
    """What a figure of a list is about. `period` is empty where the list doesn't run over time."""

    start: int
    name: str
    period: str = ""
    before: int = 0
    """Where the list has no names of its own: the name is the one this many names before it."""


def respective(text: str, figures: Sequence[Figure]) -> dict[int, Named]:
    """Figure index -> what it is about, for every list of the paragraph whose lengths agree."""
    named: dict[int, Named] = {}
    starts = [figure.start for figure in figures]
    last: list[Named] = []
    ended = -1
    for match in _RESPECTIVELY.finditer(text):
        first = bisect_left(starts, match.end())
        if first >= len(figures) or figures[first].start - match.end() > _FARTHEST:
            continue
        if _STOP.search(text, match.end(), figures[first].start):
            continue
        run = _run(text, figures, first)
        start = _clause(text, match.start(), figures[first - 1].end if first else 0)
        names = _names(text[start : match.start()], len(run))
        verb = match["verb"] or ""
        last = last if first == ended + 1 else []
        if names:
            last = [Named(start, name, period) for name, period in names]
        elif len(run) > 1:
            last = _unnamed(text, start, match.start(), len(run), last)
        else:
            continue
        listed = _with_verb(last, verb, bool(names))
        ended = run[-1]
        named |= dict(zip(run, listed, strict=True))
        named |= _again(text, figures, run, last)
    return named


def _with_verb(names: list[Named], verb: str, own: bool) -> list[Named]:
    """高于全省、全市 compares one thing with each of several."""
    match = _COMPARED.match(verb)
    parts = _SPLIT.split(match[2]) if match else []
    if match and len(parts) == len(names) and not own:
        return [
            one._replace(name=match[1] + part, before=1)
            for one, part in zip(names, parts, strict=True)
        ]
    return [one._replace(name=one.name + verb) for one in names]


def _unnamed(text: str, start: int, end: int, size: int, last: list[Named]) -> list[Named]:
    """Names for a list without its own: times before it, the list before it, or earlier names."""
    word = tidy(text[start:end])
    times = period_marks(text[max(0, start - 24) : start]) if word else []
    if len(times) >= size > 1 and times[-1][1] != times[-2][1]:
        return [Named(start, word, period) for _, period in times[-size:]]
    if len(last) == size:
        return [
            one._replace(name=(one.name if one.name not in word else "") + word) for one in last
        ]
    return [Named(start, word, "", 0 if len(word) > 6 else size - n) for n in range(size)]


def _clause(text: str, place: int, floor: int) -> int:
    low = max(floor, place - 90)
    stops = [stop.end() for stop in _STOP.finditer(text, low, place)]
    return stops[-1] if stops else low


def _run(text: str, figures: Sequence[Figure], first: int) -> list[int]:
    """Indexes of the figures joined by nothing but 、 and 和."""
    run = [first]
    while run[-1] + 1 < len(figures):
        gap = text[figures[run[-1]].end : figures[run[-1] + 1].start]
        if len(gap) > 6 or not _GAP.match(gap) or not gap.strip():
            break
        run.append(run[-1] + 1)
    return run


def _again(
    text: str, figures: Sequence[Figure], run: list[int], names: list[Named]
) -> dict[int, Named]:
    """The second run of A、B由x、y增加到x2、y2 has the names of the first."""
    first = run[-1] + 1
    if first >= len(figures) or not _RISES.match(text[figures[run[-1]].end : figures[first].start]):
        return {}
    second = _run(text, figures, first)
    return dict(zip(second, names, strict=True)) if len(second) == len(names) else {}


def _names(words: str, size: int) -> list[tuple[str, str]]:
    """`size` pairs of name and period out of the words before 分别; empty where they don't fit."""
    if size == 2 and "城乡" in words and not _SPLIT.search(words):
        both = tidy(words)
        return [(both.replace("城乡", town), "") for town in ("城镇", "农村")]
    for pattern in (_SPLIT, _COARSE):
        parts = [part for part in pattern.split(words.strip("，：、 ")) if part.strip()]
        if len(parts) == size > 1:
            return _over_time(parts) or [(name, "") for name in _whole(parts)]
        if len(parts) > size > 1 and pattern is _SPLIT:
            merged = _fewer(words, size)
            if merged:
                return [(name, "") for name in _whole(merged)]
    return []


def _fewer(words: str, size: int) -> list[str]:
    """Parted by 和 and 及 alone, where 、 stands inside the names."""
    parts = [part for part in re.split("以及|和|及|与", words.strip("，：、 ")) if part.strip()]
    return parts if len(parts) == size else []


def _over_time(parts: Sequence[str]) -> list[tuple[str, str]]:
    """2021年、2022年、2023年产值分别为: one name, a period each."""
    times = [period_marks(part) for part in parts]
    if not all(times) or any(tidy(part) for part in parts[:-1]):
        return []
    name = tidy(parts[-1])
    return [(name, time[-1][1]) for time in times] if name else []


def _whole(parts: Sequence[str]) -> list[str]:
    """The names with what they share given back: 城镇、农村居民收入 share their tail."""
    names = [tidy(part) or part for part in parts]
    ordinals = [match[1] for name in names if (match := _ORDINAL.match(name))]
    if len(ordinals) == len(names):
        rest = _ORDINAL.sub("", names[-1])
        return [f"第{ordinal}{rest}" for ordinal in ordinals]
    last, first = names[-1], names[0]
    tail = _RATIO.search(last)
    tail = tail if tail and tail.start() else None
    out = []
    head = _PER_UNIT.match(first)
    if head:
        names = [
            name if n == 0 or len(name) > 5 else head.group() + name for n, name in enumerate(names)
        ]
    for n, name in enumerate(names):
        if n < len(names) - 1 and len(name) <= 6 and not _HEADED.match(name):
            rest = last[len(name) :] if len(last) > len(name) + 2 else ""
            name += rest if rest and not tail else tail.group() if tail else ""
        elif n and len(name) <= 4 and _ATTRIBUTE.match(name):
            stem = _ATTRIBUTE.sub("", first)
            name = (stem if len(stem) >= 2 else "") + name
        elif tail and n < len(names) - 1 and len(name) < 4 and not _RATIO.search(name):
            name += tail.group()
        out.append(name)
    return out
