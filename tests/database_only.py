"""A pytest plugin for the second run of the tests: keeps those that touch the database.

`make test` loads it (`-p database_only`) when it runs them again on PostgreSQL. A test without a
database fixture that should run there too carries the marker `database`.
"""

from __future__ import annotations

import pytest

FIXTURES = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})
MARKERS = ("django_db", "database")


def touches_database(item: pytest.Item) -> bool:
    """True for a test that uses a database fixture or carries one of the markers."""
    if FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    return any(item.get_closest_marker(name) for name in MARKERS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what would only repeat the first run."""
    dropped = [item for item in items if not touches_database(item)]
    items[:] = [item for item in items if touches_database(item)]
    config.hook.pytest_deselected(items=dropped)
