"""Checks on sums in running text: lists that say they are whole, 其中 lists, parts too large."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from luodi.kit.findings.bounds import Bounds, decimal
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.sentences import Sentence, sentences
from luodi.kit.problems import Problem, Severity

_COLON = re.compile(r"[^。；\d]{0,16}(?:[：:]|分别(?:是|为)|即|由)[^，。；\d]{0,20}\Z")
_AMONG = re.compile(
    r"[^。；\d]{0,16}[，,：:（(]其中[：:，,]?(?:[^，。；\d]|\d(?=A)|20\d\d年){1,20}\Z"
)
_ITEM = re.compile(r"[^，。；、\d]{0,6}[、，,和及](?:[^，。；、\d]|\d(?=A)|20\d\d年){1,20}\Z")
_BARE = re.compile(r"[、和及]\Z")
"""Between figures that only their 合计 adds up: behind 分别为 they are of different things."""
_SUMMED = re.compile(r"[^。；\d]{0,6}[，,](?:合计|共计|总计|一共|总共|共)[^，。；\d]{0,8}\Z")
_COMPLETE = (
    ("大型", "中型", "小型"),
    ("一季度", "二季度", "三季度", "四季度"),
    ("第一产业", "第二产业", "第三产业"),
)
"""Kinds that leave nothing over when all of them are named."""
_CHANGE = re.compile(
    r"[比较](?!重)[^，。；]{0,12}(?:增加|减少|增长|下降|提高|降低|多|少|增收|减收|缩小|扩大)(?:了)?\Z"
)
_BESIDE = re.compile(r"[，,（(](?:总|计划|合计)[^，。；、\d]{0,8}")
_APART = re.compile(
    r"(?:第[一二三]产业|[一二三]产|[一二三四]期|[一二三四]季度|上半年|下半年|国家级|省级|市级|县级|中央|\dA级|大型|中型|小型|中小型|甲级|乙级|20\d\d年|男|女"
    r"|进口|出口|夏粮|秋粮|早稻|税收收入|非税收入|城镇|农村|乡村|新建|续建|东部|西部|\S{1,6}(?:县|区|市|镇|乡|街道))"
)


def sums(reading: Reading) -> list[Problem]:
    """Wholes against their parts: a list that says it is whole, and 其中 lists."""
    found = []
    for sentence in sentences(reading):
        if "组长" in sentence.text:
            continue
        for n in range(len(sentence.figures) - 1):
            found += _list_after(sentence, n)
        found += _each_year(sentence)
        for n in range(2, len(sentence.figures)):
            found += _total_after(sentence, n)
        found += _parts_apart(sentence)
    return found


def _parts_apart(sentence: Sentence) -> list[Problem]:
    """粮食总产量19万吨。其中，夏粮7万吨，秋粮13万吨: parts behind the stop of their whole."""
    found = []
    for n in range(1, len(sentence.figures)):
        if "。其中" in sentence.gap(n - 1, n):
            found += _behind(sentence, n)
    return found


def _behind(sentence: Sentence, n: int) -> list[Problem]:
    """The only figure of the unit before the stop against two parts that can't overlap."""
    parts, figures = _run(sentence, n), sentence.figures
    unit = figures[n].amount.unit
    wholes = [one for one in figures[:n] if one.amount.unit == unit]
    apart = len(parts) > 1 and all(_APART.search(sentence.before(k)) for k in parts)
    if len(wholes) != 1 or not apart or figures[n].amount.dimension in ("share", "points", "倍"):
        return []
    amounts = [sentence.figures[k].amount for k in parts]
    total = wholes[0]
    low = sum((one.bounds.low for one in amounts), Fraction(0))
    if not total.exact or low <= total.amount.bounds.high:
        return []
    exact = sum((one.value for one in amounts), Fraction(0)) / total.amount.factor
    shown = decimal(exact, max(one.places for one in amounts))
    terms = " + ".join(one.text for one in amounts)
    message = f"{terms} = {shown}{total.amount.unit}，比总数 {total.amount.shown} 还大。"
    spans = (sentence.para.hull(total.start, total.end), sentence.hull(parts[0], parts[-1]))
    params = {"said": total.amount.text, "computed": shown}
    return [finding("sum.contradicts", message, spans, params)]


def _run(sentence: Sentence, first: int, step: int = 1, inside: bool = False) -> list[int]:
    """Places of the figures of one unit that go on from `first`, item by item.

    `inside`: the list stands in brackets and ends with them.
    """
    unit = sentence.figures[first].amount.dimension
    places = [first]
    stop = len(sentence.figures) if step > 0 else -1
    for k in range(first + step, stop, step):
        low, high = min(k, places[-1]), max(k, places[-1])
        gap = sentence.gap(low, high)
        joined = _ITEM.fullmatch(gap) or (step < 0 and _BARE.fullmatch(gap))
        if sentence.figures[k].amount.dimension != unit or not joined:
            break
        if inside and re.search("[）)]", gap):
            break
        places.append(k)
    return places


def _first_part(sentence: Sentence, n: int) -> int:
    """The next figure; the one after it where an amount stands between: 80个，总投资3亿元，其中."""
    figures = sentence.figures
    if n + 2 < len(figures) and figures[n + 1].amount.unit != figures[n].amount.unit:
        between = re.fullmatch(
            r"[，,（(](?:总|计划|合计)[^，。；、\d]{0,8}", sentence.gap(n, n + 1)
        )
        if between and _AMONG.fullmatch(sentence.gap(n + 1, n + 2)):
            return n + 2
    return n + 1


def _list_after(sentence: Sentence, n: int) -> list[Problem]:
    whole = sentence.figures[n]
    first = _first_part(sentence, n)
    gap = sentence.gap(first - 1, first)
    said_whole, among = bool(_COLON.fullmatch(gap)), bool(_AMONG.fullmatch(gap))
    if not (said_whole or among) or not whole.exact or _CHANGE.search(sentence.before(n)):
        return []
    inside = gap.count("（") > gap.count("）")
    parts = _run(sentence, first, inside=inside)
    units = {sentence.figures[k].amount.dimension for k in parts}
    if units != {whole.amount.dimension} or whole.amount.dimension in ("share", "points", "倍"):
        return []
    if len(parts) < 2:
        return _too_large(sentence, n, parts[0]) if among else []
    return _compare(sentence, n, parts, said_whole)


_EVERY_YEAR = re.compile(r"每年[^，。；\d]{0,14}\Z")
_IN_YEARS = re.compile(
    r"[^，。；\d]{0,8}[，,](?P<n>[二两三四五六]|\d)年(?:内)?(?:共|累计|总计|合计)[^，。；\d]{0,8}\Z"
)
_WORDS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def _each_year(sentence: Sentence) -> list[Problem]:
    """每年5000万元，三年共1.5亿元."""
    found = []
    for n in range(len(sentence.figures) - 1):
        match = _IN_YEARS.fullmatch(sentence.gap(n, n + 1))
        if not match or not _EVERY_YEAR.search(sentence.before(n)):
            continue
        one, two = sentence.figures[n], sentence.figures[n + 1]
        years = _WORDS.get(match["n"]) or int(match["n"])
        total = one.amount.bounds.times(years)
        if not (one.exact and two.exact) or one.amount.dimension != two.amount.dimension:
            continue
        if total.meets(two.amount.bounds):
            continue
        shown = decimal(one.amount.value * years / two.amount.factor, two.amount.places)
        result = f"{shown}{two.amount.unit}"
        message = f"{one.amount.shown} × {years} 年 = {result}，文中写 {two.amount.shown}。"
        params = {"said": two.amount.text, "computed": shown}
        found.append(finding("sum.contradicts", message, (sentence.hull(n, n + 1),), params))
    return found


_SECTORS = re.compile(r"第(?P<n>[一二三])产业(?:增加值)?(?:完成|实现|为|达到?)?\Z")
_GDP = re.compile(r"(?:生产总值|GDP)(?:[（(][^）)]*[）)])?(?:完成|实现|为|达到?|突破)?\Z")


_HALVES = (
    (re.compile(r"进出口[^，。；]{0,8}\Z"), re.compile(r"(?<!进)出口"), re.compile(r"进口")),
    (re.compile(r"零售(?:总)?额[^，。；]{0,4}\Z"), re.compile(r"城镇"), re.compile(r"乡村")),
    (re.compile(r"(?:人口|户籍人口)[^，。；]{0,4}\Z"), re.compile(r"男"), re.compile(r"女")),
)
"""A whole and its two halves: (words of the whole, of one half, of the other)."""


def halves(reading: Reading) -> list[Problem]:
    """进出口总额 against 出口 and 进口, with growth rates between them."""
    found = []
    for sentence in sentences(reading):
        text = sentence.text
        if "出口" in text or "城镇" in text or "男" in text:
            for whole, one, two in _HALVES:
                found += _two_halves(sentence, whole, one, two)
    return found


def _two_halves(
    sentence: Sentence, whole: re.Pattern[str], one: re.Pattern[str], two: re.Pattern[str]
) -> list[Problem]:
    figures = sentence.figures
    amounts = [
        n for n, each in enumerate(figures) if each.amount.dimension not in ("share", "points")
    ]
    for a, b, c in zip(amounts, amounts[1:], amounts[2:], strict=False):
        dimensions = {figures[n].amount.dimension for n in (a, b, c)}
        if len(dimensions) > 1 or not whole.search(sentence.before(a)):
            continue
        if _HALF.sub("", sentence.before(b)) and one.search(sentence.before(b)):
            first, second = sentence.before(b), sentence.before(c)
            if "其中" in first and two.search(second) and not _CHANGE.search(second):
                return _unequal_halves(sentence, a, (b, c))
    return []


_HALF = re.compile(r"\s+")


def _unequal_halves(sentence: Sentence, whole: int, parts: tuple[int, int]) -> list[Problem]:
    figures = sentence.figures
    total = figures[whole].amount
    one, two = (figures[n].amount for n in parts)
    if not all(figures[n].exact for n in (whole, *parts)) or total.bounds.meets(
        one.bounds.plus(two.bounds)
    ):
        return []
    shown = decimal((one.value + two.value) / total.factor, max(one.places, two.places))
    message = f"{one.text} + {two.text} = {shown}{total.unit}，文中写 {total.shown}。"
    params = {"said": total.text, "computed": shown}
    span = sentence.hull(whole, parts[1])
    return [finding("sum.contradicts", message, (span,), params)]


def sectors(reading: Reading) -> list[Problem]:
    """第一、第二、第三产业增加值 against the 生产总值 named before them in the paragraph."""
    found = []
    whole: tuple[Sentence, int] | None = None
    for sentence in sentences(reading):
        parts: dict[str, int] = {}
        for n, one in enumerate(sentence.figures):
            if one.amount.dimension != "money":
                continue
            before = sentence.before(n)
            if _GDP.search(before):
                whole, parts = (sentence, n), {}
            elif match := _SECTORS.search(before):
                parts[match["n"]] = n
            if len(parts) == 3 and whole and whole[0].para is sentence.para:
                found += _sectors(whole, sentence, sorted(parts.values()))
                whole, parts = None, {}
    return found


def _sectors(
    whole: tuple[Sentence, int], sentence: Sentence, parts: Sequence[int]
) -> list[Problem]:
    total = whole[0].figures[whole[1]]
    amounts = [sentence.figures[k].amount for k in parts]
    low = sum((one.bounds.low for one in amounts), Fraction(0))
    high = sum((one.bounds.high for one in amounts), Fraction(0))
    if not total.exact or Bounds(low, high).meets(total.amount.bounds):
        return []
    exact = sum((one.value for one in amounts), Fraction(0)) / total.amount.factor
    shown = decimal(exact, max(one.places for one in amounts))
    terms = " + ".join(one.text for one in amounts)
    message = f"三次产业 {terms} = {shown}{total.amount.unit}，文中写 {total.amount.shown}。"
    para = sentence.para
    spans = (
        para.hull(total.start, total.end),
        para.hull(sentence.figures[parts[0]].start, sentence.figures[parts[-1]].end),
    )
    params = {"said": total.amount.text, "computed": shown}
    return [finding("sum.contradicts", message, spans, params)]


def _too_large(sentence: Sentence, whole: int, part: int) -> list[Problem]:
    one, two = sentence.figures[part].amount, sentence.figures[whole].amount
    if not sentence.figures[part].exact or one.bounds.low <= two.bounds.high:
        return []
    message = f"其中数 {one.shown} 比总数 {two.shown} 还大。"
    params = {"part": one.text, "whole": two.text}
    return [finding("part.exceeds", message, (sentence.hull(whole, part),), params)]


def _compare(
    sentence: Sentence, whole: int, parts: Sequence[int], said_whole: bool
) -> list[Problem]:
    """An error where the list says it is the whole or its parts can't overlap; else a warning."""
    figures = sentence.figures
    if not all(figures[k].exact for k in (whole, *parts)):
        return []
    total = figures[whole].amount
    bounds = Bounds(Fraction(0), Fraction(0))
    for k in parts:
        bounds = bounds.plus(figures[k].amount.bounds)
    if bounds.meets(total.bounds):
        return _rounded(sentence, whole, parts, said_whole)
    more = bounds.low > total.bounds.high
    exact = sum((figures[k].amount.value for k in parts), Fraction(0))
    apart = all(_APART.search(sentence.before(k)) for k in parts)
    near = len(parts) >= 3 and abs(exact - total.value) * 10 <= total.value
    if not (said_whole or near or more):
        return []
    words = "".join(sentence.before(k) for k in parts)
    whole_set = near and any(all(one in words for one in each) for each in _COMPLETE)
    sure = (
        said_whole
        or (more and apart)
        or whole_set
        or (near and "其他" in sentence.before(parts[-1]))
    )
    return [_sum(sentence, whole, parts, exact / total.factor, "error" if sure else "warning")]


def _rounded(
    sentence: Sentence, whole: int, parts: Sequence[int], said_whole: bool
) -> list[Problem]:
    """Whole numbers of 亿元 or 万元 that don't add up, but could where each was rounded."""
    amounts = [sentence.figures[k].amount for k in (whole, *parts)]
    exact = sum((one.value for one in amounts[1:]), Fraction(0))
    more = exact > amounts[0].value
    if any(one.places for one in amounts) or exact == amounts[0].value or len(parts) > 5:
        return []
    if not (said_whole or more) or len({one.unit for one in amounts}) > 1:
        return []
    return [_sum(sentence, whole, parts, exact / amounts[0].factor, "info")]


def _sum(
    sentence: Sentence, whole: int, parts: Sequence[int], exact: Fraction, severity: Severity
) -> Problem:
    figures = sentence.figures
    places = max(figures[k].amount.places for k in (whole, *parts))
    shown = decimal(exact, places)
    terms = " + ".join(figures[k].amount.text for k in parts)
    total = figures[whole].amount
    message = f"{terms} = {shown}{total.unit}，文中写 {total.shown}。"
    params = {"said": total.text, "computed": shown}
    span = sentence.hull(min(whole, parts[0]), max(whole, parts[-1]))
    return finding("sum.contradicts", message, (span,), params, severity)


def _total_after(sentence: Sentence, n: int) -> list[Problem]:
    """A list that ends in 合计: the figures of one unit before it."""
    if not _SUMMED.fullmatch(sentence.gap(n - 1, n)):
        return []
    parts = sorted(_run(sentence, n - 1, -1))
    units = {sentence.figures[k].amount.dimension for k in (n, *parts)}
    if len(parts) < 2 or len(units) > 1 or sentence.figures[n].amount.dimension == "share":
        return []
    return _compare(sentence, n, parts, True)
