"""A busy city in which the clock stands on the morning of 26 March 2026."""

from __future__ import annotations

import pytest

from factories import plans
from factories.busy import Busy, busy_city


@pytest.fixture
def busy(city, at, monkeypatch, settings, tmp_path) -> Busy:
    """The small city in the middle of its work, with a data folder of its own."""
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    monkeypatch.setattr("django.utils.timezone.now", lambda: plans.MARCH)
    return busy_city(city, at)
