"""Facts of tables: what a cell says of a row, comparable across tables and with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luodi.kit.findings.bounds import Amount, amount
from luodi.kit.findings.reading import Reading
from luodi.kit.layout.blocks import Paragraph
from luodi.kit.outlines.tables import Column, Table
from luodi.kit.problems import Span
from luodi.kit.targets.periods import period_before, period_marks

_CELL = re.compile(r"(?P<value>[-−]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%％]|[千万亿]{0,2}元)?\Z")
_SAME = (
    (re.compile(r"地区生产总值|国内生产总值|生产总值"), "GDP"),
    (re.compile(r"研究与试验发展|研究与实验发展|研发|科技经费"), "R&D"),
    (re.compile(r"(?<=R&D)(?:经费)?(?:内部)?(?:支出|投入)?"), ""),
    (re.compile(r"^(?:全[市省县区国州]|我[市省县区]|本[市省县区]|年末|当年|其中)+"), ""),
    (re.compile(r"总量|总额|总值|数量|情况|人数|的|年|[（(].*?[）)]"), ""),
)
_PLACE_END = re.compile(r"(?:特区|新区|开发区|[省市县区州盟旗镇乡])\Z")
TOTAL = re.compile(r"合计|总计|共计|全[市省县区州]|总量|总数")


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of a table: whose, what is counted, when, and where it stands."""

    row: str
    what: str
    year: str
    amount: Amount
    span: Span
    table: int
    column: int
    line: int


def same_name(what: str) -> str:
    """A name by which 生产总值 and GDP, 研发经费 and R&D经费 are one."""
    name = "".join(what.split())
    for pattern, word in _SAME:
        name = pattern.sub(word, name)
    return name


def stem(row: str) -> str:
    """A place without the word for its kind: 青河区 and 青河 are one row."""
    bare = "".join(row.split())
    short = _PLACE_END.sub("", bare)
    return short if len(short) >= 2 else bare


def name_column(table: Table) -> int | None:
    """The column that names the rows; None where there is none."""
    named = [n for n, one in enumerate(table.columns) if one.kind == "name"]
    if named or not table.columns:
        return named[0] if named else None
    first = [row[0] for row in table.rows if row]
    years = sum(1 for cell in first if re.match(r"(?:19|20)\d\d年?\Z|[合总]计", cell))
    return 0 if first and years * 2 > len(first) else None


def cell_amount(text: str, column: Column) -> Amount | None:
    """The number of a cell in the unit written beside it or over it."""
    match = _CELL.match("".join(text.split()).replace("，", ","))
    if not match:
        return None
    unit = (match["unit"] or column.unit).replace("％", "%")
    return amount(match["value"].replace(",", "").replace("−", "-"), unit)


def facts(reading: Reading) -> Sequence[Fact]:
    """All values and ranks of the document's tables; read once."""
    known = reading.memo.get("facts")
    if known is None:
        known = reading.memo["facts"] = tuple(
            fact for n, table in enumerate(reading.tables) for fact in _of_table(table, n)
        )
    return tuple(known)


def _of_table(table: Table, n: int) -> Iterator[Fact]:
    named = name_column(table)
    if named is None:
        return
    for line, row in enumerate(table.rows):
        if len(row) != len(table.header) or not row[named]:
            continue
        for place, column in enumerate(table.columns):
            if column.kind not in ("value", "rank", "growth"):
                continue
            read = cell_amount(row[place], column)
            span = table.cell_span(line, place)
            if read and span:
                what = same_name(column.what)
                yield Fact(row[named], what, column.year, read, span, n, place, line)


def values_of(table: Table, column: int) -> list[tuple[int, Amount]]:
    """The numbers of a column with their lines."""
    read = (
        (line, cell_amount(row[column], table.columns[column]))
        for line, row in enumerate(table.rows)
        if len(row) == len(table.header)
    )
    return [(line, one) for line, one in read if one]


def common_run(one: str, two: str) -> int:
    """The length of the longest run of signs that two short texts share."""
    best = 0
    lengths = [0] * (len(two) + 1)
    for sign in one:
        fresh = [0] * (len(two) + 1)
        for n, other in enumerate(two, 1):
            fresh[n] = lengths[n - 1] + 1 if sign == other else 0
        best = max(best, *fresh)
        lengths = fresh
    return best


def year_at(para: Paragraph, place: int) -> str:
    """The last single year named before a place of a paragraph; empty if there is none."""
    period = period_before(period_marks(para.text[:place]), place)
    return period if period.isdigit() and len(period) == 4 else ""


def whose(reading: Reading, para: Paragraph, place: int, rows: set[str]) -> str:
    """The row a place in the text is about: the one its sentence names, else the document's own.

    A clause behind ； that names one row is about that row; a sentence that names two is about
    neither.
    """
    start = para.text.rfind("。", 0, place) + 1
    clause = max(start, para.text.rfind("；", 0, place) + 1)
    for begin in (clause, start):
        named = {row for row in rows if row in para.text[begin:place]}
        if len(named) == 1:
            return named.pop()
        if named:
            return ""
    own = [row for row in rows if row in reading.head.title or row in reading.head.issuer]
    return own[0] if len(own) == 1 else ""
