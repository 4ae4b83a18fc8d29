"""Checks between columns of one table: average growth, begin and end, a year's part, serials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from luodi.kit.findings.bounds import Amount, amount, percent, root
from luodi.kit.findings.facts import cell_amount, name_column
from luodi.kit.findings.growth import compound
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.outlines.tables import Table
from luodi.kit.problems import Problem

_EACH = re.compile(r"年均(?:增长|增速|增幅)")
_REAL = re.compile(r"GDP|生产总值|增加值|可比|率|比重|占比|比例|强度|指数")
_PERCENT = re.compile(r"\s*(?P<value>-?\d+(?:\.\d+)?)\s*[%％]?\s*")
_BEGIN = re.compile(r"(?:开工|启动|开始|起始|动工)(?:时间|日期|年月|年份)?\Z")
_END = re.compile(r"(?:竣工|完工|建成|结束|截止|投产)(?:时间|日期|年月|年份)?\Z")
_MOMENT = re.compile(r"\s*(?P<year>20\d\d)(?:年|[.\-/])(?:(?P<month>\d{1,2})月?)?")
_TOTAL = re.compile(r"(?:计划|项目)?总投资(?:额)?\Z")
_OF_YEAR = re.compile(r"(?:(?:20\d\d)?年度?(?:计划)?|当年(?:计划)?|本年度?(?:计划)?)投资(?:额)?\Z")
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
_SERIAL = re.compile(r"\s*(\d{1,3})[.．、]?\s*")


def average_columns(reading: Reading) -> list[Problem]:
    """`table.ratio`: 年均增长 of a row against the columns of its first and last year.

    Comparable prices and rates are left alone; most other rows must agree.
    """
    found = []
    for table in reading.tables:
        years = [
            (int(one.year), n)
            for n, one in enumerate(table.columns)
            if one.kind == "value" and one.year and not _EACH.search(table.header[n])
        ]
        if len(years) >= 2 and min(years)[0] < max(years)[0]:
            places = [n for n, head in enumerate(table.header) if _EACH.search(head)]
            for place in places[:1]:
                found += _averages(table, place, min(years), max(years))
    return found


def _averages(
    table: Table, place: int, first: tuple[int, int], last: tuple[int, int]
) -> list[Problem]:
    wrong, right = [], 0
    for line, row in enumerate(table.rows):
        if len(row) != len(table.header) or _REAL.search("".join(row[: first[1]])):
            continue
        cells = [cell_amount(row[n], table.columns[n]) for _, n in (first, last)]
        match = _PERCENT.fullmatch(row[place])
        said = amount(match["value"], "%") if match else None
        if not said or said.value <= 0 or not all(cells):
            continue
        problem = _average(table, line, place, cells, said, last[0] - first[0])
        wrong += problem
        right += not problem
    return wrong if right >= 2 * len(wrong) else []


def _average(
    table: Table, line: int, place: int, cells: Sequence[Amount | None], said: Amount, years: int
) -> list[Problem]:
    old, new = cells
    span = table.cell_span(line, place)
    if not old or not new or not span or "share" in (old.dimension, new.dimension):
        return []
    quotient = new.bounds.over(old.bounds)
    if quotient is None or compound(said.bounds, years, False).meets(quotient):
        return []
    shown = percent(root(new.value / old.value, years) - Fraction(1), said.places)
    name = table.rows[line][name_column(table) or 0]
    power = f"（{new.text} ÷ {old.text}）的 {years} 次方根 − 1"
    message = f"{table.label or '表'}“{name}”：{power} = {shown}，表中写 {said.text}%。"
    return [finding("table.ratio", message, (span,), {"said": said.text, "computed": shown})]


def beginnings(reading: Reading) -> list[Problem]:
    """`range.reversed`: a row whose 开工 is later than its 竣工."""
    found = []
    for table in reading.tables:
        first, last = _place(table, _BEGIN), _place(table, _END)
        for line, row in enumerate(table.rows if first is not None and last is not None else ()):
            if len(row) == len(table.header) and first is not None and last is not None:
                found += _begun(table, line, first, last)
    return found


def _place(table: Table, words: re.Pattern[str]) -> int | None:
    """The only column with such a head; None where there is none or several."""
    heads = [_BRACKET.sub("", "".join(head.split())) for head in table.header]
    places = [n for n, head in enumerate(heads) if words.search(head)]
    return places[0] if len(places) == 1 else None


def _begun(table: Table, line: int, first: int, last: int) -> list[Problem]:
    row = table.rows[line]
    one, two = _MOMENT.match(row[first]), _MOMENT.match(row[last])
    span = table.cell_span(line, last)
    if not one or not two or not span:
        return []
    begin = (int(one["year"]), int(one["month"] or 1))
    end = (int(two["year"]), int(two["month"] or 12))
    if begin <= end:
        return []
    name = row[name_column(table) or 0]
    heads = table.header[first], table.header[last]
    message = f"“{name}”的{heads[0]} {row[first]}晚于{heads[1]} {row[last]}，起点大于终点。"
    return [finding("range.reversed", message, (span,), {"said": row[last]})]


def year_parts(reading: Reading) -> list[Problem]:
    """`part.exceeds`: the investment of one year is more than the project's whole."""
    found = []
    for table in reading.tables:
        whole, part = _place(table, _TOTAL), _place(table, _OF_YEAR)
        if whole is not None and part is not None:
            for line, row in enumerate(table.rows):
                if len(row) == len(table.header):
                    found += _year_part(table, line, whole, part)
    return found


def _year_part(table: Table, line: int, whole: int, part: int) -> list[Problem]:
    row = table.rows[line]
    one, two = (cell_amount(row[n], table.columns[n]) for n in (whole, part))
    span = table.cell_span(line, part)
    if not (one and two and span) or one.dimension != two.dimension:
        return []
    if two.bounds.low <= one.bounds.high:
        return []
    name = row[name_column(table) or 0]
    message = f"“{name}”的{table.header[part]} {two.text} 比{table.header[whole]} {one.text} 还大。"
    return [finding("part.exceeds", message, (span,), {"part": two.text, "whole": one.text})]


def serials(reading: Reading) -> list[Problem]:
    """`numbering.duplicated`, `numbering.skipped` in a column 序号 that else counts on."""
    found = []
    for table in reading.tables:
        places = [n for n, one in enumerate(table.columns) if one.kind == "serial"]
        breaks = list(_breaks(table, places[0])) if places else []
        if len(breaks) <= 2 and len(table.rows) > 2 + 2 * len(breaks):
            found += breaks
    return found


def _breaks(table: Table, place: int) -> Iterator[Problem]:
    """Rows whose number isn't one more than the last; one fault that the next row mends is one."""
    before = 0
    for line, row in enumerate(table.rows):
        match = _SERIAL.fullmatch(row[place]) if place < len(row) else None
        number = int(match[1]) if match else 0
        span = table.cell_span(line, place)
        if not number or not span:
            continue
        if before and number not in (1, before + 1):
            yield _break(number, before, span)
            number = before + 1 if number == before else number
        before = number


def _break(number: int, before: int, span: tuple[int, int]) -> Problem:
    twice = number == before
    code = "numbering.duplicated" if twice else "numbering.skipped"
    fault = "重复" if twice else "接不上" if number < before else "跳号"
    if number < before:
        code = "numbering.broken"
    message = f"表中序号“{number}”{fault}：前一个是“{before}”。"
    return finding(code, message, (span,), {"label": str(number)})
