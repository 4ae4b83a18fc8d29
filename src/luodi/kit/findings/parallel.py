"""Checks between the tables of one document: two values of one thing, rows that are missing."""

from __future__ import annotations

from collections.abc import Sequence

from luodi.kit.findings.facts import TOTAL, Fact, facts, name_column, stem
from luodi.kit.findings.kinds import finding
from luodi.kit.findings.reading import Reading
from luodi.kit.problems import Problem

_FEWEST_ROWS = 4
_GENERIC = frozenset(
    [
        "",
        "投资",
        "总投资",
        "数",
        "金额",
        "合计",
        "面积",
        "项目",
        "项目个",
        "得分",
        "小计",
        "企业",
        "增长",
    ]
)
"""Heads that two tables may give to different things."""


def between_tables(reading: Reading) -> list[Problem]:
    """`table.against_table`: one row, one thing counted, one year, two values in two tables."""
    known: dict[tuple[str, str, str, str], Fact] = {}
    found = []
    for fact in facts(reading):
        if not fact.year or fact.what in _GENERIC or fact.amount.dimension in ("rank", ""):
            continue
        key = (stem(fact.row), fact.what, fact.year, fact.amount.dimension)
        other = known.setdefault(key, fact)
        if other.table != fact.table and not other.amount.bounds.same(fact.amount.bounds):
            found.append(_two_tables(reading, other, fact))
    return found


def _two_tables(reading: Reading, one: Fact, two: Fact) -> Problem:
    labels = [reading.tables[fact.table].label or "另一张表" for fact in (one, two)]
    message = (
        f"“{one.row}”{one.year}年的{one.what}：{labels[0]}写 {one.amount.shown}，"
        f"{labels[1]}写 {two.amount.shown}。"
    )
    params = {"row": one.row, "values": [one.amount.text, two.amount.text]}
    return finding("table.against_table", message, (one.span, two.span), params)


def missing_rows(reading: Reading) -> list[Problem]:
    """`table.row_missing`: a row that all parallel tables have but one.

    Three tables and more with most rows in common are parallel; the order of rows is free.
    """
    rows = _row_names(reading)
    found = []
    for n, own in rows.items():
        others = [
            names
            for m, names in rows.items()
            if m != n and len(names & own) * 4 >= 3 * max(len(names), len(own))
        ]
        if len(others) < 2:
            continue
        lacking = {name for name in set.intersection(*others) if name not in own}
        if 0 < len(lacking) <= 2:
            found.append(_missing(reading, n, own, others, lacking))
    return found


def _row_names(reading: Reading) -> dict[int, set[str]]:
    names: dict[int, set[str]] = {}
    for n, table in enumerate(reading.tables):
        named = name_column(table)
        if named is None:
            continue
        own = {stem(row[named]) for row in table.rows if named < len(row) and row[named]}
        own = {name for name in own if not TOTAL.match(name)}
        if len(own) >= _FEWEST_ROWS:
            names[n] = own
    return names


def _missing(
    reading: Reading, n: int, own: set[str], others: Sequence[set[str]], lacking: set[str]
) -> Problem:
    table = reading.tables[n]
    extra = sorted(own.difference(*others))
    more = f"，多出“{'、'.join(extra)}”" if extra else ""
    name = f"{table.label}{table.title}" or "一张表"
    message = (
        f"“{name[:30]}”缺“{'、'.join(sorted(lacking))}”，其他 {len(others)} 张并列的表都有{more}。"
    )
    span = reading.paragraphs[table.at[0]].span
    params = {"rows": sorted(lacking), "extra": extra}
    return finding("table.row_missing", message, (span,), params)
