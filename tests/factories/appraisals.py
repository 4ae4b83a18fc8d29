"""Appraisals in the small city, by a small scheme of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from luodi.assessment.actions import freeze_scheme, open_appraisal, run_appraisal
from luodi.assessment.models import Appraisal, AppraisalFigure, AppraisalState
from luodi.audit.actions import perform
from luodi.common.keys import new_key
from luodi.orgs.actions import renew_pack
from luodi.orgs.choices import UnitKind
from luodi.orgs.models import Unit, UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.packs import resolve

from .city import MAKER, City

ZONE = "开发区管委会"
OTHERS = ("示例东区", "示例西区")
UNCONFIRMED = "local default, unconfirmed"

SMALL: dict[str, Any] = {
    "key": "small",
    "owner": {"body": "leading_group", "name": "示例领导小组"},
    "kind": "example",
    "source": UNCONFIRMED,
    "confirmed": False,
    "title": "示例考核",
    "title_en": "Sample appraisal",
    "groups": [
        {
            "key": "economy", "title": "经济", "title_en": "Economy", "weight": "60",
            "indicators": [
                {"key": "output", "title": "产值", "title_en": "Output", "weight": "40",
                 "measured_in": "亿元", "method": "efficacy", "missing": "refuse"},
                {"key": "growth", "title": "产值增速", "title_en": "Growth", "weight": "20",
                 "measured_in": "亿元", "method": "growth", "full": "10", "missing": "zero"},
            ],
        },
        {
            "key": "reform", "title": "改革", "title_en": "Reform", "weight": "40",
            "indicators": [
                {"key": "tasks", "title": "任务完成", "title_en": "Tasks", "scale": 0,
                 "measured_in": "项", "method": "completion", "target": "10", "missing": "exclude"},
            ],
        },
    ],
    "additions": [{"key": "prize", "title": "表彰", "title_en": "Prizes", "each": "1", "most": "2"}],
    "deductions": [{"key": "letters", "title": "提醒函", "title_en": "Letters", "each": "0.5"}],
    "vetoes": [{"key": "fraud", "title": "造假", "title_en": "Fraud", "effect": "unranked"}],
    "tiers": [
        {"key": "first", "title": "第一档", "title_en": "First", "least": "80"},
        {"key": "rest", "title": "其他", "title_en": "Rest"},
    ],
}  # fmt: skip


def opened(city: City, at: datetime) -> list[str]:
    """An appraisal of the zones by the example of the pack: frozen, computed, still a draft."""
    who = as_office(city, at)
    appraisal = open_appraisal(scheme="three-chain-cluster", year=2025, **who)
    freeze_scheme(appraisal=appraisal.key, **who)
    for _number in range(2):
        run_appraisal(appraisal=appraisal.key, **who)
    return [appraisal.key]


def as_office(city: City, at: datetime) -> dict[str, Any]:
    """Who the office is, for actions."""
    viewer = viewer_of_person(city.people["office"])
    return {"viewer": viewer, "by": viewer.person, "at": at}


def more_zones(city: City, at: datetime, names: tuple[str, ...] = OTHERS) -> None:
    """Further zones of the city."""
    with perform("found_city", by=MAKER, at=at, scope={"city": city.key}) as deed:
        for name in names:
            key = new_key()
            deed.write(Unit(key=key, city=city.key))
            deed.write(
                UnitState(of_id=key, kind=UnitKind.ZONE, name=name, parent_id=city.key, pack="")
            )
            city.units[name] = key


def with_scheme(city: City, at: datetime, rule: Mapping[str, Any] = SMALL) -> None:
    """Put a scheme into the city's own pack."""
    content = resolve("jincheng").content()
    content[-1]["rules"]["schemes"] = [*content[-1]["rules"].get("schemes", ()), dict(rule)]
    renew_pack(city=city.key, pack=content, by=MAKER, at=at)


def figures(
    city: City,
    at: datetime,
    appraisal: str,
    rows: Mapping[str, Mapping[str, Any]],
    origin: str = "verified",
) -> None:
    """Figures by unit name and `indicator` or `indicator:part`; whole numbers, None: missing."""
    there = {
        (r.unit, r.indicator, r.part, r.origin): r
        for r in AppraisalFigure.objects.open().filter(appraisal=appraisal)
    }
    with perform("record_figures", by=MAKER, at=at, scope={"city": city.key}) as deed:
        for name, some in rows.items():
            for said, amount in some.items():
                key, _colon, part = said.partition(":")
                row = AppraisalFigure(
                    appraisal_id=appraisal, city=city.key, unit=city.units[name], indicator=key,
                    part=part or "actual", origin=origin, amount=amount, scale=0,
                    missing="" if amount is not None else "没有报", by_unit=city.units["市统计局"],
                )  # fmt: skip
                old = there.get((row.unit, row.indicator, row.part, row.origin))
                if old:
                    deed.close(old)
                deed.write(row)


GIVEN = {
    ZONE: {"output": 30, "growth": 105, "growth:base": 100, "tasks": 8},
    OTHERS[0]: {"output": 20, "growth": 110, "growth:base": 100, "tasks": 10},
    OTHERS[1]: {"output": 10, "growth": 90, "growth:base": 100, "tasks": None},
}
"""Totals: 40 + 10 + 32 = 82; 20 + 20 + 40 = 80; 0 of 60, spread over all: 0."""


def frozen(city: City, at: datetime, given: Mapping[str, Mapping[str, Any]] = GIVEN) -> Appraisal:
    """Three zones with figures, the small scheme frozen."""
    more_zones(city, at)
    with_scheme(city, at)
    appraisal = open_appraisal(scheme="small", year=2025, **as_office(city, at))
    freeze_scheme(appraisal=appraisal.key, **as_office(city, at))
    figures(city, at, appraisal.key, given)
    return appraisal


def staged(city: City, at: datetime, appraisal: str, stage: str) -> None:
    """Put an appraisal at a stage, without what its procedure asks for."""
    with perform("move", by=MAKER, at=at + timedelta(0), scope={"city": city.key}) as deed:
        deed.replace(AppraisalState.objects.open().get(appraisal=appraisal), stage=stage)
