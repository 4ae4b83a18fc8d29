"""The databases of a site, brought up to this version."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, router
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def bring_up() -> None:
    """Make the tables that aren't there yet, each in its database."""
    for alias in settings.DATABASES:
        if is_empty(alias):
            make_tables(alias)
    call_command("migrate", verbosity=0, interactive=False)
    for app in settings.QUEUE_APPS if "queue" in settings.DATABASES else ():
        call_command("migrate", app, database="queue", verbosity=0, interactive=False)


def is_empty(alias: str) -> bool:
    """Whether nothing was ever made in a database."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    return tables <= {MigrationRecorder.Migration._meta.db_table} and not applied(alias)


def applied(alias: str) -> set[tuple[str, str]]:
    """The migrations a database has behind it."""
    return set(MigrationRecorder(connections[alias]).applied_migrations())


def make_tables(alias: str) -> None:
    """Make an empty database's tables from the models as they are, in one transaction.

    Going through every migration that led there takes a minute, and ends in the same tables:
    tests/integration/operations/test_tables.py holds that. What else a module needs it makes
    after every `migrate`, as everywhere.
    """
    connection = connections[alias]
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection) and router.allow_migrate_model(alias, model):
                editor.create_model(model)
        for app, name in MigrationLoader(connection).disk_migrations:
            if router.allow_migrate(alias, app):
                recorder.record_applied(app, name)
