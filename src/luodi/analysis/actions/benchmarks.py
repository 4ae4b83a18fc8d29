"""Figures of other cities and zones, taken over from an adopted document as it states them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from luodi.audit.actions import Deed
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.indicators.rules import unit_of
from luodi.kit.quantities import Quantity

from ..models import Benchmark


def adopt_benchmarks(
    *,
    cards: Sequence[AdoptedCard],
    deed: Deed,
    document: AdoptedDocument,
    context: dict[str, Any],
    by: str,
    at: datetime,
) -> None:
    """Keep the figures that a document states as facts, each with its sentence; one whose number
    can't be read is left in the document."""
    del cards, by, at
    for row in _rows_of(document, context.get("stated", [])):
        deed.write(row)


def _rows_of(document: AdoptedDocument, stated: Iterable[Mapping[str, Any]]) -> list[Benchmark]:
    """The rows for the stated figures of a document, in text order, unsaved."""
    rows = []
    for item in sorted(stated, key=lambda item: item["span"]):
        read = Quantity.parse(str(item["value"]), unit_of(item["unit"] or ""))
        if not isinstance(read, Quantity):
            continue
        start, end = item["span"]
        rows.append(
            Benchmark(
                city=document.city,
                document=document.key,
                title=document.title[:200],
                sentence=f"{document.sha256}:{start}:{end}",
                place=(item.get("entity") or "")[:120],
                name=item["name"][:120],
                measured_in=(item["unit"] or "")[:20],
                period=(item.get("period") or "")[:30],
                amount=read.number,
                scale=read.scale,
                comparator=item.get("comparator") or "=",
                is_rank=item["kind"] == "rank",
                meaning=(item.get("scope") or "")[:200],
            )
        )
    return rows
