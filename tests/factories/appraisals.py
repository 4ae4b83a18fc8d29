"""Appraisals in the small city."""

from __future__ import annotations

from datetime import datetime

from luodi.assessment.actions import open_appraisal
from luodi.orgs.queries import viewer_of_person

from .city import City


def opened(city: City, at: datetime) -> list[str]:
    """An appraisal of the zones by the example of the pack, still a draft."""
    office = viewer_of_person(city.people["office"])
    who = {"viewer": office, "by": office.person, "at": at}
    return [open_appraisal(scheme="three-chain-cluster", year=2025, **who).key]
