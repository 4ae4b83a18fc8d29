"""National scale: every total and rate of every zone and month, against a bare scan of DuckDB."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from luodi.cli.bench_sides import Work, alone, compared
from luodi.cli.bench_spark import spark_figures
from luodi.cli.national import (
    COLUMNS,
    cells_of,
    digest_of,
    generate,
    layout,
    line,
    table_of,
    zone_plan,
    zones,
)
from luodi.kit.calendars import Period
from luodi.kit.formulas import DUCKDB, Outcome, Plan, compute, finished, period_at

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

ENTERPRISES = 500_000
QUICK = 40_000
MEMORY = 8
"""GiB the whole computation stays within."""
Results = dict[tuple[str, str, Period], Outcome]


def measure(quick: bool) -> list[Figure]:
    """Ratio to the scan, peak memory; at full size the same on Spark where its extra is there."""
    enterprises = QUICK if quick else ENTERPRISES
    with tempfile.TemporaryDirectory(prefix="luodi-bench-") as folder:
        path = Path(folder) / "figures.parquet"
        generate(path, enterprises)
        here = "luodi.cli.bench_national:"
        told = f"{enterprises}:{path}"
        ratio, ratios = compared(f"{here}compute_all", f"{here}scan_all", told, 3 if quick else 7)
        seconds, memory = alone(f"{here}compute_all", told)
        alike, digest, numbers = checked(path, enterprises)
        size = (
            f"{enterprises}家企业×12个月×{len(COLUMNS)}项（生成的演示数据），{zones(enterprises)}个开发区，"
            f"{numbers}个结果；抽{alike}个与参考引擎逐位相同；{seconds:.2f}处理器秒，"
            f"比值{min(ratios):.2f}–{max(ratios):.2f}"
        )
        found: list[Figure] = [
            {
                "name": "national_vs_duckdb_scan",
                "value": round(ratio, 3),
                "unit": "×",
                "yardstick": "DuckDB 一次扫描把用到的每一列求和",
                "goal": 2.0,
                "size": size,
            },
            {
                "name": "national_peak_memory",
                "value": round(memory / 2**30, 3),
                "unit": "GiB",
                "yardstick": "整个计算进程的峰值内存",
                "goal": float(MEMORY),
                "size": f"{enterprises}家企业×12个月×{len(COLUMNS)}项",
            },
        ]
        if quick:  # a cluster alone takes most of the seconds a quick bench has
            return found
        return [*found, *spark_figures(path, enterprises, digest)]


def _connected() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={"threads": os.cpu_count() or 1, "memory_limit": f"{MEMORY - 2}GB"}
    )
    connection.execute("SET enable_progress_bar = false")  # it writes to stdout
    return connection


def compute_all(told: str) -> Work:
    """The product's path: one statement that adds, divides and rounds; reasons for what is left."""
    enterprises, path = _told(told)
    connection = _connected()
    made = zone_plan()
    return lambda: results(connection, made, path, enterprises)


def scan_all(told: str) -> Work:
    """The yardstick: every column used, summed in one scan."""
    _, path = _told(told)
    connection = _connected()
    sums = ", ".join(f"sum({name})" for name in COLUMNS.values())
    return lambda: connection.execute(f"SELECT {sums} FROM '{path}'").fetchall()


def _told(told: str) -> tuple[int, Path]:
    count, _, path = told.partition(":")
    return int(count), Path(path)


def results(
    connection: duckdb.DuckDBPyConnection, made: Plan, path: Path, enterprises: int
) -> tuple[list[tuple[int, ...]], Results]:
    """(rows of unit, month and one number or None for each formula; reasons of the Nones)."""
    text = finished(made, DUCKDB, layout(f"'{path}'"), cells_of(enterprises))
    rows = connection.execute(text).fetchall()
    first = 2 + 2 * len(made.columns)
    return [(*row[:2], *row[first:]) for row in rows], made.unsettled(rows, {})


def checked(path: Path, enterprises: int) -> tuple[int, str, int]:
    """(results compared with the reference engine, digest of all results, their number)."""
    made = zone_plan()
    with _connected() as connection:
        rows, reasons = results(connection, made, path, enterprises)
        chosen = sorted({0, zones(enterprises) // 2, zones(enterprises) - 1})
        table = table_of(connection, path, chosen)
    known = {
        (name, str(row[0]), month): number
        for row in rows
        if row[0] in chosen
        for name, number, month in _named(made, row)
    }
    count = 0
    for (name, zone, month), number in known.items():
        expected = compute(made.formulas[name], zone, month, table)
        given = reasons[name, zone, month] if number is None else number
        assert given == (expected if number is None else expected.number), (name, zone, month)  # type: ignore[union-attr]
        count += 1
    lines = _lines(made, rows, reasons)
    return count, digest_of(lines), len(rows) * len(made.formulas)


def _named(made: Plan, row: tuple[int, ...]) -> list[tuple[str, int | None, Period]]:
    month = period_at(row[1], "month")
    return [(name, number, month) for name, number in zip(made.formulas, row[2:], strict=True)]


def _lines(made: Plan, rows: list[tuple[int, ...]], reasons: Results) -> Iterable[str]:
    for row in rows:
        for name, number, month in _named(made, row):
            if number is None:
                yield line(name, str(row[0]), month, reasons[name, str(row[0]), month])
            else:
                yield f"{name}|{row[0]}|{month.key}|{number}"
