"""Who runs and signs in the small city."""

from __future__ import annotations

import pytest

from luodi.orgs.actions import appoint
from luodi.orgs.choices import Role


@pytest.fixture
def office(city) -> str:
    """The person of the office."""
    return city.people["office"]


@pytest.fixture
def signer(city, at) -> str:
    """A leader in charge in the unit where the office sits."""
    return appoint(
        name="示例-签", unit=city.units["市商务局"], role=Role.LEADER_IN_CHARGE, by="system:demo",
        at=at, generated=True,
    ).key  # fmt: skip
