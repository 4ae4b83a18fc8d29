"""Roles, and what each may see: the one place where scope is decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luodi.packs import Stack
from luodi.packs.schemas import AliasRule, UnitRule

from .choices import Role

WHOLE_CITY = frozenset({Role.OFFICE, Role.LEADING_GROUP, Role.STATISTICIAN})
"""Roles that see every submitted row of their city; drafts stay with their writers."""

UNIT_ROLES = frozenset({Role.CLERK, Role.SECTION_HEAD, Role.LEADER_IN_CHARGE, Role.ZONE_STAFF})
"""Roles that act for one unit."""

REPORTERS = frozenset({Role.CLERK, Role.ZONE_STAFF})
BUSINESS = WHOLE_CITY | UNIT_ROLES
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
EVERYONE = BUSINESS | ADMINISTRATORS


@dataclass(frozen=True)
class Viewer:
    """Who is looking: a person with the postings of the present moment.

    `stands_in_for` holds the roles taken over from somebody who is away (AB角).
    """

    person: str
    name: str
    city: str
    unit: str
    roles: frozenset[str]
    units: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    unit_roles: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def has(self, *roles: str) -> bool:
        """True where any of `roles` is held."""
        return bool(self.roles.intersection(roles))

    def acts_for(self, unit: str, *roles: str) -> bool:
        """True where one of `roles` is held in `unit` itself."""
        return any((unit, role) in self.unit_roles for role in roles)

    @property
    def sees_whole_city(self) -> bool:
        return bool(self.roles & WHOLE_CITY)


NOBODY = Viewer("", "", "", "", frozenset())


def units_in(stack: Stack, on: date) -> list[dict[str, Any]]:
    """The units a pack lists, the city first, as `orgs.actions.found_city` takes them.

    A word that means a unit in some documents only (示范区) is no name of it: it stays in the pack,
    and in any other document a person says what it means.
    """
    rules = stack.all("units", UnitRule, on)
    names = {rule.key: rule.name for rule in rules}
    also: dict[str, list[str]] = defaultdict(list)
    for alias in stack.all("aliases", AliasRule, on):
        if not alias.where:
            also[alias.means].append(alias.says)
    ordered = sorted(rules, key=lambda rule: rule.type != "city")
    return [
        {
            "name": rule.name,
            "short_name": rule.short,
            "kind": rule.type,
            "aliases": [*rule.aliases, *also[rule.key]],
            "members": [names[key] for key in rule.members],
            "parent": names.get(rule.parent or "", ""),
            "pack": stack.key if rule.type == "city" else "",
        }
        for rule in ordered
    ]
