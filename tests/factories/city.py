"""A small city with one person in every role, made through the product's own actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from luodi.orgs.actions import (
    appoint,
    found_city,
    open_account,
    post_in_enterprise,
    register_enterprise,
)
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import Account, UnitState
from luodi.orgs.rules import check_character
from luodi.packs import resolve

PASSWORD = "shili-mima-2026"
MAKER = "system:demo"

UNITS: list[dict[str, Any]] = [
    {"name": "示例市", "kind": UnitKind.CITY, "pack": "jincheng"},
    {"name": "市商务局", "kind": UnitKind.BUREAU, "aliases": ["市商务和投资局"]},
    {"name": "市工信局", "kind": UnitKind.BUREAU, "aliases": ["市工业和信息化局"]},
    {"name": "市统计局", "kind": UnitKind.BUREAU},
    {"name": "市政府办", "kind": UnitKind.BUREAU},
    {"name": "开发区管委会", "kind": UnitKind.ZONE, "aliases": ["示例经济技术开发区"]},
    {"name": "甲县", "kind": UnitKind.COUNTY},
    {"name": "乙县", "kind": UnitKind.COUNTY},
    {
        "name": "各县（市、区）人民政府",
        "kind": UnitKind.COLLECTIVE,
        "members": ["甲县", "乙县"],
    },
]

POSTS: list[tuple[str, str, Role]] = [
    ("office", "市商务局", Role.OFFICE),
    ("clerk", "市工信局", Role.CLERK),
    ("section_head", "市工信局", Role.SECTION_HEAD),
    ("leader_in_charge", "市工信局", Role.LEADER_IN_CHARGE),
    ("other_clerk", "市统计局", Role.CLERK),
    ("zone_staff", "开发区管委会", Role.ZONE_STAFF),
    ("zone_head", "开发区管委会", Role.SECTION_HEAD),
    ("zone_leader", "开发区管委会", Role.LEADER_IN_CHARGE),
    ("statistician", "市统计局", Role.STATISTICIAN),
    ("leading_group", "市政府办", Role.LEADING_GROUP),
    ("system_admin", "市商务局", Role.SYSTEM_ADMIN),
    ("security_admin", "市商务局", Role.SECURITY_ADMIN),
    ("auditor", "市商务局", Role.AUDITOR),
]


FIRMS: list[tuple[str, str]] = [("示例光电一厂", "开发区管委会"), ("示例光电二厂", "甲县")]
"""Name and home of each enterprise; somebody speaks for the first."""


def credit_code(number: int) -> str:
    """A well-formed code of an area that doesn't exist, so that no real firm has it."""
    body = f"91999999{number:09}"
    return body + check_character(body)


@dataclass
class City:
    """Keys by name: units, persons, accounts and enterprises of the small city."""

    key: str
    units: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    enterprises: dict[str, str] = field(default_factory=dict)


def make_city(
    *,
    at: datetime,
    pack: list[Any] | None = None,
    key: str = "shili",
    zones: Sequence[str] = (),
) -> City:
    """Found the city, appoint 示例-01… and open an account for each of `POSTS`.

    `zones` are further zones; `zone_staff_1`, … work in them.
    """
    units = UNITS + [{"name": name, "kind": UnitKind.ZONE} for name in zones]
    found_city(key=key, pack=pack or resolve("jincheng").content(), units=units, by=MAKER, at=at)
    city = City(key)
    city.units = dict(UnitState.objects.open().filter(of__city=key).values_list("name", "of"))
    more = [(f"zone_staff_{n}", name, Role.ZONE_STAFF) for n, name in enumerate(zones, start=1)]
    for number, (username, unit, role) in enumerate([*POSTS, *more], start=1):
        person = appoint(
            name=f"示例-{number:02}",
            unit=city.units[unit],
            role=role,
            by=MAKER,
            at=at,
            generated=True,
        )
        city.people[username] = person.key
        city.accounts[username] = open_account(
            username=f"{key}-{username}", password=PASSWORD, person=person.key, by=MAKER, at=at
        )
    make_enterprises(city, at)
    return city


def make_enterprises(city: City, at: datetime) -> None:
    """Register `FIRMS`; the account `enterprise` speaks for the first."""
    for number, (name, home) in enumerate(FIRMS, start=1):
        details = {
            "name": name,
            "credit_code": credit_code(number),
            "unit": city.units[home],
            "county": city.units["甲县"],
            "size_class": "above_scale",
            "industry_code": "C3982",
            "cluster": "光机电",
        }
        firm = register_enterprise(city=city.key, details=details, by=MAKER, at=at, generated=True)
        city.enterprises[name] = firm.key
    speaker = post_in_enterprise(
        enterprise=city.enterprises[FIRMS[0][0]],
        name="示例-企业",
        by=MAKER,
        at=at,
        generated=True,
    )
    city.people["enterprise"] = speaker.key
    city.accounts["enterprise"] = open_account(
        username=f"{city.key}-enterprise", password=PASSWORD, person=speaker.key, by=MAKER, at=at
    )
