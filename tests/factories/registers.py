"""Entries on the registers of the small city."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luodi.orgs.actions import appoint, change_enterprise
from luodi.orgs.choices import Role
from luodi.orgs.models import EnterpriseState
from luodi.registers.actions import enter_register, move_entry, set_goal

from .city import City


def entered(
    city: City, at: datetime, register: str = "small-to-large", n: int = 0, **more: Any
) -> str:
    """The key of a new entry of the city's enterprise number `n`."""
    firm = list(city.enterprises.values())[n]
    given = {"city": city.key, "register": register, "by": city.people["office"], "at": at}
    return enter_register(**({"about": firm} | given | more)).key


def moved(
    city: City, at: datetime, entry: str, move: str, who: str = "office", **given: Any
) -> None:
    """Take a step with a file beside it."""
    move_entry(
        entry=entry, move=move, given=given, evidence=[("证明.txt", b"shili")],
        by=city.people[who], at=at,
    )  # fmt: skip


def at_work(city: City, at: datetime, mark: str = "") -> dict[str, list[str]]:
    """An entry that waits in a stage with a clock, one recognised, a thing by its name, a case
    that another unit has."""
    applied = entered(city, at)
    moved(city, at, applied, "apply", tutor=city.people["office"])
    park = entered(
        city, at, "green-parks", about="", name=f"{mark}示例园区", unit=city.units["开发区管委会"]
    )
    chain = entered(city, at, "specialised", 1)
    case = case_of(city, at, f"{mark}示例专利被仿制")
    refer(city, at, case, "市工信局")
    return {"register_entry": [applied, park, chain, case], "register_goal": [aimed(city, at)]}


def moved_home(city: City, at: datetime, firm: str, home: str = "甲县") -> str:
    """A person who handles enterprises for a county, where the firm has just moved."""
    key, now = city.enterprises[firm], city.units[home]
    state = EnterpriseState.objects.open().get(of=key)
    change_enterprise(
        enterprise=key, details={"unit": now}, seen=state.since_id, why="示例迁址",
        by=city.people["office"], at=at,
    )  # fmt: skip
    person = appoint(
        name="示例-迁入", unit=now, role=Role.ZONE_STAFF, by=city.people["office"], at=at,
        generated=True,
    )  # fmt: skip
    return person.key


CASE = {"level": "patent", "reason": "示例情况"}


def case_of(city: City, at: datetime, matter: str = "示例专利被仿制", **more: Any) -> str:
    """The key of an aid case that the zone entered for its enterprise."""
    given = {"by": city.people["zone_staff"], "matter": matter, "given": CASE}
    return entered(city, at, "ip-aid", **(given | more))


def refer(city: City, at: datetime, entry: str, unit: str, who: str = "zone_staff") -> None:
    """Hand an aid case to a unit."""
    given = {"referred_to": city.units[unit], "reason": "示例内部意见"}
    move_entry(entry=entry, move="refer", given=given, by=city.people[who], at=at)


def aimed(city: City, at: datetime, register: str = "specialised", **more: Any) -> str:
    """The key of a goal that the office entered for the whole city."""
    details = {"base_year": 2025, "base": 10, "target": 20, "source": "示例文件"}
    given = {
        "city": city.key, "register": register, "unit": "", "year": 2030, "details": details,
        "by": city.people["office"], "at": at,
    }  # fmt: skip
    return set_goal(**(given | more)).key
