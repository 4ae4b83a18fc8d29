"""A project in the small city, and how its people act on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from factories.projects import details
from luodi.projects.actions import move_project, open_lead
from luodi.projects.models import Project

PAPER = [("合同.txt", "示例合同".encode())]


@pytest.fixture
def opened(city, at) -> Callable[..., Project]:
    """`opened(name=…)`: a project led by the clerk's unit, in the zone."""

    def open_one(**given) -> Project:
        said = details(city, **given)
        return open_lead(city=city.key, details=said, by=city.people["office"], at=at)

    return open_one


@pytest.fixture
def project(opened) -> Project:
    return opened()


@pytest.fixture
def moves(city, at, project) -> Callable[..., None]:
    """`moves("clerk", "talks")`: that person moves the project, a day after the move before."""
    steps: list[str] = []

    def move(who: str, to: str, **given) -> None:
        steps.append(to)
        usual = {"project": project.key, "by": city.people[who], "evidence": PAPER}
        move_project(to=to, at=at + timedelta(days=len(steps)), **(usual | given))

    return move
