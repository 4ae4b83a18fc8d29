"""Keeping the search index in step with the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from luodi.common.doors import find_subject

from .models import SearchEntry
from .rules import tokens


def index_subjects(*, subjects: Iterable[str], by: str, at: datetime) -> int:
    """Bring the entries of these subjects up to date; returns how many there are now.

    A subject without a finder isn't searched; one that is gone loses its entry.
    """
    kept = 0
    for subject in dict.fromkeys(subjects):
        found = find_subject(subject)
        if found is None:
            _drop(subject)
            continue
        scope = {name: found.scope.get(name, "") for name in ("city", "zone", "unit")}
        units = found.scope.get("units", "")
        entry, _created = SearchEntry.objects.update_or_create(
            subject=subject,
            defaults={
                "kind_label": str(found.kind_label),
                "title": found.title[:300],
                "address": found.address,
                "body": found.body,
                "units": f" {units} " if units else "",
                "tokens": tokens(f"{found.title}\n{found.body}"),
                **scope,
            },
        )
        _put(entry)
        kept += 1
    return kept


def _put(entry: SearchEntry) -> None:
    """SQLite keeps the words in a table of its own; PostgreSQL indexes the column."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM console_search WHERE rowid = %s", [entry.pk])
        cursor.execute(
            "INSERT INTO console_search (rowid, tokens) VALUES (%s, %s)", [entry.pk, entry.tokens]
        )


def _drop(subject: str) -> None:
    entry = SearchEntry.objects.filter(subject=subject).first()
    if entry is None:
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM console_search WHERE rowid = %s", [entry.pk])
    entry.delete()
