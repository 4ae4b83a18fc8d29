"""A document with planted mistakes in the reading room, and decisions about them."""

from __future__ import annotations

from datetime import datetime

from luodi.reading.actions import accept_finding, dismiss_finding
from luodi.reading.models import Document, Finding, FindingState

from .city import City
from .reading import FAULTY, imported


def faulty(city: City, at: datetime, text: str = FAULTY, name: str = "提升方案.txt") -> Document:
    """The document with mistakes, read but not decided on."""
    return imported(city, at, text, name)


def finding(document: Document, code: str) -> FindingState:
    """The open state of the first finding whose code begins so."""
    rows = FindingState.objects.open().filter(
        finding__document=document, finding__code__startswith=code
    )
    return rows.select_related("finding").order_by("finding__act", "pk")[0]


def accepted(city: City, document: Document, at: datetime, code: str, correction: str = "") -> str:
    """Accept a finding of a kind; its key."""
    state = finding(document, code)
    by = city.people["office"]
    accept_finding(
        finding=state.finding_id, seen=state.since_id, correction=correction, by=by, at=at
    )
    return state.finding_id


def dismissed(city: City, document: Document, at: datetime, code: str, reason: str) -> str:
    """Dismiss a finding of a kind; its key."""
    state = finding(document, code)
    by = city.people["office"]
    dismiss_finding(finding=state.finding_id, seen=state.since_id, reason=reason, by=by, at=at)
    return state.finding_id


def keys_of(document: Document) -> list[str]:
    """The keys of all findings of a document."""
    return list(Finding.objects.filter(document=document).values_list("key", flat=True))
