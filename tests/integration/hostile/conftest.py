"""A busy city in which the clock stands on the morning of 26 March 2026."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from factories import plans
from factories.busy import Busy, busy_city
from factories.site import SMALL_CITY, Site, fresh_site


@pytest.fixture
def busy(city, at, monkeypatch, own_data) -> Busy:
    """The small city in the middle of its work, with a data folder of its own."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: plans.MARCH)
    return busy_city(city, at)


@pytest.fixture(scope="module")
def site_at_once(tmp_path_factory) -> Iterator[Site]:
    """A site of its own for the cases of one file."""
    with fresh_site(tmp_path_factory.mktemp("site") / "data", SMALL_CITY) as site:
        yield site


@pytest.fixture
def come(request, site_at_once) -> Callable[[str], dict]:
    """`come("opening")`: run that case of the factory called as the test's file; what came of it.

    Threads on real connections, on either database; the record of acts has to be whole after it.
    """
    module = request.module.__name__.rpartition("test_")[2]

    def run(case: str) -> dict:
        found = json.loads(site_at_once.python(f"from factories import {module} as m; m.{case}()"))
        assert found.pop("whole"), "the record of acts is broken"
        return found

    return run
