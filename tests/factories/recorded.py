"""The small city, made once in a process by the product's own actions and written back as rows.

A thousand tests begin with it; making it takes a quarter of a second, its rows a hundredth.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from luodi.audit.models import Act

from .city import City, make_city

Rows = dict[str, Any]

SEARCH = "console_search"
"""SQLite's full-text table: what stands behind it are tables of its own, left to it."""
_known: dict[datetime, tuple[City, Rows]] = {}


def recorded_city(at: datetime) -> City:
    """The small city at an instant; made anew where something is recorded already."""
    if Act.objects.exists():
        return make_city(at=at)
    read, write = _ways()
    if at not in _known:
        city = make_city(at=at)
        _known[at] = (deepcopy(city), read())
        return city
    city, rows = _known[at]
    with transaction.atomic():  # what points at what is looked at where it ends
        write(rows)
    return deepcopy(city)


def _ways() -> tuple[Callable[[], Rows], Callable[[Rows], None]]:
    return (_copied, _copy) if connection.vendor == "postgresql" else (_selected, _insert)


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    left = ("django_migrations", "django_content_type", "auth_permission")
    return [n for n in names if n not in left and not n.startswith(f"{SEARCH}_")]


def _selected() -> Rows:
    """SQLite: the rows as they are stored; the plus keeps the driver from converting them."""
    link, found = connection.connection, {}
    for table in _tables():
        columns = [row[1] for row in link.execute(f'PRAGMA table_info("{table}")')]
        columns = ["rowid", *columns] if table == SEARCH else columns
        asked = ", ".join(f'+"{column}"' for column in columns)
        rows = link.execute(f'SELECT {asked} FROM "{table}"').fetchall()
        if rows:
            found[table] = (columns, rows)
    return found


def _insert(found: Rows) -> None:
    connection.connection.execute(f'DELETE FROM "{SEARCH}"')  # no model: a flush leaves it
    for table, (columns, rows) in found.items():
        named = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        connection.connection.executemany(
            f'INSERT INTO "{table}" ({named}) VALUES ({marks})',
            rows,
        )


def _copied() -> Rows:
    """PostgreSQL: each table as its own text, and how far its numbers have come."""
    found = {}
    with connection.connection.cursor() as cursor:
        for table in _tables():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                text = b"".join(bytes(piece) for piece in copy)
            if text:
                found[table] = text
    return found


def _copy(found: Rows) -> None:
    with connection.connection.cursor() as cursor:
        for table, text in found.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(text)
    with connection.cursor() as cursor:
        counted = [model for model in apps.get_models() if model._meta.db_table in found]
        for command in connection.ops.sequence_reset_sql(no_style(), counted):
            cursor.execute(command)
