"""Every act refreshes the search entries of its subjects, in the same transaction
(or after the last of many: `index_at_the_end`).

What an act only mentions says the same as before.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from luodi.audit.models import Act
from luodi.audit.signals import acted

from .actions import refresh_subjects


@receiver(acted)
def refresh_search(sender: type[Act], act: Act, mentioned: frozenset[str], **kwargs: Any) -> None:
    subjects = [subject for subject in act.subjects if subject not in mentioned]
    refresh_subjects(subjects=subjects, by=act.by, at=act.at)


@receiver(post_migrate, dispatch_uid="console.index")
def make_index(sender: Any, using: str, **kwargs: Any) -> None:
    """The words of the entries: a full-text table on SQLite, a GIN index on PostgreSQL."""
    if sender.name != "luodi.console" or using != "default":
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE INDEX IF NOT EXISTS console_search ON console_searchentry"
                " USING gin (to_tsvector('simple', tokens))"
            )
        else:
            cursor.execute("CREATE VIRTUAL TABLE IF NOT EXISTS console_search USING fts5(tokens)")
