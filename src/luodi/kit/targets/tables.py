"""Indicators that stand in a table: a column of names, columns of years, of growth, of nature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, Protocol

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.problems import Span
from luodi.kit.targets.indicators import Indicator

_NAME = re.compile(r"指标|目标名称|项目名称")
_UNIT = re.compile(r"(?:计量)?单位\Z")
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_GROWTH = re.compile(r"年均|累计|增长|增速")
_NATURE = re.compile(r"属性|性质|类型")
_GOAL = re.compile(r"目标|预期|计划|规划")
_NAMED_UNIT = re.compile(r"(?P<name>.+?)[（(](?P<unit>[^（()）]{1,8})[）)]\Z")
_VALUE = re.compile(
    r"[\[［〔]?(?P<sign>≥|>|＞|≤|<|＜|约|大于|小于|不低于|不超过)?(?P<value>\d+(?:\.\d+)?)"
    r"(?:[-—~～](?P<to>\d+(?:\.\d+)?))?(?P<percent>[%％])?[\]］〕]?(?P<after>以上|以下|以内|左右)?\Z"
)
_SIGNS = {
    "≥": ">=", "不低于": ">=", "以上": ">=", "≤": "<=", "不超过": "<=", "以下": "<=", "以内": "<=",
    ">": ">", "＞": ">", "大于": ">", "<": "<", "＜": "<", "小于": "<", "约": "~", "左右": "~",
}  # fmt: skip


class Grid(Protocol):
    """What is needed of a table: its header, its rows, and the paragraphs they stand in."""

    @property
    def header(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def at(self) -> tuple[int, ...]: ...


def table_indicators(tables: Sequence[Grid], paragraphs: Sequence[Paragraph]) -> list[Indicator]:
    """One indicator for each number in a year's or a growth's column; the last year is the goal."""
    found: list[Indicator] = []
    for table in tables:
        names = [n for n, cell in enumerate(table.header) if _NAME.search(cell)]
        names = [n for n in names if not _NATURE.search(table.header[n])]
        figures = [n for n, cell in enumerate(table.header) if _YEAR.search(cell)]
        if not names or not figures:
            continue
        for row, at in zip(table.rows, table.at[1:], strict=True):
            if len(row) == len(table.header):
                found += _row(table.header, row, names[-1], figures, paragraphs[at].span)
    return found


def _row(
    header: Sequence[str], row: Sequence[str], name_at: int, figures: Sequence[int], span: Span
) -> list[Indicator]:
    named = _NAMED_UNIT.match(row[name_at])
    name = named["name"] if named else row[name_at]
    unit = next((row[n] for n, cell in enumerate(header) if _UNIT.match(cell)), "")
    unit = unit or (named["unit"] if named else "")
    nature = next((row[n] for n, cell in enumerate(header) if _NATURE.search(cell)), "")
    years = [_YEAR.findall(header[n])[-1] for n in figures]
    found = []
    for n, cell in enumerate(header):
        if n in figures:
            year = _YEAR.findall(cell)[-1]
            last = len(years) > 1 and year == max(years)
            goal = bool(_GOAL.search(cell)) or last
            found += _cell(name, row[n], unit, year, goal, nature, span)
        elif _GROWTH.search(cell) and n != name_at and len(years) > 1:
            grown = f"{name}{_growth(cell)}"
            found += _cell(grown, row[n], "%", f"{years[0]}-{years[-1]}", True, nature, span)
    return found


def _growth(header: str) -> str:
    return "年均增长" if "年均" in header else "累计增长"


def _cell(
    name: str, text: str, unit: str, period: str, goal: bool, nature: str, span: Span
) -> list[Indicator]:
    match = _VALUE.match("".join(text.split()).replace(",", ""))
    if not match or not name:
        return []
    kind: Literal["target", "actual"] = "target" if goal else "actual"
    sign = _SIGNS.get(match["after"] or match["sign"] or "", "=")
    nature = nature if nature in ("约束性", "预期性") else ""
    unit = "%" if match["percent"] else unit
    return [
        Indicator(
            name, "", match["value"], match["to"] or "", unit, sign, period, kind, nature, span
        )
    ]
