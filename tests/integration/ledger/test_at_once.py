"""Numbers stay unique and without gaps where several people open items at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from luodi.audit.queries import verify
from luodi.ledger.actions import open_item
from luodi.ledger.models import Item

THREADS, EACH = 4, 5


@pytest.mark.django_db(databases="__all__", transaction=True)
def test_items_opened_at_once_get_numbers_without_gaps(city, at):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's test database is in memory and has one writer: PostgreSQL shows this")

    def open_some(thread: int) -> None:
        try:
            for n in range(EACH):
                open_item(
                    city=city.key,
                    source="call",
                    title=f"生成的事项 {thread}-{n}",
                    lead=city.units["市工信局"],
                    by=city.people["office"],
                    at=at,
                )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(open_some, range(THREADS)))
    serials = list(Item.objects.order_by("serial").values_list("serial", flat=True))
    assert serials == list(range(1, THREADS * EACH + 1))
    assert not verify().breaks
