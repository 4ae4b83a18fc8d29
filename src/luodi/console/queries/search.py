"""Search."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from luodi.orgs.queries import visible
from luodi.orgs.rules import Viewer

from ..models import SearchEntry
from ..rules import query_terms, snippet

MOST = 60


@dataclass(frozen=True)
class Hit:
    """A subject that holds the words looked for; `before found after` is where."""

    kind: str
    title: str
    address: str
    before: str
    found: str
    after: str


def search(text: str, viewer: Viewer) -> list[Hit]:
    """The subjects within the viewer's scope that hold all words of `text`, titles first."""
    terms = query_terms(text)
    if not terms:
        return []
    rows = visible(_matching(terms), viewer)[: MOST * 2]
    hits = [_hit(row, text) for row in rows]
    return sorted(hits, key=lambda hit: text not in hit.title)[:MOST]


def _hit(row: SearchEntry, text: str) -> Hit:
    """The words where they stand: in the body, else in the title."""
    parts = snippet(row.body, text)
    if not parts[1]:
        parts = snippet(row.title, text)
    return Hit(row.kind_label, row.title, row.address, *parts)


def _matching(terms: list[tuple[str, bool]]) -> QuerySet[SearchEntry]:
    """Entries holding every term, through the database's own full-text index."""
    if connection.vendor == "postgresql":
        said = " & ".join(f"{term}:*" if prefix else term for term, prefix in terms)
        where = "to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)"
        sql = f"SELECT id FROM console_searchentry WHERE {where}"
    else:
        said = " AND ".join(f'"{term}"{"*" if prefix else ""}' for term, prefix in terms)
        sql = "SELECT rowid FROM console_search WHERE console_search MATCH %s"
    return SearchEntry.objects.filter(id__in=RawSQL(sql, [said])).order_by("kind_label", "title")
