"""Checks on numbers: shares and growth recomputed, targets without a base, odd units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem, Span
from luodi.kit.targets.indicators import Indicator
from luodi.kit.targets.periods import period_marks

_NUM = r"\d+(?:\.\d+)?"
_UNIT = r"万亿元|亿元|万元|亿美元|万美元|元|万平方米|平方米|万吨|吨|万人|人|家|个|项|户|件|亩|公里"
_SHARE = re.compile(
    rf"(?P<whole>{_NUM})(?P<unit>{_UNIT})[，,、][^。；]{{0,6}}其中[^。；，\d]{{1,24}}?(?P<part>{_NUM})(?P=unit)[，,]"
    rf"占(?:比|总(?:数|量|额)的?|全部的?)?(?:为|达到?|达)?(?P<share>{_NUM})%"
)
_SHARES = re.compile(
    rf"(?P<w1>{_NUM})(?P<u1>{_UNIT})[，,][^。；\d]{{0,10}}(?P<w2>{_NUM})(?P<u2>{_UNIT})[，,]其中[^。；\d]{{1,24}}(?P<p1>{_NUM})(?P=u1)[，,]"
    rf"[^。；\d]{{0,10}}(?P<p2>{_NUM})(?P=u2)[，,][^。；\d]{{2,14}}占比分别(?:为|达到?)?(?P<s1>{_NUM})%[、和](?P<s2>{_NUM})%"
)
_GROWTH = re.compile(
    rf"(?:由|从)(?P<lead>[^，。；]{{0,20}}?)(?P<old>{_NUM})(?P<unit>{_UNIT})?(?:增长|增加|提高|提升|上升|扩大|增)(?:到|至)(?P<mid>[^，。；\d]{{0,12}}(?:20\d\d年)?的?)"
    rf"(?P<new>{_NUM})(?P<unit2>{_UNIT})[，,](?P<each>年均)?(?:同比|累计)?(?:增长|增幅|增速)(?:为|达到?|达)?(?P<rate>{_NUM})%"
)
_REAL = re.compile(r"生产总值|增加值|GDP|可比价|不变价")
_ODD_UNIT = re.compile(rf"(?P<value>{_NUM})(?P<unit>万|亿)/(?P<per>亩|人|户|平方米|公里|家)")
_NO_BASE = re.compile(
    rf"“?(?P<years>[1-9]|[一二三四五])年(?P<value>{_NUM})(?P<unit>亿元|亿|万亿元?|万元)"
)
_CUE = re.compile(r"占|增|/|年\d")


def contradictions(reading: Reading) -> list[Problem]:
    """`share.contradicts`, `growth.contradicts`: the text's own figures give another result."""
    found = []
    for para in _with_numbers(reading):
        for match in _SHARE.finditer(para.text):
            found += _share(para, match.span(), match["part"], match["whole"], match["share"])
        for match in _SHARES.finditer(para.text):
            for n in "12":
                found += _share(para, match.span(), match["p" + n], match["w" + n], match["s" + n])
        for match in _GROWTH.finditer(para.text):
            found += _growth(para, match)
    return found


def _with_numbers(reading: Reading) -> Iterator[Paragraph]:
    for n in reading.text:
        if _CUE.search(reading.paragraphs[n].text):
            yield reading.paragraphs[n]


def _half(text: str) -> Decimal:
    """Half of the last place a figure is written to."""
    exponent = Decimal(text).as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


def _place(text: str) -> Decimal:
    """One unit in the last place a figure is written to."""
    return Decimal(1).scaleb(int(Decimal(text).as_tuple().exponent))


def _share(para: Paragraph, at: Span, part: str, whole: str, said: str) -> list[Problem]:
    low, high = _quotient(part, whole)
    slack = 2 * _half(said)
    if low is None or low * 100 - slack <= Decimal(said) <= high * 100 + slack:
        return []
    result = (Decimal(part) / Decimal(whole) * 100).quantize(_place(said))
    message = f"{part} ÷ {whole} = {result}%，文中写 {said}%。"
    params = {"part": part, "whole": whole, "said": said, "computed": str(result)}
    return [Problem("share.contradicts", "error", message, (para.hull(*at),), params)]


def _quotient(part: str, whole: str) -> tuple[Decimal | None, Decimal]:
    """Least and greatest quotient that the written places allow; (None, 0) for no quotient."""
    over, under = Decimal(whole) + _half(whole), Decimal(whole) - _half(whole)
    if under <= 0:
        return None, Decimal(0)
    return (Decimal(part) - _half(part)) / over, (Decimal(part) + _half(part)) / under


def _growth(para: Paragraph, match: re.Match[str]) -> list[Problem]:
    """Growth rates recomputed. Rates in comparable prices can't be, so real ones are left out."""
    sentence = para.text[para.text.rfind("。", 0, match.start()) + 1 : match.end()]
    if _REAL.search(sentence) or (match["unit"] or match["unit2"]) != match["unit2"]:
        return []
    years = _years(sentence) if match["each"] else 1
    low, high = _quotient(match["new"], match["old"])
    if not years or low is None or low <= 0:
        return []
    root = Decimal(1) / years
    slack, said = 2 * _half(match["rate"]), Decimal(match["rate"])
    if (low**root - 1) * 100 - slack <= said <= (high**root - 1) * 100 + slack:
        return []
    exact = ((Decimal(match["new"]) / Decimal(match["old"])) ** root - 1) * 100
    result = exact.quantize(_place(match["rate"]))
    power = f"的 {years} 次方根" if years > 1 else ""
    message = (
        f"（{match['new']} ÷ {match['old']}）{power} − 1 = {result}%，文中写 {match['rate']}%。"
    )
    params = {"said": match["rate"], "computed": str(result), "years": years}
    return [Problem("growth.contradicts", "error", message, (para.hull(*match.span()),), params)]


def _years(sentence: str) -> int:
    """Years between the two moments a sentence names; 0 unless there are exactly two."""
    marks = {int(what) for _, what in period_marks(sentence) if what.isdigit()}
    marks |= {int(year) for year in re.findall(r"(20\d\d)年", sentence)}
    return max(marks) - min(marks) if len(marks) == 2 else 0


def odd_units(reading: Reading) -> list[Problem]:
    """`unit.odd`: 万/亩 lacks its 元; a head of a table that says 万元 above values in 元."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        for match in _ODD_UNIT.finditer(para.text) if "/" in para.text else ():
            message = f"“{match.group()}”的单位不完整：是“{match['unit']}元/{match['per']}”吗？"
            span = para.hull(*match.span())
            found.append(Problem("unit.odd", "warning", message, (span,), {"text": match.group()}))
    return found + _odd_columns(reading)


def _odd_columns(reading: Reading) -> list[Problem]:
    found = []
    for table in reading.tables:
        for n, head in enumerate(table.header):
            if "人均" not in head or "万元" not in head:
                continue
            values = [row[n] for row in table.rows if len(row) > n and row[n].isdigit()]
            if values and min(map(int, values)) > 1000:
                message = f"表头写“{head}”，最小的值是 {min(map(int, values))}：单位应当是元。"
                span = reading.paragraphs[table.at[0]].span
                found.append(Problem("unit.odd", "warning", message, (span,), {"text": head}))
    return found


def no_base(reading: Reading) -> list[Problem]:
    """`target.no_period`: 3年500亿 doesn't say from which year the years count."""
    goals: dict[str, list[Span]] = {}
    for para in _with_numbers(reading):
        for match in _NO_BASE.finditer(para.text):
            before = para.text[max(0, match.start() - 30) : match.start()]
            if re.search(r"20\d\d年|起|未来", before) or before[-1:].isdigit():
                continue
            goal = f"{match['years']}年{match['value']}{match['unit']}"
            goals.setdefault(goal, []).append(para.hull(*match.span()))
    return [_no_base(goal, spans) for goal, spans in goals.items()]


def _no_base(goal: str, spans: list[Span]) -> Problem:
    message = f"目标“{goal}”没有写从哪一年算起，到期年份无法确定。"
    return Problem("target.no_period", "warning", message, tuple(spans), {"goal": goal})


def two_values(reading: Reading) -> list[Problem]:
    """`indicator.two_values`: one name, period and unit with two figures in two sentences."""
    rows: dict[tuple[str, str, str, str], list[Indicator]] = {}
    for one in reading.indicators:
        if len(one.name) >= 5 and one.period.isdigit() and _MEASURED.search(one.name):
            rows.setdefault((one.name, one.unit, one.period, one.comparator), []).append(one)
    return [_two_values(said) for said in rows.values() if _disagree(said)]


def _disagree(said: list[Indicator]) -> bool:
    """Two values far enough apart not to be the ends of one 由…增长到…."""
    near = any(two.span[0] - one.span[1] < 30 for one, two in pairwise(said))
    return len({Decimal(one.value) for one in said}) > 1 and not near


def _two_values(said: list[Indicator]) -> Problem:
    values = list(dict.fromkeys(one.value for one in said))
    name, period = said[0].name, said[0].period
    message = f"“{name}”（{period}年）有几个数：{' 和 '.join(values)} {said[0].unit}。"
    spans = tuple(one.span for one in said)
    params = {"name": name, "values": values}
    return Problem("indicator.two_values", "warning", message, spans, params)


_MEASURED = re.compile(
    r"(?:率|总产值|总值|增加值|营业收入|总收入|总额|总量|强度|覆盖面|经费投入|拥有量)\Z"
)
