"""Who may keep the library, work on an article, verify what a firm states."""

from __future__ import annotations

from luodi.orgs.choices import Role
from luodi.orgs.rules import UNIT_ROLES, Viewer

KEEPERS = UNIT_ROLES | {Role.OFFICE}
"""Roles that may do something with policies; which article is theirs is decided one by one."""


def is_office_of(viewer: Viewer, city: str, office: str) -> bool:
    """Whether an article with this office in charge is the viewer's to handle.

    The city's own office handles those that name no office, and stands in for any other.
    """
    if city not in viewer.cities:
        return False
    return viewer.has(Role.OFFICE) or (bool(office) and viewer.acts_for(office, *UNIT_ROLES))


def keeps_policies(viewer: Viewer, city: str) -> bool:
    """Whether the viewer may say that a policy ends."""
    return city in viewer.cities and viewer.has(Role.OFFICE)


def keeps_facts(viewer: Viewer, city: str, unit: str, zone: str) -> bool:
    """Whether the viewer may verify what an enterprise states: its home's people, the office."""
    if city not in viewer.cities:
        return False
    homes = {unit, zone} - {""}
    return viewer.has(Role.OFFICE) or any(viewer.acts_for(home, *UNIT_ROLES) for home in homes)
