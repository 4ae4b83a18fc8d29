"""A busy city in which the clock stands on the morning of 26 March 2026."""

from __future__ import annotations

import pytest

from factories import plans
from factories.busy import Busy, busy_city


@pytest.fixture
def busy(city, at, monkeypatch, own_data) -> Busy:
    """The small city in the middle of its work, with a data folder of its own."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: plans.MARCH)
    return busy_city(city, at)
