"""Checks on single numbers: odd units, years counted from nowhere, two values of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Problem, Span
from luodi.kit.targets.indicators import Indicator

_NUM = r"\d+(?:\.\d+)?"
_UNIT = r"万亿元|亿元|万元|亿美元|万美元|元|万平方米|平方米|万吨|吨|万人|人|家|个|项|户|件|亩|公里"
_ODD_UNIT = re.compile(rf"(?P<value>{_NUM})(?P<unit>万|亿)/(?P<per>亩|人|户|平方米|公里|家)")
_NO_BASE = re.compile(
    rf"“?(?P<years>[1-9]|[一二三四五])年(?P<value>{_NUM})(?P<unit>亿元|亿|万亿元?|万元)"
)
_CUE = re.compile(r"占|增|/|年\d")


def _with_numbers(reading: Reading) -> Iterator[Paragraph]:
    for n in reading.text:
        if _CUE.search(reading.paragraphs[n].text):
            yield reading.paragraphs[n]


def odd_units(reading: Reading) -> list[Problem]:
    """`unit.odd`: 万/亩 lacks its 元; a head of a table that says 万元 above values in 元."""
    found = []
    for n in reading.text:
        para = reading.paragraphs[n]
        for match in _ODD_UNIT.finditer(para.text) if "/" in para.text else ():
            message = f"“{match.group()}”的单位不完整：是“{match['unit']}元/{match['per']}”吗？"
            span = para.hull(*match.span())
            found.append(finding("unit.odd", message, (span,), {"text": match.group()}))
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
    return finding("target.no_period", message, tuple(spans), {"goal": goal})


def two_values(reading: Reading) -> list[Problem]:
    """`indicator.two_values`: one name, period and unit with two figures in two sentences."""
    rows: dict[tuple[str, ...], list[Indicator]] = {}
    for one in reading.indicators:
        named = len(one.name) >= 5 and _MEASURED.search(one.name)
        if named and one.kind != "target" and one.period.isdigit():
            rows.setdefault(_about(one), []).append(one)
    return [_two_values(said) for said in rows.values() if _disagree(said)]


def _about(one: Indicator) -> tuple[str, ...]:
    return one.name, one.entity, one.unit, one.period, one.comparator


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
    return finding("indicator.two_values", message, spans, params)


_MEASURED = re.compile(
    r"(?:率|总产值|总值|增加值|营业收入|总收入|总额|总量|强度|覆盖面|经费投入|拥有量)\Z"
)
