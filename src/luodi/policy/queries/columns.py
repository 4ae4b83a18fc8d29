"""All answers for very many firms as bitmaps, through the columnar engine.

A table of DuckDB holds one row for each firm and one column for each fact: numbers as BIGINT at
the fact's scale, words as VARCHAR, sets as VARCHAR[], days as DATE, truths as BOOLEAN; NULL is
unknown. The engine answers each comparison for all firms at once; the kit puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import duckdb
import numpy

from luodi.kit.eligibility import (
    Comparison,
    Condition,
    FactKind,
    Firms,
    Value,
    bits_of,
    comparisons,
)

TOGETHER = 64
"""Comparisons in one query: so many times one byte for each firm are held at once."""
PORTION = 100_000
"""Firms that are put into the table at once."""
TYPES = {
    "number": "BIGINT",
    "words": "VARCHAR",
    "set": "VARCHAR[]",
    "date": "DATE",
    "truth": "BOOLEAN",
}
Pair = tuple[int, int]


def answers(
    conditions: Mapping[str, Condition],
    known: Mapping[str, FactKind],
    connection: duckdb.DuckDBPyConnection,
    table: str,
) -> Iterator[tuple[str, int, int]]:
    """For each policy its key, the firms that fit and those that don't, in the table's order.

    Bit n stands for row n; the rest can't be told. A policy is answered and forgotten, so that
    memory holds the comparisons alone.
    """
    [[size]] = connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchall()
    looked = looked_up(conditions.values(), known, connection, table)
    everyone = (1 << size) - 1
    for key, condition in conditions.items():
        yield key, *bits_of(condition, looked, everyone)


def looked_up(
    conditions: Iterable[Condition],
    known: Mapping[str, FactKind],
    connection: duckdb.DuckDBPyConnection,
    table: str,
) -> dict[Comparison, Pair]:
    """Each comparison once, over the whole table: the firms for which it holds and doesn't."""
    asked = dict.fromkeys(
        Comparison(one.fact, one.operator, one.values)
        for condition in conditions
        for one in comparisons(condition)
    )
    found: dict[Comparison, Pair] = {}
    wanted = list(asked)
    for start in range(0, len(wanted), TOGETHER):
        some = wanted[start : start + TOGETHER]
        found |= zip(some, _some(some, known, connection, table), strict=True)
    return found


def _some(
    asked: Sequence[Comparison],
    known: Mapping[str, FactKind],
    connection: duckdb.DuckDBPyConnection,
    table: str,
) -> Iterator[Pair]:
    values: list[Value | list[str]] = []
    columns = ", ".join(
        f"({_sql(one, known.get(one.fact), values)})::BOOLEAN AS a{n}"
        for n, one in enumerate(asked)
    )
    rows = connection.execute(f"SELECT {columns} FROM {quoted(table)}", values).fetchnumpy()
    for n in range(len(asked)):
        column = rows[f"a{n}"]
        missing = numpy.ma.getmaskarray(column)
        truths = numpy.ma.getdata(column).astype(bool)
        yield _packed(truths & ~missing), _packed(~truths & ~missing)


def _packed(bits: numpy.ndarray) -> int:
    return int.from_bytes(numpy.packbits(bits, bitorder="little").tobytes(), "little")


_SQL = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<", "equals": "="}


def _sql(one: Comparison, fact: FactKind | None, values: list[Value | list[str]]) -> str:
    """A comparison as SQL over its column, its values put among the parameters."""
    if fact is None:
        return "false" if one.operator == "exists" else "NULL"
    column = quoted(one.fact)
    if one.operator == "exists":
        return f"{column} IS NOT NULL"
    if fact.kind == "set":
        values.append([str(value) for value in one.values])
        held = "list_has_all" if one.operator == "includes" else "list_has_any"
        return f"{held}({column}, ?::VARCHAR[])"
    if one.operator == "between":
        values.extend((one.values[0], one.values[-1]))
        return f"{column} BETWEEN ? AND ?"
    if one.operator == "one_of":
        values.extend(one.values)
        return f"{column} IN ({', '.join('?' * len(one.values))})"
    values.append(one.values[0])
    return f"{column} {_SQL[one.operator]} ?"


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever signs it holds."""
    return '"' + name.replace('"', '""') + '"'


def filled(
    connection: duckdb.DuckDBPyConnection, table: str, known: Mapping[str, FactKind], firms: Firms
) -> None:
    """Make the table from the facts of firms, column by column, in their order."""
    columns = ", ".join(f"{quoted(name)} {TYPES[fact.kind]}" for name, fact in known.items())
    connection.execute(f"CREATE TABLE {quoted(table)} ({columns})")
    if not firms.size:
        return
    parts = ", ".join(f"unnest(?::{TYPES[fact.kind]}[])" for fact in known.values())
    for start in range(0, firms.size, PORTION):
        given = [
            [_stored(value) for value in firms.columns[name][start : start + PORTION]]
            for name in known
        ]
        connection.execute(f"INSERT INTO {quoted(table)} SELECT {parts}", given)


def _stored(value: Value | None) -> int | str | date | bool | list[str] | None:
    return sorted(value) if isinstance(value, frozenset) else value
