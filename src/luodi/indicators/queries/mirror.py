"""A columnar mirror of the values, kept in the process and never stale.

Questions over all values take the database a second and DuckDB a few hundredths of one. So each
process holds the table `indicators_value` once more, in DuckDB's memory, and asks it the very SQL
that Django would have sent to the database: one query set, one meaning, two engines.

Before it answers, it catches up by the position of acts: rows begun and rows ended since the last
act it knows. Acts are gapless and take their position under the write lock, so position order is
commit order. The digest of that act is compared each time: a database restored, replaced or
rolled back is read anew. Inside a transaction that has seen newer acts the database itself
answers, since those may yet be rolled back. See docs/adr/0012-a-columnar-mirror.md.
"""

from __future__ import annotations

import csv
import os
import tempfile
import threading
from pathlib import Path
from typing import Any

import duckdb
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from luodi.audit.models import Act

from ..models import Value

LEAST = 50_000
"""Values from which the mirror is worth its memory; below, the database is as quick."""

BY_INDEX = 4000
"""Cells up to which the index of the database finds them sooner than the mirror catches up."""

BY_FILE = 8
"""Rows from which a file is quicker than a statement."""

BY_LIST = 1000
"""Ended rows up to which their keys are written into the statement."""

MEMORY = "2GB"
TABLE, ACTS = Value._meta.db_table, Act._meta.db_table
FIELDS = tuple(field.column for field in Value._meta.concrete_fields)
WORDS = tuple(
    field.column
    for field in Value._meta.concrete_fields
    if (field.target_field if field.is_relation else field).get_internal_type() == "CharField"
)
TYPES = {"CharField": "VARCHAR", "PositiveSmallIntegerField": "SMALLINT"}


class Mirror:
    """The values of the default database in memory, up to the act `position`."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew at the next question."""
        self.process = os.getpid()
        self.duck: duckdb.DuckDBPyConnection | None = None
        self.head = (0, "")

    def cursor(self) -> duckdb.DuckDBPyConnection | None:
        """A cursor over everything committed by now; None where the database has to answer."""
        if self.process != os.getpid():
            self.lock = threading.Lock()  # a lock held while forking stays held in the child
            self.forget()
        head = _head()
        if self.duck is None or head != self.head:
            if connection.in_atomic_block or (self.duck is None and _size() < LEAST):
                return None
            with self.lock:
                self._catch_up()
        if self.duck is None:
            return None
        cursor = self.duck.cursor()
        cursor.execute("USE mirror")
        return cursor

    def _catch_up(self) -> None:
        head = _head()
        if self.duck is not None and head == self.head:
            return
        known, digest = self.head
        if self.duck is None or not Act.objects.filter(position=known, digest=digest).exists():
            self.duck, known = _empty(), 0
        begun = f"since_id > {known} AND since_id <= {head[0]}"
        ended = f"since_id <= {known} AND until_id > {known} AND until_id <= {head[0]}"
        try:
            _copy(self.duck, TABLE, FIELDS, begun)
            if known:
                _end(self.duck, ended)
            else:
                self.duck.execute("CHECKPOINT mirror")  # now the columns are compressed
        except BaseException:
            self.forget()  # half of a portion may be in
            raise
        self.head = head


def _head() -> tuple[int, str]:
    """The last act; asked before every answer, so without the way through a query set."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT position, digest FROM {ACTS} ORDER BY position DESC LIMIT 1")
        return cursor.fetchone() or (0, "")


def _size() -> int:
    """How many values there are, roughly: the last key."""
    return Value.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _empty() -> duckdb.DuckDBPyConnection:
    """An empty mirror."""
    duck = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY,
            "temp_directory": "",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    duck.execute("ATTACH ':memory:' AS mirror (COMPRESS)")
    duck.execute("USE mirror")
    columns = ", ".join(f"{field.column} {_type(field)}" for field in Value._meta.concrete_fields)
    duck.execute(f"CREATE TABLE {TABLE} ({columns})")
    duck.execute("CREATE TABLE ended (id BIGINT, until_id BIGINT)")
    return duck


def _type(field: Any) -> str:
    kind = (field.target_field if field.is_relation else field).get_internal_type()
    return TYPES.get(kind, "BIGINT")


def _end(duck: duckdb.DuckDBPyConnection, where: str) -> None:
    """Bring over which rows have ended."""
    select = f"SELECT id, until_id FROM {TABLE} WHERE {where}"
    with connection.cursor() as cursor:
        cursor.execute(f"{select} LIMIT {BY_LIST + 1}")
        rows = cursor.fetchall()
    if len(rows) <= BY_LIST:
        by_act: dict[int, list[int]] = {}
        for key, act in rows:
            by_act.setdefault(act, []).append(key)
        for act, keys in by_act.items():
            marks = ", ".join(map(str, keys))
            duck.execute(f"UPDATE {TABLE} SET until_id = {act} WHERE id IN ({marks})")
        return
    duck.execute("DELETE FROM ended")
    _copy(duck, "ended", ("id", "until_id"), where)
    duck.execute(
        f"UPDATE {TABLE} SET until_id = ended.until_id FROM ended WHERE {TABLE}.id = ended.id"
    )


def _copy(duck: duckdb.DuckDBPyConnection, into: str, names: tuple[str, ...], where: str) -> None:
    """Add rows of the database's table to a table of the mirror."""
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {TABLE} WHERE {where} LIMIT {BY_FILE + 1}")
        rows = cursor.fetchall()
    if len(rows) <= BY_FILE:
        if rows:
            marks = f"({', '.join('?' * len(names))})"
            places = ", ".join([marks] * len(rows))
            duck.execute(f"INSERT INTO {into} VALUES {places}", [v for row in rows for v in row])
        return
    with tempfile.TemporaryDirectory(prefix="luodi-mirror-") as folder:
        path = Path(folder) / "rows.csv"
        _export(f"SELECT {columns} FROM {TABLE} WHERE {where}", path)
        words = ", ".join(name for name in names if name in WORDS)
        kept = f", FORCE_NOT_NULL ({words})" if words else ""
        duck.execute(
            f"COPY {into} FROM '{path}' (FORMAT csv, HEADER false, AUTO_DETECT false,"
            f" DELIMITER ',', QUOTE '\"', ESCAPE '\"'{kept})"
        )


def _export(select: str, path: Path) -> None:
    """Write the rows of a query to a file of comma separated values."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                path.open("wb") as out,
                cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT csv)") as copy,
            ):
                for data in copy:
                    out.write(data)
            return
        cursor.execute(select)
        with path.open("w", newline="", encoding="utf-8") as out:
            bare = cursor.cursor  # a million rows: not one by one through Django
            csv.writer(out, lineterminator="\n").writerows(bare)


_mirror = Mirror()


def read(rows: QuerySet[Value, Any], cells: int | None = None) -> list[tuple[Any, ...]]:
    """The rows of a `values_list` over values alone: from the mirror, or from the database.

    Take it for questions that go over many values (sums, counts, ranks). `cells` is how many
    figures it is about at most, where indicator, unit, enterprise and period are all named: a few
    are found by the index of the database.
    """
    if cells is not None and cells <= BY_INDEX:
        return list(rows)
    query = rows.query
    if {query.alias_map[alias].table_name for alias, n in query.alias_refcount.items() if n} - {
        TABLE
    }:
        raise ValueError("the mirror holds values alone: no joins")
    cursor = _mirror.cursor()
    if cursor is None:
        return list(rows)
    try:
        sql, params = query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return []
    found: list[tuple[Any, ...]] = cursor.execute(sql.replace("%s", "?"), params).fetchall()
    return found
