"""Permits and reviews of the small city's projects, as people record them."""

from __future__ import annotations

from datetime import date, datetime

from luodi.projects.actions import (
    fill_seat,
    give_opinion,
    open_lead,
    open_review,
    record_permit,
    track_permits,
)

from .city import City
from .projects import details

SCORES = {"direction": 16, "investor": 15, "technology": 14, "intensity": 18, "safety": 20}


def permitted(city: City, project: str, at: datetime, mark: str = "") -> None:
    """A project with a type, one permit that isn't needed and one that is taken in."""
    by = {"project": project, "by": city.people["office"], "at": at}
    track_permits(type="plant-lease", agent=city.units["开发区管委会"], **by)
    record_permit(permit="environment", step="not_needed", why=f"{mark}未列入名录", **by)
    record_permit(permit="filing", step="taken_in", **by)


def reviewed(city: City, at: datetime, mark: str = "") -> str:
    """The key of a project under review, one of whose panel has given an opinion."""
    said = details(city, name=f"{mark}评审中的项目", investor=f"{mark}投资方甲", signing="none")
    key = open_lead(city=city.key, details=said, by=city.people["office"], at=at).key
    by = {"project": key, "by": city.people["office"], "at": at}
    open_review(held_on=date(2026, 3, 2), **by)
    fill_seat(seat="expert-1", says=f"{mark}设计院", **by)
    give_opinion(
        seat="expert-1", conflict="free", verdict="for", scores=SCORES, opinion=f"{mark}可行", **by
    )
    return key
