"""Fixtures that every test may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import translation

from factories.city import City
from factories.recorded import recorded_city

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a city may use both databases: sessions live in the queue's."""
    for item in items:
        if "city" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases="__all__"))


@pytest.fixture(autouse=True)
def the_first_language() -> Iterator[None]:
    """Each test begins in Chinese: a request in English leaves its language in the thread."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def seeds() -> Path:
    """The folder of the real documents; its absence is said aloud."""
    if not SEEDS.is_dir():
        pytest.skip("the real documents are not beside the project: ../shared/seeds is missing")
    return SEEDS


@pytest.fixture
def at() -> datetime:
    """The instant at which a test begins: 9:00 on Monday 2 March 2026 in China."""
    return datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def own_data(settings, tmp_path: Path) -> Path:
    """A data folder of this test alone: what another left waiting is none of its business."""
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    return tmp_path


@pytest.fixture
def city(db: None, at: datetime) -> City:
    """A small city with one person in every role."""
    return recorded_city(at)


@pytest.fixture
def sign_in(city: City) -> Callable[[str], Client]:
    """`sign_in("clerk")`: a client signed in as that person of the small city."""

    def client(username: str) -> Client:
        one = Client()
        one.force_login(city.accounts[username], backend="luodi.config.backends.AccountBackend")
        return one

    return client
