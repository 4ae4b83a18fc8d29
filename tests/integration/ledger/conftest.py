"""Items in the small city, and how its people act on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from luodi.ledger.actions import open_item
from luodi.ledger.models import Item

DUE = date(2026, 3, 20)


@pytest.fixture
def opened(city, at) -> Callable[..., Item]:
    """`opened(title=…)`: an item led by the clerk's unit, with the zone cooperating."""

    def open_one(**given) -> Item:
        usual = {
            "city": city.key,
            "source": "meeting",
            "title": "协调解决示例园区用电",
            "lead": city.units["市工信局"],
            "cooperating": [city.units["开发区管委会"]],
            "due_on": DUE,
            "by": city.people["office"],
            "at": at,
        }
        return open_item(**(usual | given))

    return open_one


@pytest.fixture
def item(opened) -> Item:
    return opened()
