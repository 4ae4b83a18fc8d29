"""The demo city's people: 示例-01 and so on, generated and marked so."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from luodi.common.moments import Moment
from luodi.orgs.actions import adopt_zone_pack, appoint, found_city, open_account
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.rules import units_in
from luodi.packs import Stack, resolve

MAKER = "system:demo"
ZONE_PACK = "jincheng-zone"
ALL_ZONES = "各开发区管委会"
WORKING = {UnitKind.BUREAU, UnitKind.VERTICAL, UnitKind.COUNTY}
ZONES = tuple(f"示例{side}区管委会" for side in "东西南北")
"""Zones beside the one the texts name: the city has five, these four are made up and say so."""

CHAIN = (
    (Role.CLERK, "经办人"),
    (Role.SECTION_HEAD, "科长"),
    (Role.LEADER_IN_CHARGE, "分管领导"),
)

ACCOUNTS = [
    ("office", "市商务局", Role.OFFICE, "专班办公室：导入、交办、催报、审核、拟稿"),
    ("office-check", "市商务局", Role.OFFICE, "专班办公室：审核文稿"),
    ("office-leader", "市商务局", Role.LEADER_IN_CHARGE, "市商务局分管领导：签发"),
    ("gongxin", "市工信局", Role.CLERK, "市工信局经办人：填报"),
    ("gongxin-head", "市工信局", Role.SECTION_HEAD, "市工信局科长：审核"),
    ("gongxin-leader", "市工信局", Role.LEADER_IN_CHARGE, "市工信局分管领导：审签"),
    ("zone", "开发区管委会", Role.ZONE_STAFF, "开发区经办：年度计划、填报"),
    ("zone-head", "开发区管委会", Role.SECTION_HEAD, "开发区科长：审核"),
    ("zone-leader", "开发区管委会", Role.LEADER_IN_CHARGE, "开发区分管领导：审签"),
    ("market", "市市场监管局", Role.CLERK, "市市场监管局经办人：转来的维权援助案件"),
    ("zone-two", ZONES[0], Role.ZONE_STAFF, "另一开发区（示例）经办：填报、异议"),
    ("zone-two-leader", ZONES[0], Role.LEADER_IN_CHARGE, "另一开发区（示例）分管领导：审签、回告"),
    ("stat", "市统计局", Role.STATISTICIAN, "统计人员：指标"),
    ("leader", "市政府办", Role.LEADING_GROUP, "领导小组成员：总览"),
    ("sysadmin", "市政府办", Role.SYSTEM_ADMIN, "系统管理员：人员"),
    ("secadmin", "市政府办", Role.SECURITY_ADMIN, "安全管理员：账号"),
    ("auditor", "市政府办", Role.AUDITOR, "审计员：行为记录"),
]
"""User name, unit, role, and what the person does."""


@dataclass
class Cast:
    """Keys of the demo: the city, units by short name, persons by user name."""

    city: str
    units: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    numbers: int = 0


def password() -> str:
    """The one password of all demo accounts: random, made once, kept in the data folder."""
    path = Path(settings.DATA_DIR) / "demo-password.txt"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(9))
    return path.read_text()


def found(at: datetime) -> Cast:
    """Enter the city from its pack, appoint generated people, open the accounts."""
    stack = resolve("jincheng")
    root = found_city(key=stack.key, pack=stack.content(), units=_units(stack, at), by=MAKER, at=at)
    cast = Cast(root.key)
    states = UnitState.objects.open().filter(of__city=root.key)
    cast.units = {s.short_name or s.name: s.of_id for s in states}
    zone = resolve(ZONE_PACK).content()
    adopt_zone_pack(zone=cast.units["开发区管委会"], pack=zone, by=MAKER, at=at)
    taken = {(unit, role) for _, unit, role, _ in ACCOUNTS}
    for username, unit, role, duty in ACCOUNTS:
        person = _somebody(cast, unit, role, duty.partition("：")[0], at)
        cast.people[username] = person
        open_account(username=username, password=password(), person=person, by=MAKER, at=at)
    for state in states:
        name = state.short_name or state.name
        for role, title in CHAIN:
            if (state.kind in WORKING or name in ZONES) and (name, role) not in taken:
                _somebody(cast, name, role, title, at)
    return cast


def _units(stack: Stack, at: datetime) -> list[dict[str, Any]]:
    """The pack's units, and the made-up zones among the city's own."""
    units = units_in(stack, Moment(at).today)
    city = units[0]["name"]
    for unit in units:
        if unit["name"] == ALL_ZONES:
            unit["members"] = [*unit["members"], *ZONES]
    return units + [{"name": name, "kind": UnitKind.ZONE, "parent": city} for name in ZONES]


def _somebody(cast: Cast, unit: str, role: Role, title: str, at: datetime) -> str:
    cast.numbers += 1
    return appoint(
        name=f"示例-{cast.numbers:02}",
        unit=cast.units[unit],
        role=role,
        title=title,
        contact=role in {Role.CLERK, Role.ZONE_STAFF},
        generated=True,
        by=MAKER,
        at=at,
    ).key
