"""A city of three zones with figures of two years, and how a bulletin of it goes its way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from luodi.audit.actions import perform
from luodi.indicators.actions import Cell, adopt_pack_indicators, write_figures
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.orgs.actions import appoint
from luodi.orgs.choices import Role
from luodi.orgs.queries import people_with, viewer_of_person
from luodi.orgs.rules import Viewer
from luodi.packs import resolve
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState
from luodi.supervision.actions import (
    begin_bulletin_paper,
    comment_on_bulletin,
    freeze_bulletin,
    open_due_bulletins,
    preview_bulletin,
    raise_contest,
)
from luodi.supervision.models import Bulletin, BulletinState

from .city import MAKER, City, make_city

HOME, EAST, WEST = "开发区管委会", "示例东区", "示例西区"
ZONES = (HOME, EAST, WEST)
EVIDENCE = [("佐证.txt", "示例".encode())]
AFTER = timedelta(days=30)
"""Well after the window."""

FIGURES = {
    "zone-fixed-investment": {HOME: (9000, 10000), EAST: (5000, 6000), WEST: (7000, 7000)},
    "zone-industrial-investment": {HOME: (6000, 6300), EAST: (3000, 3300), WEST: (0, 2000)},
    "signed-investment": {HOME: (8000, 9000), EAST: (4000, 9000), WEST: (1000, None)},
    "zone-transition-investment": {HOME: (4000, 4100), EAST: (2000, 2100), WEST: (3000, 2900)},
}
"""By code and zone: hundredths of 亿元 of December a year before and of the turn's December."""


def zoned_city(at: datetime, pack: str = "jincheng", key: str = "sanqu") -> City:
    """The small city with two more zones, its indicators adopted."""
    city = make_city(at=at, pack=resolve(pack).content(), key=key, zones=(EAST, WEST))
    adopt_pack_indicators(city=city.key, by=city.people["statistician"], at=at)
    return city


def write(
    city: City, at: datetime, period: str, code: str, amounts: Mapping[str, int | None]
) -> None:
    """Amounts of zones (by name) in an indicator's own scale."""
    row = Definition.objects.open().get(indicator__city=city.key, indicator__code=code)
    cells = [
        Cell(row.indicator_id, city.units[zone], "", period, amount, row.scale)
        for zone, amount in amounts.items()
        if amount is not None
    ]
    with perform("write_figures", by=MAKER, at=at, scope={"city": city.key}) as deed:
        write_figures(
            deed=deed, city=city.key, cells=cells, origin="test:figures", purpose=Purpose.DISPATCH
        )


def figures(city: City, at: datetime) -> None:
    """`FIGURES` for the last quarter of 2025."""
    for code, zones in FIGURES.items():
        write(city, at, "2024-12", code, {zone: two[0] for zone, two in zones.items()})
        write(city, at, "2025-12", code, {zone: two[1] for zone, two in zones.items()})


def opened(city: City, at: datetime) -> str:
    """The key of the bulletin the clock opens."""
    open_due_bulletins(by="system:clock", at=at)
    return str(Bulletin.objects.filter(city=city.key).latest("act").key)


def previewed(city: City, at: datetime) -> str:
    """One that the zones are checking."""
    key = opened(city, at)
    preview_bulletin(bulletin=key, by=city.people["office"], at=at)
    return key


def contested(
    city: City, at: datetime, bulletin: str, who: str = "zone_staff", **given: Any
) -> str:
    """A contest of the zone's figure of fixed investment; returns its key."""
    said = {
        "subject": "zone-fixed-investment:2025-12",
        "claimed": "101",
        "reason": "少计一个项目",
        "evidence": EVIDENCE,
    }
    return raise_contest(bulletin=bulletin, by=city.people[who], at=at, **{**said, **given})


def frozen(city: City, at: datetime, bulletin: str) -> str:
    """Freeze a bulletin whose window is over; returns its paper's key."""
    office = city.people["office"]
    paper = begin_bulletin_paper(bulletin=bulletin, by=office, at=at)
    freeze_bulletin(bulletin=bulletin, by=office, at=at)
    return paper.key


def signed(city: City, at: datetime, paper: str) -> str:
    """Check and sign a paper; returns its number."""
    seen = PaperState.objects.open().get(paper=paper).since_id
    check_paper(paper=paper, seen=seen, by=city.people["office"], at=at)
    seen = PaperState.objects.open().get(paper=paper).since_id
    return sign_paper(paper=paper, seen=seen, render=render, by=signer(city, at), at=at).number


def signer(city: City, at: datetime) -> str:
    """Who signs for the office's unit: appointed where nobody is yet."""
    unit = city.units["市商务局"]
    there = people_with(unit, [Role.LEADER_IN_CHARGE])
    if there:
        return there[0]
    return appoint(
        name="示例-签发", unit=unit, role=Role.LEADER_IN_CHARGE, by=MAKER, at=at, generated=True
    ).key


def issued(city: City, at: datetime) -> str:
    """A bulletin that went all its way; returns its key."""
    key = previewed(city, at)
    signed(city, at + AFTER, frozen(city, at + AFTER, key))
    return key


def viewer(city: City, who: str) -> Viewer:
    """Somebody as they look at pages."""
    return viewer_of_person(city.people[who])


def seen(bulletin: str) -> int:
    """The act of the state a person looks at."""
    return int(BulletinState.objects.open().get(bulletin=bulletin).since_id)


def at_work(city: City, at: datetime, mark: str) -> dict[str, list[str]]:
    """A bulletin that the zone is checking, with a contest and its words."""
    key = previewed(city, at)
    contest = contested(city, at, key, subject="lights", reason=f"{mark}红灯已办结", claimed="")
    comment_on_bulletin(
        bulletin=key, words=f"{mark}正在整改", by=city.people["zone_staff"], at=at, seen=0
    )
    return {"bulletin": [key], "contest": [contest]}
