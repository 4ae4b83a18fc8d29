"""Checks on targets of different strength: a rate a year beside a doubling or 5年1000亿."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from luodi.kit.findings.bounds import decimal
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem, Span
from luodi.kit.quantities import read_number
from luodi.kit.refusals import Refusal

_YEARLY = re.compile(
    r"(?:未来|今后)?(?:(?P<low>[一二两三四五六七八]|\d)(?:(?:至|到|-|—)(?:[一二三四五六七八]|\d))?年)?"
    r"[^，。；\d]{0,16}?"
    r"(?:年均增速|年均增长|年均|每年增长)[^，。；\d]{0,10}(?P<rate>\d{2,3}(?:\.\d+)?)%"
)
_STEP = re.compile(
    r"(?P<years>[一二三四五六七八]|\d)年(?:实现|达到|突破)?(?P<value>\d+(?:\.\d+)?)(?P<unit>万亿|亿|万|亩|家|户)"
)
_DOUBLE = re.compile(r"(?P<what>[\u4e00-\u9fff]{2,12})?翻(?P<n>[一两二三])?番")
_AIM = re.compile(r"力争|确保|未来|今后|目标|到20\d\d年|计划|预期")
_WHAT = re.compile(r"产值|营业收入|营收|主营业务收入|税收|总量|规模|产业|企业")


@dataclass(frozen=True, slots=True)
class Strength:
    """A target as a yearly factor over so many years (0: not said), with its words."""

    words: str
    factor: Fraction
    years: int
    about: frozenset[str]
    span: Span


def strengths(reading: Reading) -> list[Problem]:
    """`target.two_strengths`: 年均70% beside a doubling in as many years."""
    rates, steps = [], []
    for n in reading.text:
        para = reading.paragraphs[n]
        if "年均" in para.text or "每年增长" in para.text:
            rates += [
                Strength(
                    match.group(),
                    1 + Fraction(match["rate"]) / 100,
                    _small(match["low"]),
                    _about(para.text, match.start(), match.end()),
                    para.hull(*match.span()),
                )
                for match in _YEARLY.finditer(para.text)
                if Fraction(match["rate"]) >= 20 and _is_aim(para.text, match.start())
            ]
        steps += _steps(para)
    return [
        problem for rate in rates for step in steps for problem in _compare_strength(rate, step)
    ][:1]


def _is_aim(text: str, place: int) -> bool:
    start = text.rfind("。", 0, place) + 1
    return bool(
        re.search(r"力争|确保|未来|今后|目标|到20\d\d年|计划|预期", text[start : place + 12])
    )


def _about(text: str, start: int, end: int) -> frozenset[str]:
    left = max(text.rfind("。", 0, start) + 1, start - 60)
    return frozenset(_WHAT.findall(text[left : end + 20]))


def _small(text: str | None) -> int:
    read = read_number(text) if text else None
    return 0 if read is None or isinstance(read, Refusal) else int(read[0])


def _steps(para: Paragraph) -> list[Strength]:
    text, hull = para.text, para.hull
    matches = list(_STEP.finditer(text)) if "年" in text else []
    found = []
    for one, two in pairwise(matches):
        years = _small(two["years"]) - _small(one["years"])
        if one["unit"] == two["unit"] and years > 0 and Fraction(one["value"]) > 0:
            factor = Fraction(two["value"]) / Fraction(one["value"])
            words = f"{one.group()}、{two.group()}"
            about = _about(text, one.start(), two.end())
            found.append(Strength(words, factor, years, about, hull(one.start(), two.end())))
    for match in _DOUBLE.finditer(text) if "番" in text else ():
        if _is_aim(text, match.start()):
            factor = Fraction(2 ** {"两": 2, "二": 2, "三": 3}.get(match["n"] or "", 1))
            about = _about(text, match.start(), match.end())
            found.append(Strength(match.group(), factor, 0, about, hull(*match.span())))
    return found


def _compare_strength(rate: Strength, step: Strength) -> list[Problem]:
    if not rate.about & step.about:
        return []
    years = step.years or rate.years
    if not years:
        return []
    grown = rate.factor**years
    if max(grown, step.factor) < min(grown, step.factor) * Fraction(13, 10):
        return []
    message = (
        f"目标力度不一：“{rate.words}”，{years} 年就是 {decimal(grown, 2)} 倍"
        f"（{decimal(rate.factor, 2)} 的 {years} 次方）；"
        f"“{step.words}”是 {decimal(step.factor, 2)} 倍。"
    )
    params = {"grown": decimal(grown, 2), "said": decimal(step.factor, 2), "years": years}
    return [finding("target.two_strengths", message, (rate.span, step.span), params)]
