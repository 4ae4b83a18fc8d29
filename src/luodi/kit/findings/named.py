"""Checks on shares whose whole is named: 占…的, 出资30%、计6亿元, 城镇化率, days of a year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from luodi.kit.findings.bounds import Bounds, percent
from luodi.kit.findings.growth import agrees
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.sentences import Sentence, sentences
from luodi.kit.problems import Problem

_OF_NAMED = re.compile(
    r"[，,（(]占(?:全部)?(?P<whole>[^，。；、\d]{3,16}?)的(?:比重|比例)?(?:为|达到?)?\Z"
)
_SAID = re.compile(r"(?:共|已)?(?:完成|实现|达到?|为|合计|共计)?\Z")
_THAT_IS = re.compile(r"[、，,（(](?:计|即|合计|共计|折合)\Z")
_URBAN = re.compile(r"城镇(?:常住)?人口(?:为|达到?)?\Z")
_PEOPLE = re.compile(r"常住(?:总)?人口(?:为|达到?)?\Z")
_URBAN_RATE = re.compile(r"(?:常住人口)?城镇化率(?:为|达到?)?\Z")
_DAY_RATE = re.compile(
    r"[，,（(](?:[^，。；\d]{0,4}优良(?:天数)?(?:比例|率|比率)|占比|占全年的?)(?:为|达到?)?\Z"
)
_PART_YEAR = re.compile(r"上半年|下半年|季度|\d月|月份|截至|供暖期|采暖季|有效监测|监测天数")


def named_shares(reading: Reading) -> list[Problem]:
    """`share.contradicts`: a share of a whole whose name stands before it in the sentence."""
    words, found = reading.words, []
    asked = "占" in words or "计" in words or "城镇化率" in words
    for sentence in sentences(reading) if asked else ():
        for n in range(1, len(sentence.figures)):
            if sentence.figures[n].amount.unit == "%":
                found += _of_named(sentence, n) or _urban(sentence, n) or _days(sentence, n)
            elif sentence.figures[n - 1].amount.unit == "%":
                found += _that_is(sentence, n)
    return found


def _of_named(sentence: Sentence, n: int) -> list[Problem]:
    """税收9.9亿元，占一般公共预算收入的69%, where 一般公共预算收入14.3亿元 stands before it."""
    match = _OF_NAMED.search(sentence.before(n))
    part = sentence.figures[n - 1]
    if not match or not part.exact:
        return []
    wholes = [
        k
        for k in range(n - 1)
        if sentence.figures[k].amount.dimension == part.amount.dimension
        and _SAID.sub("", sentence.before(k)).endswith(match["whole"])
    ]
    return _share(sentence, n - 1, wholes[0], n) if len(wholes) == 1 else []


def _urban(sentence: Sentence, n: int) -> list[Problem]:
    if not _URBAN_RATE.search(sentence.before(n)):
        return []
    parts = [k for k in range(n) if _URBAN.search(sentence.before(k))]
    wholes = [k for k in range(n) if _PEOPLE.search(sentence.before(k)) and k not in parts]
    return _share(sentence, parts[0], wholes[0], n) if len(parts) == len(wholes) == 1 else []


def _share(sentence: Sentence, part: int, whole: int, said: int) -> list[Problem]:
    one, two = sentence.figures[part], sentence.figures[whole]
    stated = sentence.figures[said]
    quotient = one.amount.bounds.over(two.amount.bounds)
    if not (one.exact and two.exact) or quotient is None or one.amount.value > two.amount.value:
        return []
    if one.amount.dimension != two.amount.dimension or agrees(quotient, stated):
        return []
    shown = percent(one.amount.value / two.amount.value, stated.amount.places)
    message = f"{one.amount.text} ÷ {two.amount.text} = {shown}，文中写 {stated.amount.text}%。"
    params = {"part": one.amount.text, "whole": two.amount.text, "said": stated.amount.text}
    spans = (sentence.hull(min(part, whole), said),)
    return [finding("share.contradicts", message, spans, params | {"computed": shown})]


def _days(sentence: Sentence, n: int) -> list[Problem]:
    """Days of a year with their share; up to fifteen days without a measurement are left out."""
    part, said = sentence.figures[n - 1], sentence.figures[n]
    if part.amount.unit != "天" or not (part.exact and said.exact) or part.amount.places:
        return []
    if not 31 <= part.amount.value <= 366 or not _DAY_RATE.fullmatch(sentence.before(n)):
        return []
    if _PART_YEAR.search(sentence.para.text):
        return []
    likely = Bounds(part.amount.value / 366, min(part.amount.value / 350, Fraction(1)))
    if likely.meets(said.amount.bounds):
        return []
    shown = percent(part.amount.value / 365, said.amount.places)
    message = f"{part.amount.text} ÷ 365 天 = {shown}，文中写 {said.amount.text}%。"
    params = {"part": part.amount.text, "said": said.amount.text, "computed": shown}
    return [finding("share.contradicts", message, (sentence.hull(n - 1, n),), params)]


def _that_is(sentence: Sentence, n: int) -> list[Problem]:
    """规模20亿元，其中…出资30%、计8亿元: the share of the whole before 其中."""
    if not _THAT_IS.fullmatch(sentence.gap(n - 1, n)):
        return []
    first = next((k for k in range(1, n) if "其中" in sentence.before(k)), 0)
    figures, unit = sentence.figures, sentence.figures[n].amount.dimension
    if not first or figures[first - 1].amount.dimension != unit:
        return []
    alike = [k for k in range(first, n) if not _pair(sentence, k)]
    return [] if alike else _part_of(sentence, first - 1, n)


def _pair(sentence: Sentence, k: int) -> bool:
    """Whether a figure is a share that its amount follows, or that amount."""
    if sentence.figures[k].amount.unit == "%":
        return bool(_THAT_IS.fullmatch(sentence.gap(k, k + 1)))
    return bool(k and _THAT_IS.fullmatch(sentence.gap(k - 1, k)))


def _part_of(sentence: Sentence, whole: int, n: int) -> list[Problem]:
    total, rate, said = (sentence.figures[k] for k in (whole, n - 1, n))
    exact: Sequence[bool] = [one.exact for one in (total, rate, said)]
    quotient = said.amount.bounds.over(total.amount.bounds)
    if not all(exact) or quotient is None or agrees(quotient, rate):
        return []
    shown = percent(said.amount.value / total.amount.value, max(rate.amount.places, 1))
    message = f"{said.amount.text} ÷ {total.amount.text} = {shown}，文中写 {rate.amount.text}%。"
    params = {"part": said.amount.text, "whole": total.amount.text, "said": rate.amount.text}
    spans = (sentence.hull(n - 1, n),)
    return [finding("share.contradicts", message, spans, params | {"computed": shown})]
