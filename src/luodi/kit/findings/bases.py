"""Checks of a goal's growth against the base that the document states elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from luodi.kit.findings.bounds import Amount, amount, decimal, percent
from luodi.kit.findings.goals import target_name
from luodi.kit.findings.growth import agrees
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.findings.sentences import Sentence, sentences
from luodi.kit.problems import Problem
from luodi.kit.targets.indicators import Indicator

_SINCE = re.compile(
    r"[，,](?:力争)?[比较](?P<year>20\d\d)年(?:实现)?(?:净增加?|新增|增加|增长|提高)(?:了)?\Z"
)
_TWICE = re.compile(
    r"[，,](?:力争)?[比较](?P<year>20\d\d)年(?:实现)?翻(?P<turns>[一两二三])?番(?![^，。；]*以上)"
)
_TURNS = {"一": 2, "两": 4, "二": 4, "三": 8}
_REAL = re.compile(r"生产总值|增加值|GDP|可比|不变价")
_HEAD = re.compile(r"[比较]20\d\d年")

Base = tuple[Amount, Indicator]


def against_stated_base(reading: Reading) -> list[Problem]:
    """达到210家，比2025年增加60家, where a table or a sentence gives 160家 for 2025.

    `difference.contradicts`, `growth.contradicts`, `multiple.contradicts`; silent unless the base
    is stated once, in the same unit.
    """
    if not _HEAD.search(reading.words):
        return []
    known, named = _known(reading), {one.span[1]: one for one in reading.indicators}
    found = []
    for sentence in sentences(reading):
        for n in range(len(sentence.figures)):
            about = named.get(sentence.hull(n, n)[1])
            if about and not _REAL.search(about.name):
                found += _said(sentence, n, about, known)
    return found


Known = Mapping[tuple[str, str, str], list[Base]]


def _known(reading: Reading) -> Known:
    """Name, year and unit to the values stated for them."""
    known: dict[tuple[str, str, str], list[Base]] = defaultdict(list)
    for one in reading.indicators:
        name, read = target_name(one.name), amount(one.value, one.unit)
        if len(name) >= 4 and read and one.comparator == "=" and not one.value_to:
            known[name, one.period, one.unit].append((read, one))
    return known


def _base(known: Known, about: Indicator, year: str) -> Base | None:
    stated = known.get((target_name(about.name), year, about.unit), [])
    values = {one.value for one, _ in stated}
    return stated[0] if len(values) == 1 and stated[0][1].span != about.span else None


def _said(sentence: Sentence, n: int, about: Indicator, known: Known) -> list[Problem]:
    new = sentence.figures[n]
    if twice := _TWICE.match(sentence.after(n)):
        base = _base(known, about, twice["year"])
        return _doubled(sentence, n, base, twice["turns"] or "一") if base else []
    if n + 1 >= len(sentence.figures):
        return []
    match = _SINCE.fullmatch(sentence.gap(n, n + 1))
    base = _base(known, about, match["year"]) if match else None
    if base is None or not new.exact:
        return []
    said = sentence.figures[n + 1]
    if said.amount.unit == "%" and new.amount.dimension != "share":
        return _grown(sentence, n, base)
    return _more(sentence, n, base) if said.amount.unit == new.amount.unit else []


def _grown(sentence: Sentence, n: int, base: Base) -> list[Problem]:
    new, said, old = sentence.figures[n].amount, sentence.figures[n + 1], base[0]
    quotient = new.bounds.over(old.bounds)
    if quotient is None or agrees(quotient.moved(-1), said):
        return []
    shown = percent(new.value / old.value - 1, max(said.amount.places, 1))
    message = f"{new.text} ÷ {old.text} − 1 = {shown}，文中写增长 {said.amount.text}%。"
    params = {"old": old.text, "new": new.text, "said": said.amount.text, "computed": shown}
    spans = (sentence.hull(n, n + 1), base[1].span)
    return [finding("growth.contradicts", message, spans, params)]


def _more(sentence: Sentence, n: int, base: Base) -> list[Problem]:
    new, said, old = sentence.figures[n].amount, sentence.figures[n + 1], base[0]
    if agrees(new.bounds.minus(old.bounds), said):
        return []
    shown = decimal((new.value - old.value) / new.factor, max(new.places, old.places))
    message = f"{new.shown} − {old.shown} = {shown}{new.unit}，文中写 {said.amount.shown}。"
    params = {"old": old.text, "new": new.text, "said": said.amount.text, "computed": shown}
    spans = (sentence.hull(n, n + 1), base[1].span)
    return [finding("difference.contradicts", message, spans, params)]


def _doubled(sentence: Sentence, n: int, base: Base, turns: str) -> list[Problem]:
    """翻两番 said of a goal that is far from four times its base; a tenth is left for rounding."""
    new, old, wanted = sentence.figures[n].amount, base[0], _TURNS[turns]
    if not old.value or abs(new.value / old.value - wanted) * 10 <= wanted:
        return []
    if new.value / old.value > wanted:
        return []
    shown = decimal(new.value / old.value, 2)
    message = f"{new.text} ÷ {old.text} = {shown} 倍，翻{turns}番应当是 {wanted} 倍。"
    params = {"said": f"翻{turns}番", "computed": shown}
    spans = (sentence.hull(n, n), base[1].span)
    return [finding("multiple.contradicts", message, spans, params)]
