"""An empty database made from the models is what the migrations lead to."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

BY_MODELS = "import django; django.setup(); from luodi.cli.databases import bring_up; bring_up()"
BY_MIGRATIONS = (
    "import django; django.setup(); from django.core.management import call_command as call;"
    "call('migrate', verbosity=0);"
    "from django.conf import settings;"
    "[call('migrate', app, database='queue', verbosity=0) for app in settings.QUEUE_APPS]"
)


def made(folder: Path, how: str) -> dict[str, sqlite3.Connection]:
    """The databases of a new site, made in a process of its own."""
    folder.mkdir()
    said = {
        "LUODI_DATA": str(folder),
        "LUODI_SECRET_KEY": "tests",
        "DJANGO_SETTINGS_MODULE": "luodi.config.settings",
    }
    left = {name: v for name, v in os.environ.items() if name != "LUODI_DATABASE"}
    subprocess.run([sys.executable, "-c", how], env=left | said, check=True, timeout=600)
    return {name: sqlite3.connect(folder / f"{name}.sqlite3") for name in ("luodi", "queue")}


def shape(link: sqlite3.Connection) -> dict[str, dict[str, set]]:
    """Every table with its columns, keys, indexes and checks; the order of columns is nobody's."""
    tables = link.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    found = {}
    for name, made_by in tables:
        if name.startswith(("sqlite_", "console_search_")):
            continue
        columns = link.execute(f'PRAGMA table_info("{name}")').fetchall()
        keys = link.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        indexes = link.execute(f'PRAGMA index_list("{name}")').fetchall()
        found[name] = {
            "columns": {(c[1], c[2], c[3], c[5]) for c in columns},
            "keys": {(k[2], k[3], k[4]) for k in keys},
            "indexes": {
                (i[2], i[4], tuple(c[2] for c in link.execute(f'PRAGMA index_info("{i[1]}")')))
                for i in indexes
            },
            "constraints": {
                part for part in made_by.split('"') if part.endswith(("_once", "_open"))
            },
        }
    return found


@pytest.mark.database
def test_models_and_migrations_make_the_same_tables(tmp_path):
    if os.environ.get("LUODI_DATABASE"):
        pytest.skip("the tables are compared on SQLite")
    models, steps = made(tmp_path / "models", BY_MODELS), made(tmp_path / "steps", BY_MIGRATIONS)
    for name in ("luodi", "queue"):
        assert shape(models[name]) == shape(steps[name])
        assert shape(models[name])
    asked = "SELECT app, name FROM django_migrations"
    for name in ("luodi", "queue"):
        assert set(models[name].execute(asked)) >= set(steps[name].execute(asked))
