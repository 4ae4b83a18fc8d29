"""Checks on rates said before their base, and on a whole and a yearly rate said together."""

from __future__ import annotations

import re
from fractions import Fraction

from luodi.kit.findings.bounds import decimal, percent, root
from luodi.kit.findings.growth import agrees, compound
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.sentences import Sentence, sentences
from luodi.kit.problems import Problem

_GREW = re.compile(r"[，,](?:同比|比上年|较上年|比去年|较去年)(?:增长|增加|提高)(?:了)?\Z")
_BASE = re.compile(
    r"[（(](?:上年同期|去年同期|上年|去年|20\d\d年)[^，。；、（）\d]{0,8}?(?:为|是|完成|实现)?\Z"
)
_REAL = re.compile(r"生产总值|增加值|GDP|可比|不变价|口径|剔除|扣除")
_WHOLE = re.compile(r"[比较](?P<base>20\d\d)年[^，。；、\d]{0,4}(?:累计)?(?:增长|提高|增加)\Z")
_YEARLY = re.compile(r"[，,、]年均(?:增长|增速)(?:为|达到?)?\Z")
_YEAR = re.compile(r"(20\d\d)年")


def rates_before(reading: Reading) -> list[Problem]:
    """`growth.contradicts` where the base follows; `growth.average` of 比…年增长A%，年均增长B%."""
    words, found = reading.words, []
    based = "%（上年" in words or "%（去年" in words or "%（2" in words
    yearly = "年均" in words
    for sentence in sentences(reading) if based or yearly else ():
        for n in range(1, len(sentence.figures)):
            if based and n > 1:
                found += _based(sentence, n)
            if yearly and _YEARLY.fullmatch(sentence.gap(n - 1, n)):
                found += _yearly(sentence, n)
    return found


def _based(sentence: Sentence, n: int) -> list[Problem]:
    """用电量21.6亿千瓦时，同比增长8.0%（上年同期20.0亿千瓦时）."""
    new, said, old = (sentence.figures[k] for k in (n - 2, n - 1, n))
    alike = new.amount.dimension == old.amount.dimension and said.amount.unit == "%"
    if not alike or not _BASE.fullmatch(sentence.gap(n - 1, n)):
        return []
    if not _GREW.fullmatch(sentence.gap(n - 2, n - 1)) or _REAL.search(sentence.before(n - 2)):
        return []
    quotient = new.amount.bounds.over(old.amount.bounds)
    if not (new.exact and old.exact) or quotient is None or agrees(quotient.moved(-1), said):
        return []
    shown = percent(new.amount.value / old.amount.value - 1, said.amount.places)
    terms = f"{new.amount.shown} ÷ {old.amount.shown}"
    message = f"{terms} − 1 = {shown}，文中写 {said.amount.text}%。"
    params = {"old": old.amount.text, "new": new.amount.text, "said": said.amount.text}
    spans = (sentence.hull(n - 2, n),)
    return [finding("growth.contradicts", message, spans, params | {"computed": shown})]


def _yearly(sentence: Sentence, n: int) -> list[Problem]:
    """到2030年…比2025年增长45.6%，年均增长7.8%: the fifth root of the whole growth."""
    whole, said = sentence.figures[n - 1], sentence.figures[n]
    match = _WHOLE.search(sentence.before(n - 1))
    if not match or {whole.amount.unit, said.amount.unit} != {"%"} or not whole.exact:
        return []
    start = sentence.figures[n - 1].start
    named = _YEAR.findall(sentence.para.text[sentence.start : start])
    years = max(map(int, named)) - int(match["base"])
    if not 2 <= years <= 15 or agrees(compound(said.amount.bounds, years, False).moved(-1), whole):
        return []
    exact = root(1 + whole.amount.value, years) - Fraction(1)
    shown = percent(exact, said.amount.places)
    grown = decimal(whole.amount.value * 100, whole.amount.places)
    message = f"{years} 年增长 {grown}%，年均 {shown}，文中写年均 {said.amount.text}%。"
    params = {"said": said.amount.text, "computed": shown, "years": years}
    return [finding("growth.average", message, (sentence.hull(n - 1, n),), params)]
