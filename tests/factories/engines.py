"""Figures with revisions, and each engine that computes formulas over them."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass

import duckdb
import psycopg

from luodi.kit.calendars import Period
from luodi.kit.formulas import DUCKDB, POSTGRESQL, SQLITE, Long, Table, Wide, month_of

COLUMNS = "indicator, unit, parent, year, month, amount, since, until"
LONG = "indicator text, unit text, parent text, year int, month int, amount bigint, since int, until int"
PARENTS = {"z1": "city", "z2": "city", "z3": "city", "e1": "z1", "e2": "z1", "e3": "z1", "e4": "z2"}
GROUPINGS = {"class": {"z1": "A", "z2": "B", "z3": "A"}}
NOW = 100
"""A position after every revision."""


@dataclass(frozen=True)
class Revised:
    """A figure that held from one position to another."""

    key: str
    unit: str
    period: str
    amount: int
    since: int = 1
    until: int | None = None

    @property
    def row(self) -> tuple:
        """As a row of COLUMNS."""
        month = month_of(Period.parse(self.period))
        parent = PARENTS.get(self.unit, "")
        return (
            self.key,
            self.unit,
            parent,
            month // 12,
            month % 12 + 1,
            self.amount,
            self.since,
            self.until,
        )

    def known(self, position: int) -> bool:
        """Whether it held at a position."""
        return self.since <= position and (self.until is None or self.until > position)


def table_of(figures: list[Revised], position: int = NOW) -> Table:
    """What was known, for the reference engine."""
    known = {(one.key, one.unit, one.period): one.amount for one in figures if one.known(position)}
    return Table(known, PARENTS, GROUPINGS)


def known_on(name: str, position: int = NOW) -> str:
    """The relation of what was known."""
    return f"(SELECT * FROM {name} WHERE since <= {position} AND (until IS NULL OR until > {position}))"


class Sqlite:
    """A database in memory."""

    dialect = SQLITE

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")

    def fill(self, figures: list[Revised], position: int) -> Long:
        """The figures as a long relation."""
        self.connection.executescript(f"DROP TABLE IF EXISTS held; CREATE TABLE held ({LONG})")
        rows = [one.row for one in figures]
        self.connection.executemany("INSERT INTO held VALUES (?,?,?,?,?,?,?,?)", rows)
        return Long(known_on("held", position))

    def rows(self, text: str) -> list[tuple]:
        """What a statement gives."""
        return self.connection.execute(text).fetchall()


class Duck(Sqlite):
    """DuckDB in memory."""

    dialect = DUCKDB

    def __init__(self) -> None:
        self.connection = duckdb.connect(config={"threads": 1})

    def fill(self, figures: list[Revised], position: int) -> Long:
        """The figures as a long relation."""
        self.connection.execute(f"CREATE OR REPLACE TABLE held ({LONG})")
        if figures:  # one statement: preparing each row takes DuckDB a hundred times as long
            rows = ", ".join(str(one.row).replace("None", "NULL") for one in figures)
            self.connection.execute(f"INSERT INTO held VALUES {rows}")
        return Long(known_on("held", position))


class WideDuck(Duck):
    """DuckDB over a row for each unit and month."""

    def fill(self, figures: list[Revised], position: int) -> Wide:
        """The figures as a wide relation."""
        known = [one for one in figures if one.known(position)]
        keys = {one.key: f"c{n}" for n, one in enumerate({one.key: one for one in known}.values())}
        rows: dict[tuple, dict[str, int]] = {}
        for one in known:
            rows.setdefault(one.row[1:5], {})[keys[one.key]] = one.amount
        columns = ", ".join(f"{name} bigint" for name in keys.values())
        self.connection.execute(
            f"CREATE OR REPLACE TABLE wide (unit text, parent text, year int, month int{', ' + columns if columns else ''})"
        )
        for place, amounts in rows.items():
            self.connection.execute(
                f"INSERT INTO wide VALUES ({', '.join('?' * (4 + len(keys)))})",
                [*place, *(amounts.get(name) for name in keys.values())],
            )
        return Wide("wide", Missing(keys))


class Missing(dict):
    """Columns of a relation; an indicator nobody reported has none."""

    def __missing__(self, key: str) -> str:
        return "nothing"


class Postgres(Sqlite):
    """The database of LUODI_DATABASE, in a table of this session."""

    dialect = POSTGRESQL

    def __init__(self) -> None:
        self.connection = psycopg.connect(os.environ["LUODI_DATABASE"], autocommit=True)

    def fill(self, figures: list[Revised], position: int) -> Long:
        """The figures as a long relation."""
        self.connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS held ({LONG})")
        self.connection.execute("TRUNCATE held")
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO held VALUES (%s,%s,%s,%s,%s,%s,%s,%s)", [f.row for f in figures]
            )
        return Long(known_on("held", position))

    def rows(self, text: str) -> list[tuple]:
        """What a statement gives."""
        return self.connection.execute(text).fetchall()
