"""Keeping the search index in step with the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import override

from luodi.common.doors import Found, find_subject

from .models import SearchEntry
from .rules import tokens

MOST_SEARCHED = 60_000
"""Characters of a text that search knows: PostgreSQL's index holds a megabyte a row at most."""


_waiting: ContextVar[dict[str, None] | None] = ContextVar("waiting", default=None)


@contextmanager
def index_at_the_end(*, by: str, at: datetime) -> Iterator[None]:
    """For many acts in a row: each subject they touch is brought up to date once, at the end.

    Until then search says what it said before; where the block fails, nothing is brought up.
    """
    waiting: dict[str, None] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    with transaction.atomic():
        index_subjects(subjects=waiting, by=by, at=at)


def refresh_subjects(*, subjects: Iterable[str], by: str, at: datetime) -> None:
    """Bring the entries up to date: now, or where many acts are made in a row, after the last."""
    waiting = _waiting.get()
    if waiting is None:
        index_subjects(subjects=subjects, by=by, at=at)
    else:
        waiting.update(dict.fromkeys(subjects))


def index_subjects(*, subjects: Iterable[str], by: str, at: datetime) -> int:
    """Bring the entries of these subjects up to date; returns how many there are now.

    A subject without a finder isn't searched; one that is gone loses its entry. Most acts change
    nothing that search knows: an entry that says the same is left alone.
    """
    wanted = list(dict.fromkeys(subjects))
    entries = {row.subject: row for row in SearchEntry.objects.filter(subject__in=wanted)}
    kept = 0
    for subject in wanted:
        entry = entries.get(subject)
        with override(settings.LANGUAGE_CODE):
            found = find_subject(subject)
            said = _said(found) if found and found.searched else None
        if said is None:
            _drop(entry)
            continue
        _keep(entry or SearchEntry(subject=subject), said)
        kept += 1
    return kept


def _said(found: Found) -> dict[str, str]:
    """What the index keeps of a subject, always in the interface's first language."""
    units, body = found.scope.get("units", ""), found.body[:MOST_SEARCHED]
    return {
        "kind_label": str(found.kind_label),
        "title": found.title[:300],
        "address": found.address,
        "body": body,
        "units": f" {units} " if units else "",
        "tokens": tokens(f"{found.title}\n{body}"),
        **{name: found.scope.get(name, "") for name in ("city", "zone", "unit")},
    }


def _keep(entry: SearchEntry, said: dict[str, str]) -> None:
    if entry.pk and all(getattr(entry, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(entry, name, value)
    entry.save()
    _put(entry)


def _put(entry: SearchEntry) -> None:
    """SQLite keeps the words in a table of its own; PostgreSQL indexes the column."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM console_search WHERE rowid = %s", [entry.pk])
        cursor.execute(
            "INSERT INTO console_search (rowid, tokens) VALUES (%s, %s)", [entry.pk, entry.tokens]
        )


def _drop(entry: SearchEntry | None) -> None:
    if entry is None:
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM console_search WHERE rowid = %s", [entry.pk])
    entry.delete()
