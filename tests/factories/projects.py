"""Projects of the small city: said as a person would, registered, moved, and many at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.orgs.queries import viewer_of_person
from luodi.projects.actions import (
    add_to_batch,
    bring_export,
    bring_ledger,
    draw_block,
    exclude_entries,
    make_batch,
    move_project,
    name_columns,
    name_ledger_columns,
    open_lead,
    raise_problem,
)
from luodi.projects.models import Project, ProjectState, StageMove
from luodi.projects.queries import ledger_page

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


EXPORT = """投资项目月度进展表（2026年2月）
国家项目代码,项目名称,总投资（万元）,本年计划投资（万元）,本月完成投资（万元）,本年累计完成投资（万元）,自开工累计完成投资（亿元）,本年到位资金（万元）
"""
"""The head of a made export of the approval platform."""


def exported(*lines: str) -> bytes:
    """An export with these lines."""
    return (EXPORT + "\n".join(lines) + "\n").encode("gb18030")


def brought(city: City, data: bytes, at: datetime, name: str = "平台.csv") -> str:
    """An export that was brought and whose columns were named."""
    office = {"by": city.people["office"], "at": at}
    export = bring_export(name=name, data=data, period="", city=city.key, **office)
    name_columns(export=export.key, columns=COLUMNS, **office)
    return export.key


COLUMNS = {
    "code": 1, "name": 2, "total": 3, "plan": 4, "month": 5, "to_date": 6, "since_start": 7,
    "in_place": 8,
}  # fmt: skip


HEADS = (
    "序号", "项目名称", "投资方", "项目代码", "所属行业", "责任单位", "所在县区", "签约形式",
    "总投资（亿元）", "占地面积（亩）", "计划开工时间", "计划投产时间", "项目阶段",
)  # fmt: skip
"""The heads of a made ledger, as offices write them."""

GOOD = {
    "项目名称": "示例镜头项目", "投资方": "示例镜头有限公司", "所属行业": "光机电",
    "责任单位": "市工信局", "所在县区": "开发区管委会", "签约形式": "正式合同",
    "总投资（亿元）": "3.2", "占地面积（亩）": "60", "计划开工时间": "2026年6月",
    "计划投产时间": "2027-06-01", "项目阶段": "签约",
}  # fmt: skip
"""A line of such a ledger without a fault."""


def ledger_csv(*lines: dict[str, str]) -> bytes:
    """A ledger with these lines, each a few words over `GOOD`; a title above, a total below."""
    rows = [",".join(("重点项目台账", *[""] * (len(HEADS) - 1))), ",".join(HEADS)]
    for number, line in enumerate(lines, 1):
        said = GOOD | {"序号": str(number)} | line
        rows.append(",".join(said.get(head, "") for head in HEADS))
    rows.append(",".join(("合计", *[""] * 7, "99", "", "", "", "")))
    return ("\n".join(rows) + "\n").encode()


def kept(city: City, at: datetime, mark: str = "") -> str:
    """A ledger that was brought and whose columns were named: a good line, one that is faulty."""
    office = {"by": city.people["office"], "at": at}
    lines = {"项目名称": f"{mark}示例台账项目"}, {"项目名称": f"{mark}坏行", "项目代码": "26-1"}
    ledger = bring_ledger(
        name=f"{mark}台账.csv", data=ledger_csv(*lines), city=city.key, **office
    )  # fmt: skip
    name_as_guessed(ledger.key, **office)
    return ledger.key


def name_as_guessed(ledger: str, by: str, at: datetime) -> None:
    """Confirm the columns of a ledger as they are guessed, unless they are known."""
    page = ledger_page(ledger, viewer_of_person(by), Moment(at))
    if not page.confirmed:
        columns = {one.field: one.column for one in page.guesses if one.column}
        name_ledger_columns(ledger=ledger, columns=columns, by=by, at=at)


def in_the_way(city: City, keys: list[str], at: datetime, mark: str = "") -> list[str]:
    """A problem raised about each of some projects."""
    clerk = {"by": city.people["clerk"], "at": at}
    return [
        raise_problem(project=key, title=f"{mark}用电增容", content=f"{mark}需要协调", **clerk).key
        for key in keys
    ]


def block_drawn(city: City, at: datetime, mark: str = "") -> str:
    """A block of the zone with its business group."""
    return draw_block(
        city=city.key,
        zone=city.units["开发区管委会"],
        name=f"{mark}一区块",
        group=f"{mark}业务一组",
        parks=[f"{mark}一号园"],
        by=city.people["office"],
        at=at,
    ).key


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
