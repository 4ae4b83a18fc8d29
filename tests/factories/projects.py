"""Projects of the small city: said as a person would, registered, moved, and many at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.projects.actions import (
    add_to_batch,
    exclude_entries,
    make_batch,
    move_project,
    open_lead,
)
from luodi.projects.models import Project, ProjectState, StageMove

from .city import MAKER, City

STAGES = ("lead", "talks", "review", "signed", "permits", "started")


def details(city: City, **given: Any) -> dict[str, Any]:
    """What is said of a project that may go all the way."""
    usual = {
        "name": "示例光电产业园项目",
        "investor": "示例光电股份有限公司",
        "origin": "lead",
        "mode": "chain",
        "source": "行业协会推荐",
        "industry": "光机电",
        "zone": city.units["开发区管委会"],
        "lead": city.units["市工信局"],
        "signing": "contract",
        "investment": "32000.5",
        "output": "50000",
        "land": "60",
        "code": "2603-140500-04-01-123456",
        "planned_start": date(2026, 6, 1),
        "planned_production": date(2027, 6, 1),
        "planned_capacity": date(2028, 6, 1),
    }
    return usual | given


def opened(city: City, at: datetime, mark: str = "") -> list[str]:
    """A project that is a lead, one in talks, one that was sent back."""
    keys = []
    for number in range(3):
        said = details(city, name=f"{mark}示例项目{number}", investor=f"{mark}投资方{number}")
        keys.append(open_lead(city=city.key, details=said, by=city.people["office"], at=at).key)
    clerk = city.people["clerk"]
    for key in keys[1:]:
        move_project(project=key, to="talks", by=clerk, at=at)
    move_project(project=keys[2], to="lead", why=f"{mark}投资方再议", by=clerk, at=at)
    return keys


def batched(city: City, keys: list[str], at: datetime, mark: str = "") -> list[str]:
    """Two batches: one with the projects signed, one of them excluded; one that is empty."""
    office = {"by": city.people["office"], "at": at}
    made = [
        make_batch(
            city=city.key, title=f"{mark}示例批次{n}", held_on=date(2026, 3, n), **office
        ).key
        for n in (1, 2)
    ]
    signed = {"batch": made[0], "part": "signed"}
    add_to_batch(projects=keys, **signed, **office)
    exclude_entries(projects=keys[:1], why=f"{mark}并入另一个项目", **signed, **office)
    return made


def bulk_projects(city: City, n: int, at: datetime) -> None:
    """`n` projects over the stages, as a bulk import writes them."""
    scope = {"city": city.key, "zone": city.units["开发区管委会"], "unit": city.units["市工信局"]}
    subjects = [subject_key("unit", city.key)]
    with perform("import_projects", by=MAKER, at=at, subjects=subjects, scope=scope) as deed:
        for number in range(n):
            key, stage = new_key(), STAGES[number % len(STAGES)]
            deed.write(Project(key=key, **scope))
            deed.write(
                ProjectState(
                    project_id=key,
                    stage=stage,
                    name=f"生成的项目 {number}",
                    investor=f"生成的投资方 {number}",
                    lead=scope["unit"],
                    zone=scope["zone"],
                    origin="lead",
                    investment=100_00 + number,
                    investment_scale=2,
                    signing=("none", "framework", "contract")[number % 3],
                )
            )
            deed.write(
                StageMove(
                    project_id=key,
                    from_stage="lead",
                    to_stage=stage,
                    happened_on=at.date(),
                    signing="none",
                    **scope,
                )
            )
