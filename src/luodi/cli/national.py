"""A country's figures for measuring: generated enterprises, their indicators, what is derived.

Nothing here is a real figure: the numbers are made by multiplication and remainder from a seed,
the same on every machine, and the file says that it is generated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import duckdb

from luodi.kit.calendars import Period
from luodi.kit.formulas import (
    Book,
    Cells,
    Declared,
    Formula,
    Outcome,
    Plan,
    Table,
    Wide,
    plan,
    prepare,
)
from luodi.kit.quantities import unit

YEAR = 2025
PER_ZONE = 200
"""Enterprises of a zone."""
SEED = 20261120
GENERATED = "生成的演示数据 generated demonstration data"
_MONEY = tuple(f"money.{n:02}" for n in range(24))
_PEOPLE = tuple(f"people.{n:02}" for n in range(6))
_LAND = tuple(f"land.{n:02}" for n in range(4))
_COAL = tuple(f"coal.{n:02}" for n in range(3))
_POWER = tuple(f"power.{n:02}" for n in range(3))
_UNITS = (
    *((key, "万元", "sum") for key in _MONEY),
    *((key, "人", "last") for key in _PEOPLE),
    *((key, "亩", "last") for key in _LAND),
    *((key, "吨标准煤", "sum") for key in _COAL),
    *((key, "千瓦时", "sum") for key in _POWER),
)
KEYS = tuple(key for key, _, _ in _UNITS)
"""The 40 indicators an enterprise reports each month."""
COLUMNS = {key: f"x{number:02}" for number, key in enumerate(KEYS)}
RATES = (
    *(f"ratio(total([money.{n:02}]), total([money.{n + 1:02}]))" for n in range(0, 12, 2)),
    *(f"share(total([money.{n:02}]), total([money.{n + 1:02}]))" for n in range(12, 18, 2)),
    *(f"total([money.{n:02}]) / total([land.{n - 18:02}])" for n in range(18, 22)),
    *(f"total([money.{n:02}]) / total([people.{n:02}])" for n in range(6)),
    *(f"total([coal.{n:02}]) / total([money.{n:02}])" for n in range(3)),
    *(f"total([power.{n:02}]) / total([money.{n:02}])" for n in range(3)),
    *(f"chain_growth(total([money.{n:02}]))" for n in (18, 22, 23)),
    "ratio(cumulative(total([money.00])), cumulative(total([money.01])))",
    "points(ratio(total([money.12]), total([money.13])),"
    " ratio(total([money.14]), total([money.15])))",
)  # fmt: skip


def book() -> Book:
    """The definitions of the 40 indicators."""
    declared = [
        Declared(key, _unit(name), over_time="last" if over == "last" else "sum")
        for key, name, over in _UNITS
    ]
    made = Book.of(declared)
    assert isinstance(made, Book)
    return made


def _unit(name: str):  # type: ignore[no-untyped-def]
    found = unit(name)
    assert found is not None
    return found


def derived() -> dict[str, Formula]:
    """Everything computed for each zone and month: 40 totals and the rates."""
    whole = book()
    formulas = {}
    for text in (*(f"total([{key}])" for key in KEYS), *RATES):
        made = prepare(text, whole)
        assert isinstance(made, Formula), made
        formulas[text] = made
    return formulas


def zone_plan() -> Plan:
    """The plan for months."""
    made = plan(derived(), "month")
    assert isinstance(made, Plan)
    return made


def zones(enterprises: int) -> int:
    """How many zones so many enterprises have."""
    return -(-enterprises // PER_ZONE)


def cells_of(enterprises: int) -> Cells:
    """Every zone in every month; the text is the same for DuckDB and Spark."""
    first = YEAR * 12 - 1
    return Cells(
        f"SELECT z.unit AS unit, '' AS above, m.month + {first} AS upto"
        f" FROM range({zones(enterprises)}) AS z(unit) CROSS JOIN range(1, 13) AS m(month)"
    )


def layout(relation: str) -> Wide:
    """The file as a wide relation: units are numbered."""
    return Wide(f"(SELECT enterprise AS unit, zone AS parent, * FROM {relation})", COLUMNS)


def generate(path: Path, enterprises: int) -> None:
    """Write the Parquet file: a row for each enterprise and month, month by month in its zone.

    Streamed: memory doesn't grow with the number of enterprises. About one figure in a hundred
    is missing, one in fifty negative, one in twenty zero.
    """
    figures = ", ".join(
        f"{_figure(number)} AS {name}" for number, name in enumerate(COLUMNS.values())
    )
    block = PER_ZONE * 12
    rows = (
        f"SELECT i // {block} AS zone, (i // {PER_ZONE}) % 12 + 1 AS month,"
        f" (i // {block}) * {PER_ZONE} + i % {PER_ZONE} AS enterprise, i"
        f" FROM range({zones(enterprises) * block}) AS r(i)"
    )
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT CAST(enterprise AS INTEGER) AS enterprise, CAST(zone AS INTEGER) AS zone,"
            f" CAST({YEAR} AS SMALLINT) AS year, CAST(month AS SMALLINT) AS month, {figures}"
            f" FROM ({rows}) WHERE enterprise < {enterprises}) TO '{path}'"
            f" (FORMAT parquet, KV_METADATA {{generated: '{GENERATED}'}})"
        )


def _figure(number: int) -> str:
    """An indicator's figure of row i: a remainder, so that every machine makes the same."""
    step, modulus = 48_271 + 2 * number * (SEED % 1009), 1_000_003 + 2 * number
    drawn = f"((i * {step} + {SEED % 99_991 * (number + 1)}) % {modulus})"
    return (
        f"CASE WHEN {drawn} % 101 = 0 THEN NULL WHEN {drawn} % 53 = 0 THEN -({drawn} % 9973)"
        f" WHEN {drawn} % 19 = 0 THEN 0 ELSE {drawn} % 99991 END"
    )


def table_of(connection: duckdb.DuckDBPyConnection, path: Path, chosen: list[int]) -> Table:
    """The figures of some zones for the reference engine."""
    names = ", ".join(COLUMNS.values())
    rows = connection.execute(
        f"SELECT zone, enterprise, month, {names} FROM '{path}'"
        f" WHERE zone IN ({', '.join(map(str, chosen))})"
    ).fetchall()
    figures, parents = {}, {}
    for zone, enterprise, month, *amounts in rows:
        parents[f"e{enterprise}"] = str(zone)
        period = Period("month", YEAR, month).key
        for key, amount in zip(KEYS, amounts, strict=True):
            if amount is not None:
                figures[key, f"e{enterprise}", period] = amount
    return Table(figures, parents)


def line(name: str, unit: str, month: Period, outcome: Outcome) -> str:
    """A result as a line of text: its digits, or the code of its reason."""
    told = outcome.number if outcome else outcome.code  # type: ignore[union-attr]
    return f"{name}|{unit}|{month.key}|{told}"


def digest_of(lines: Iterable[str]) -> str:
    """One digest of all results, whatever their order."""
    whole = 0
    for one in lines:
        whole ^= int.from_bytes(hashlib.blake2b(one.encode(), digest_size=16).digest(), "big")
    return f"{whole:032x}"
