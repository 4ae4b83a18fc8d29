"""Indicators that stand in a table: of each row its values, its growth, its rank, its nature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.kit.outlines.tables import Column, Table
from luodi.kit.problems import Span
from luodi.kit.targets.indicators import Indicator, Kind

_GOAL = re.compile(r"目标|预期|计划|规划|力争|任务数|分解")
_DONE = re.compile(r"基期|现状|实际|完成|基数|实绩|上年|现值")
_ENTITY_HEAD = re.compile(
    r"城市|地区|区域|县|市州|省份|开发区|园区|乡镇|街道|单位名称|行业|产业|部门|企业名称"
)
_PLACE = re.compile(
    r"(?:全[省市县区国]|合计|总计|平均|[\u4e00-\u9fff]{1,12}(?:[省市县区州盟旗镇乡]|开发区))\Z"
)
_NATURES = ("约束性", "预期性")
_NAMED_UNIT = re.compile(r"(?P<name>.+?)[（(](?:单位[：:])?(?P<unit>[^（()）]{1,8})[）)]\Z")
_VALUE = re.compile(
    r"(?P<open>[\[［〔【])?(?P<way>年均|累计|同比)?(?:增长|提高|增加)?"
    r"(?P<sign>≥|>=|>|＞|≤|<=|<|＜|约|大于|小于|不低于|不少于|不超过|超过|达到)?"
    r"(?P<value>[-−－]?\d+(?:\.\d+)?)(?:[-—~～](?P<to>\d+(?:\.\d+)?))?"
    r"(?P<unit>[%％‰]|[百千万亿]*[\u4e00-\u9fff]{0,5}?)[\]］〕】]?(?P<after>以上|以下|以内|左右)?\Z"
)
_SIGNS = {
    "≥": ">=", ">=": ">=", "不低于": ">=", "不少于": ">=", "以上": ">=",
    "≤": "<=", "<=": "<=", "不超过": "<=", "以下": "<=", "以内": "<=",
    ">": ">", "＞": ">", "大于": ">", "超过": ">", "<": "<", "＜": "<", "小于": "<",
    "约": "~", "左右": "~",
}  # fmt: skip
_BRACKET = re.compile(r"[（(\[〔][^（()）]*[）)\]〕]")
_MONEY = re.compile(r"值|收入|投资|额|资金|GDP|税|利润|支出|经费|贷款")
_COUNTED = re.compile(r"(?:实验室|中心|基地|平台|园区|集群|孵化器|空间|机构|站点?)(?:数量?)?\Z")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as its cells name it: the indicator or the entity it is about, unit and nature."""

    name: str
    unit: str
    nature: str
    entity: bool


def table_indicators(tables: Sequence[Table]) -> list[Indicator]:
    """One indicator for each number under a head of values, of growth or of ranks.

    Rows of places give `entity` their name, and `name` what the column counts. Of several years
    in a table of indicators the last is the goal.
    """
    found: list[Indicator] = []
    for table in tables:
        named = [n for n, one in enumerate(table.columns) if one.kind == "name"]
        if not named or not _tells(table):
            continue
        entity = _is_entity(table, named[-1])
        for n, row in enumerate(table.rows):
            if len(row) == len(table.header):
                found += _of_row(table, n, _row(table, n, named[-1], entity))
    return found


def _tells(table: Table) -> bool:
    """Whether a head says what its numbers are: a year, a unit, a rank, a goal, a state."""
    return any(
        one.kind == "rank"
        or (one.kind == "value" and (one.year or _GOAL.search(head) or _DONE.search(head)))
        for one, head in zip(table.columns, table.header, strict=True)
    )


def _of_row(table: Table, n: int, row: _Row) -> list[Indicator]:
    years = [one.year for one in table.columns if one.kind == "value" and one.year]
    found = []
    for place, column in enumerate(table.columns):
        span = table.cell_span(n, place)
        if span is None or column.kind not in ("value", "growth", "rank"):
            continue
        match = _VALUE.match(
            "".join(table.rows[n][place].split()).replace(",", "").replace("，", "")
        )
        if not match:
            continue
        if column.kind == "growth":
            one = _growth(row, column, table.header[place], match, years, span)
        else:
            one = _value(row, column, table.header[place], match, years, span)
        found += [one] if one.name else []
    return found


def _row(table: Table, n: int, name_at: int, entity: bool) -> _Row:
    cells = table.rows[n]
    words = "".join(cells[name_at].split())
    named = None if entity else _NAMED_UNIT.match(words)
    unit = _first(table, cells, "unit") or (named["unit"] if named else "")
    nature = _first(table, cells, "nature")
    nature = next((one for one in _NATURES if one in nature), "")
    return _Row(named["name"] if named else words, unit, nature, entity)


def _is_entity(table: Table, name_at: int) -> bool:
    """Whether the rows are places or bodies, by the head or by most of the names."""
    if "指标" in table.header[name_at]:
        return False
    names = ["".join(row[name_at].split()) for row in table.rows if name_at < len(row)]
    places = sum(1 for name in names if _PLACE.match(name))
    return bool(_ENTITY_HEAD.search(table.header[name_at])) or places * 2 > len(names)


def _first(table: Table, cells: Sequence[str], kind: str) -> str:
    return next(
        (cells[n] for n, one in enumerate(table.columns) if one.kind == kind and cells[n]), ""
    )


def _value(
    row: _Row,
    column: Column,
    head: str,
    match: re.Match[str],
    years: Sequence[str],
    span: Span,
) -> Indicator:
    name = column.what if row.entity else row.name
    if column.kind == "rank":
        name = column.what if row.entity else f"{row.name}排名"
        return _indicator(name, row, match, "位", column.year, "rank", span)
    last = not row.entity and len(set(years)) > 1 and column.year == max(years)
    goal = bool(_GOAL.search(head)) or (last and not _DONE.search(head))
    unit = _unit(match["unit"], row.unit or column.unit, name)
    return _indicator(name, row, match, unit, column.year, "target" if goal else "actual", span)


def _growth(
    row: _Row,
    column: Column,
    head: str,
    match: re.Match[str],
    years: Sequence[str],
    span: Span,
) -> Indicator:
    """Growth of one year, or from the first year to the last: all of it, where in brackets."""
    if row.entity or not re.search("年均|累计", head):
        name = column.what if row.entity else f"{row.name}{_BRACKET.sub('', head)}"
        year = column.year or (years[-1] if years else "")
        kind: Kind = "target" if _GOAL.search(head) else "actual"
        return _indicator(name, row, match, "%", year, kind, span)
    whole = bool(match["open"]) or "累计" in (match["way"] or "") or "年均" not in head
    name = f"{row.name}{'累计增长' if whole else '年均增长'}"
    period = f"{years[0]}-{years[-1]}" if len(years) > 1 else ""
    return _indicator(name, row, match, "%", period, "target", span)


def _indicator(
    name: str,
    row: _Row,
    match: re.Match[str],
    unit: str,
    period: str,
    kind: Kind,
    span: Span,
) -> Indicator:
    return Indicator(
        name,
        row.name if row.entity else "",
        match["value"].replace("−", "-").replace("－", "-"),
        match["to"] or "",
        unit,
        _SIGNS.get(match["after"] or match["sign"] or "", "="),
        period,
        kind,
        row.nature,
        span,
    )


def _unit(written: str, said: str, name: str) -> str:
    """The unit beside the number before the one the row or the head names; 220亿 is 亿元."""
    unit = {"％": "%"}.get(written, written) or said
    if unit in ("万", "亿", "万亿") and _MONEY.search(name):
        return f"{unit}元"
    return unit or ("个" if _COUNTED.search(name) else "")
