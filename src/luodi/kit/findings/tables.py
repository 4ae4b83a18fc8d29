"""Checks inside a table: totals, ranks, growth and shares of its own columns, row widths."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction

from luodi.kit.findings.bounds import Amount, Bounds, amount, decimal, percent
from luodi.kit.findings.facts import TOTAL, cell_amount, name_column, values_of
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.outlines.tables import Column, Table
from luodi.kit.problems import Problem, Severity, Span

_SURE = re.compile(r"(?:合|总|共)\s*计\Z|\A总\s*(?:数|量|额)\Z")
_WITHIN = re.compile(r"\A\s*(?:#|其中|小\s*计|一、|（一）)")
_RATIO = re.compile(
    r"率|占比|比重|比例|人均|平均|均|增速|增长|增幅|强度|指数|浓度|价格|密度|比上年"
)
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
_SPREAD = re.compile(r"\A(?:20\d\d年|[第一二三四]{1,2}季度|[一二三四]期|\d{1,2}月|[上下]半年)")
_REAL = re.compile(r"GDP|生产总值|增加值|可比")
_GROWN = re.compile(r"增长|增速|增幅|同比")
_SHARE = re.compile(r"占比|比重|所占比例|占总[数量额]")


def table_sums(reading: Reading) -> list[Problem]:
    """`table.sum`: the row 合计 against the rows, the column 合计 against the columns."""
    found = []
    for table in reading.tables:
        named = name_column(table)
        if named is None:
            continue
        for line, row in enumerate(table.rows):
            if len(row) == len(table.header) and TOTAL.match("".join(row[named].split())):
                found += _total_row(table, line, named)
        found += _total_columns(table)
    return found


def _total_row(table: Table, total: int, named: int) -> list[Problem]:
    """Each additive column; 其中 rows and subtotals are parts of other rows, so they are left."""
    name = "".join(table.rows[total][named].split())
    lines = [
        n
        for n, row in enumerate(table.rows)
        if n != total and not _WITHIN.match(row[named] if named < len(row) else "")
    ]
    if any(TOTAL.match("".join(table.rows[n][named].split())) for n in lines if table.rows[n]):
        return []
    if any(_WITHIN.match(row[named]) for row in table.rows if named < len(row)):
        return []
    found = []
    for place, column in enumerate(table.columns):
        if column.kind == "value" and column.unit != "%" and not _RATIO.search(column.what):
            found += _column_sum(table, total, place, lines, bool(_SURE.search(name)))
    return found


def _column_sum(
    table: Table, total: int, place: int, lines: Sequence[int], sure: bool
) -> list[Problem]:
    read = dict(values_of(table, place))
    parts = [read[n] for n in lines if n in read]
    span = table.cell_span(total, place)
    if total not in read or len(parts) != len(lines) or len(parts) < 2 or span is None:
        return []
    wrong = _sum_of(parts, read[total])
    if wrong is None:
        return []
    room = abs(wrong - read[total].value)
    if wrong == 2 * read[total].value or (not sure and room * 10 > read[total].value):
        return []
    sure = sure and room * 3 <= read[total].value
    spans = (span, *(one for n in lines if (one := table.cell_span(n, place))))
    grave: Severity = "error" if sure else "warning"
    return [_wrong_sum(table, place, parts, read[total], wrong, spans, grave)]


def _sum_of(parts: Sequence[Amount], total: Amount) -> Fraction | None:
    """The sum where it can't be the total, else None."""
    low = sum((one.bounds.low for one in parts), Fraction(0))
    high = sum((one.bounds.high for one in parts), Fraction(0))
    if Bounds(low, high).meets(total.bounds):
        return None
    return sum((one.value for one in parts), Fraction(0))


def _wrong_sum(
    table: Table,
    place: int,
    parts: Sequence[Amount],
    total: Amount,
    exact: Fraction,
    spans: Sequence[Span],
    severity: Severity,
) -> Problem:
    places = max(one.places for one in (*parts, total))
    shown = decimal(exact / total.factor, places)
    terms = [one.text for one in parts]
    words = " + ".join(terms if len(terms) <= 8 else [*terms[:4], "……", terms[-1]])
    name = f"{table.label or '表'}“{table.header[place]}”"
    message = f"{name}：{words} = {shown}，表中合计写 {total.text}。"
    params = {"column": table.header[place], "said": total.text, "computed": shown}
    return finding("table.sum", message, spans, params, severity)


def _total_columns(table: Table) -> list[Problem]:
    """A column 合计 whose other value columns are all of its unit."""
    values = [n for n, one in enumerate(table.columns) if one.kind == "value"]
    heads = {n: _BRACKET.sub("", table.header[n]) for n in values}
    totals = [n for n in values if _SURE.search(heads[n])]
    spread = [n for n in values if _SPREAD.search(heads[n])]
    if not totals and len(spread) == len(values) - 1:
        totals = [n for n in values if n not in spread and heads[n].startswith("总")]
    parts = [n for n in values if n not in totals]
    units = {table.columns[n].unit for n in parts}
    if len(totals) != 1 or len(parts) < 2 or len(units) > 1 or "%" in units:
        return []
    if any(_RATIO.search(table.header[n]) for n in parts):
        return []
    found = []
    for line, row in enumerate(table.rows):
        read = [cell_amount(row[n], table.columns[n]) for n in (*parts, *totals) if n < len(row)]
        whole = [one for one in read if one]
        span = table.cell_span(line, totals[0]) if len(row) == len(table.header) else None
        if not span or len(whole) != len(parts) + 1:
            continue
        wrong = _sum_of(whole[:-1], whole[-1])
        if wrong and (wrong > whole[-1].value or _SURE.search(heads[totals[0]])):
            found.append(
                _wrong_sum(table, totals[0], whole[:-1], whole[-1], wrong, (span,), "error")
            )
    return found


def table_growth(reading: Reading) -> list[Problem]:
    """`table.ratio`: growth beside the columns of two years, a share beside its value and 合计."""
    found = []
    for table in reading.tables:
        for place, column in enumerate(table.columns):
            head = table.header[place]
            if _SHARE.search(head) and column.kind in ("value", "growth"):
                found += _share_column(table, place)
            elif _GROWN.search(head) and "年均" not in head and column.kind in ("growth", "value"):
                found += _growth_column(table, place)
    return found


def _growth_column(table: Table, place: int) -> list[Problem]:
    """The two value columns right before it, of neighbouring years, nominal."""
    if place < 2:
        return []
    one, two = table.columns[place - 2], table.columns[place - 1]
    years = [column.year for column in (one, two)]
    if one.kind != "value" or two.kind != "value" or not all(years) or not _one_thing(one, two):
        return []
    if abs(int(years[0]) - int(years[1])) != 1 or _RATIO.search(one.what):
        return []
    found = []
    for line, row in enumerate(table.rows):
        if len(row) == len(table.header) and not _REAL.search(f"{one.what}{row[0]}{row[1]}"):
            pair = [place - 2, place - 1] if years[0] < years[1] else [place - 1, place - 2]
            found += _growth_cell(table, line, pair, place)
    return found if one.what == two.what or len(found) * 3 <= len(table.rows) else []


_STATE = re.compile(r"(?:上年)?(?:预计)?(?:执行|预算|决算|完成|实际|计划|安排)数?\Z")


def _one_thing(one: Column, two: Column) -> bool:
    """Whether two columns count one thing: 2023年执行数 and 2024年预算数 do."""
    return one.what == two.what or bool(_STATE.match(one.what) and _STATE.match(two.what))


def _growth_cell(table: Table, line: int, pair: Sequence[int], place: int) -> list[Problem]:
    row = table.rows[line]
    old, new = (cell_amount(row[n], table.columns[n]) for n in pair)
    said = _percentage(row[place])
    span = table.cell_span(line, place)
    quotient = new.bounds.over(old.bounds) if old and new else None
    if not (old and new and said and span and quotient):
        return []
    if old.dimension == "share" or quotient.moved(-1).meets(said.bounds):
        return []
    shown = percent(new.value / old.value - 1, said.places)
    sum_up = f"{new.text} ÷ {old.text} − 1 = {shown}"
    message = f"{table.label or '表'}“{row[0]}”：{sum_up}，表中写 {said.text}%。"
    params = {"said": said.text, "computed": shown}
    return [finding("table.ratio", message, (span,), params)]


def _percentage(cell: str) -> Amount | None:
    match = re.fullmatch(r"\s*(?P<value>[-−]?\d+(?:\.\d+)?)\s*[%％]?\s*", cell)
    return amount(match["value"].replace("−", "-"), "%") if match else None


def settled_ratios(reading: Reading) -> list[Problem]:
    """`table.ratio`: a column of rates that most rows show to be one column over another."""
    found = []
    for table in reading.tables:
        values = [n for n, one in enumerate(table.columns) if one.kind == "value"]
        for place in values:
            if _RATE_HEAD.search(table.header[place]) and table.columns[place].unit in ("%", ""):
                found += _settled(table, place, [n for n in values if n != place])
    return found


_RATE_HEAD = re.compile(r"占比|比重|率(?:[（(][%％][）)])?\Z")


def _settled(table: Table, place: int, values: Sequence[int]) -> list[Problem]:
    """The first pair of columns whose quotient three rows and two thirds of them confirm."""
    for part in values[:6]:
        for whole in values[:6]:
            wrong, right = _rows_of(table, place, part, whole) if part != whole else ([], 0)
            if wrong and right >= 3 and right >= 2 * len(wrong):
                return wrong
    return []


def _rows_of(table: Table, place: int, part: int, whole: int) -> tuple[list[Problem], int]:
    wrong, right = [], 0
    for line, row in enumerate(table.rows):
        if len(row) != len(table.header):
            continue
        one, two = (cell_amount(row[n], table.columns[n]) for n in (part, whole))
        said, span = _percentage(row[place]), table.cell_span(line, place)
        quotient = one.bounds.over(two.bounds) if one and two else None
        if not (one and two and said and span and quotient):
            continue
        if quotient.meets(said.bounds):
            right += 1
            continue
        shown = percent(one.value / two.value, said.places)
        sum_up = f"{one.text} ÷ {two.text} = {shown}"
        message = f"{table.label or '表'}“{row[0]}”：{sum_up}，表中写 {said.text}%。"
        params = {"said": said.text, "computed": shown.removesuffix("%")}
        wrong.append(finding("table.ratio", message, (span,), params))
    return wrong, right


def _share_column(table: Table, place: int) -> list[Problem]:
    """A share column behind its values, growth between them, in a table with a total row."""
    named, value = name_column(table), place - 1
    while value > 0 and table.columns[value].kind in ("growth", "rank"):
        value -= 1
    if named is None or value < 0 or table.columns[value].kind != "value":
        return []
    rows = [row for row in table.rows if len(row) == len(table.header)]
    whole = next((row for row in rows if _SURE.search("".join(row[named].split()))), None)
    total = cell_amount(whole[value], table.columns[value]) if whole else None
    if total is None or total.dimension == "share":
        return []
    others = [n for n, row in enumerate(table.rows) if row in rows and row is not whole]
    judged = [_share_cell(table, line, (value, place), total) for line in others]
    wrong = [problem for problems in judged for problem in problems]
    right = len(others) - len(wrong)
    return wrong if right >= 2 and right >= 2 * len(wrong) else []


def _share_cell(table: Table, line: int, places: tuple[int, int], total: Amount) -> list[Problem]:
    row, (value, place) = table.rows[line], places
    part, said = cell_amount(row[value], table.columns[value]), _percentage(row[place])
    span = table.cell_span(line, place)
    quotient = part.bounds.over(total.bounds) if part else None
    if not (part and said and span and quotient) or quotient.meets(said.bounds):
        return []
    shown = percent(part.value / total.value, said.places)
    sum_up = f"{part.text} ÷ {total.text} = {shown}"
    message = f"{table.label or '表'}“{row[0]}”：{sum_up}，表中写 {said.text}%。"
    return [finding("table.ratio", message, (span,), {"said": said.text, "computed": shown})]


def ranks(reading: Reading) -> list[Problem]:
    """`rank.contradicts`: a rank column against the values it ranks; equal values may share one."""
    found = []
    for table in reading.tables:
        for place, column in enumerate(table.columns):
            ranked = _ranked(table, place) if column.kind == "rank" else None
            if ranked is not None:
                found += _rank_column(table, ranked, place)
    return found


def _ranked(table: Table, rank: int) -> int | None:
    """The value column a rank column is about: the nearest before it with its name."""
    what = table.columns[rank].what.removesuffix("排名")
    for n in range(rank - 1, -1, -1):
        one = table.columns[n]
        if one.kind in ("value", "growth") and (not what or one.what == what):
            return n
    return None


def _rank_column(table: Table, value: int, rank: int) -> list[Problem]:
    values = dict(values_of(table, value))
    said = {n: int(one.value) for n, one in values_of(table, rank) if n in values}
    if len(said) < 3:
        return []
    amounts = {n: values[n].value for n in said}
    falling = _mistakes(amounts, said, -1)
    rising = _mistakes(amounts, said, 1)
    wrong = min(falling, rising, key=len)
    right = len(said) - len(wrong)
    if len(wrong) * 3 > len(said) and (right < 3 or len(wrong) > right):
        return []
    way = -1 if wrong is falling else 1
    ordered = _ordered(amounts, way)
    return [
        _rank_cell(table, (value, rank), n, bisect_left(ordered, amounts[n] * way) + 1, said, way)
        for n in wrong
    ]


def _mistakes(amounts: dict[int, Fraction], said: dict[int, int], way: int) -> list[int]:
    """Lines whose rank can't be theirs. Ranks of a larger field only have to keep the order."""
    if max(said.values()) > len(said):
        return _out_of_order(amounts, said, way)
    ordered = _ordered(amounts, way)
    wrong = []
    for n, value in amounts.items():
        first, after = bisect_left(ordered, value * way), bisect_right(ordered, value * way)
        if not first + 1 <= said[n] <= after:
            wrong.append(n)
    return wrong


def _ordered(amounts: dict[int, Fraction], way: int) -> list[Fraction]:
    """The values in the order of their ranks; `way` -1 puts the largest first."""
    return sorted(value * way for value in amounts.values())


_WITNESSES = 200
"""So many other lines are asked whether a line stands in order."""


def _out_of_order(amounts: dict[int, Fraction], said: dict[int, int], way: int) -> list[int]:
    witnesses = list(amounts.items())[:: 1 + len(amounts) // _WITNESSES]
    wrong = []
    for n, value in amounts.items():
        against = sum(
            1
            for m, other in witnesses
            if (other - value) * way < 0 < said[m] - said[n]
            or (other - value) * way > 0 > said[m] - said[n]
        )
        if against * 2 > len(witnesses):
            wrong.append(n)
    return wrong


def _rank_cell(
    table: Table,
    places: tuple[int, int],
    line: int,
    own: int,
    said: dict[int, int],
    way: int,
) -> Problem:
    value, rank = places
    named = name_column(table) or 0
    row = table.rows[line]
    order = "从大到小" if way < 0 else "从小到大"
    message = (
        f"{table.label or '表'}“{row[named]}”的{table.header[value]} {row[value]} "
        f"{order}在 {len(said)} 个中排第 {own}，表中写第 {said[line]}。"
    )
    spans = [span for n in (rank, value) if (span := table.cell_span(line, n))]
    return finding("rank.contradicts", message, spans, {"said": said[line], "computed": own})


def row_widths(reading: Reading) -> list[Problem]:
    """`table.row_width`: rows with more or fewer cells than the header, one finding a table."""
    found = []
    for table in reading.tables:
        wide = len(table.header)
        odd = [n for n, row in enumerate(table.rows) if len(row) != wide]
        if odd and table.row_at and len(odd) * 2 < len(table.rows):
            spans = [reading.paragraphs[table.row_at[n]].span for n in odd]
            first = table.rows[odd[0]]
            name = f"{table.label}{table.title}" or "表"
            message = (
                f"“{name[:30]}”有 {len(odd)} 行的格数与表头不同：表头 {wide} 格，"
                f"“{(first[0] if first else '')[:12]}”一行 {len(first)} 格。"
            )
            found.append(finding("table.row_width", message, spans, {"rows": len(odd)}))
    return found
