"""What the tests of services share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from luodi.services import actions


@pytest.fixture
def step(city, at) -> Callable[..., None]:
    """`step(request, "respond", text="…")` by the zone's staff; `who`, `at` may differ."""

    def do(request, name: str, who: str = "zone_staff", when=None, **given) -> None:
        action = getattr(actions, name)
        action(request=request.key, by=city.people[who], at=when or at, **given)

    return do
