"""Sites in the small city, and a project to put on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factories.projects import details
from factories.sites import plant_details, plot_details
from luodi.projects.actions import open_lead
from luodi.sites.actions import register_site


@pytest.fixture
def office(city, at):
    return {"by": city.people["office"], "at": at}


@pytest.fixture
def plot(city, office) -> Callable[..., str]:
    """`plot(name=…)`: the key of a new plot in the zone."""

    def register(**given) -> str:
        place = {"city": city.key, "zone": city.units["开发区管委会"]}
        return register_site(kind="plot", details=plot_details(**given), **place, **office).key

    return register


@pytest.fixture
def plant(city, office) -> Callable[..., str]:
    """`plant(floor=…)`: the key of a new floor in the zone."""

    def register(**given) -> str:
        place = {"city": city.key, "zone": city.units["开发区管委会"]}
        return register_site(kind="plant", details=plant_details(**given), **place, **office).key

    return register


@pytest.fixture
def project(city, office) -> Callable[..., str]:
    """`project(name=…)`: the subject key of a project of the clerk's unit in the zone."""

    def register(**given) -> str:
        return f"project:{open_lead(city=city.key, details=details(city, **given), **office).key}"

    return register
