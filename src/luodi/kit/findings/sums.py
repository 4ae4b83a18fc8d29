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
_AMONG = re.compile(r"[^。；\d]{0,16}[，,：:（(]其中[：:，,]?[^，。；\d]{1,20}\Z")
_ITEM = re.compile(r"[^，。；、\d]{0,6}[、，,和及][^，。；、\d]{1,20}\Z")
_SUMMED = re.compile(r"[^。；\d]{0,6}[，,](?:合计|共计|总计|一共|总共|共)[^，。；\d]{0,8}\Z")
_APART = re.compile(
    r"(?:第[一二三]产业|[一二三]产|[一二三四]期|[一二三四]季度|上半年|下半年|国家级|省级|市级|县级|中央|男|女"
    r"|进口|出口|城镇|农村|乡村|新建|续建|东部|西部|\S{1,6}(?:县|区|市|镇|乡|街道))"
)


def sums(reading: Reading) -> list[Problem]:
    """Wholes against their parts: a list that says it is whole, and 其中 lists."""
    found = []
    for sentence in sentences(reading):
        for n in range(len(sentence.figures) - 1):
            found += _list_after(sentence, n)
        for n in range(2, len(sentence.figures)):
            found += _total_after(sentence, n)
    return found


def _run(sentence: Sentence, first: int, step: int = 1, inside: bool = False) -> list[int]:
    """Places of the figures of one unit that go on from `first`, item by item.

    `inside`: the list stands in brackets and ends with them.
    """
    unit = sentence.figures[first].amount.unit
    places = [first]
    stop = len(sentence.figures) if step > 0 else -1
    for k in range(first + step, stop, step):
        low, high = min(k, places[-1]), max(k, places[-1])
        gap = sentence.gap(low, high)
        if sentence.figures[k].amount.unit != unit or not _ITEM.fullmatch(gap):
            break
        if inside and re.search("[）)]", gap):
            break
        places.append(k)
    return places


def _list_after(sentence: Sentence, n: int) -> list[Problem]:
    whole = sentence.figures[n]
    gap = sentence.gap(n, n + 1)
    said_whole, among = bool(_COLON.fullmatch(gap)), bool(_AMONG.fullmatch(gap))
    if not (said_whole or among) or not whole.exact:
        return []
    inside = gap.count("（") > gap.count("）")
    parts = _run(sentence, n + 1, inside=inside)
    units = {sentence.figures[k].amount.unit for k in parts}
    if units != {whole.amount.unit} or whole.amount.dimension in ("share", "points", "倍"):
        return []
    if len(parts) < 2:
        return _too_large(sentence, n, parts[0]) if among else []
    return _compare(sentence, n, parts, said_whole)


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
        return []
    more = bounds.low > total.bounds.high
    exact = sum((figures[k].amount.value for k in parts), Fraction(0))
    apart = all(_APART.search(sentence.before(k)) for k in parts)
    near = len(parts) >= 3 and abs(exact - total.value) * 10 <= total.value
    if not (said_whole or near or more):
        return []
    sure = said_whole or (more and apart)
    return [_sum(sentence, whole, parts, exact / total.factor, "error" if sure else "warning")]


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
    units = {sentence.figures[k].amount.unit for k in (n, *parts)}
    if len(parts) < 2 or len(units) > 1 or sentence.figures[n].amount.dimension == "share":
        return []
    return _compare(sentence, n, parts, True)
