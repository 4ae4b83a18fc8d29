"""The office at the registers of the small city."""

from __future__ import annotations

import pytest


@pytest.fixture
def office(city, at):
    return {"by": city.people["office"], "at": at}
