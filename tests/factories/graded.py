"""A grading in the small city: enterprises with generated figures, acted through the product."""

from __future__ import annotations

from datetime import datetime

from luodi.assessment.actions import (
    begin_grading_notice,
    bring_grading_file,
    draft_grading_notice,
    object_to_grade,
    open_grading,
    run_grading,
)
from luodi.assessment.models import Grading
from luodi.audit.actions import perform
from luodi.common.keys import new_key
from luodi.common.moments import Moment
from luodi.common.sheets import workbook
from luodi.indicators.actions import Cell, write_figures
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.kit.scoring import Firm
from luodi.orgs.actions import appoint
from luodi.orgs.choices import Role
from luodi.orgs.models import Enterprise, EnterpriseState
from luodi.orgs.queries import people_with
from luodi.papers.actions import check_paper, sign_paper
from luodi.papers.exports import render
from luodi.papers.models import PaperState
from luodi.papers.queries import policy_for

from .city import MAKER, City, credit_code
from .gradings import INPUTS, MOST, PERS, generated

PLACES = {1: 0, 100: 2, 10_000: 4}


def registered(
    city: City, at: datetime, firms: list[Firm], home: str = "开发区管委会", first: int = 1000
) -> list[str]:
    """Enter firms into the register in one act; returns their keys, in order."""
    zone = city.units[home]
    keys = [new_key() for _ in firms]
    with perform("register", by=MAKER, at=at, scope={"city": city.key}) as deed:
        deed.write_many(
            Enterprise,
            ("key", "city", "zone", "unit", "enterprise"),
            [(key, city.key, zone, zone, key) for key in keys],
        )
        deed.write_many(
            EnterpriseState,
            ("of_id", "city", "zone", "unit", "enterprise", "name", "credit_code", "size_class",
             "generated"),
            [(key, city.key, zone, zone, key, f"示例企业{n:05}", credit_code(first + n), firm.group, True)
             for n, (key, firm) in enumerate(zip(keys, firms, strict=True))],
        )  # fmt: skip
    return keys


def figured(
    city: City, at: datetime, firms: list[Firm], keys: list[str], year: int = 2025,
    purpose: str = Purpose.SHARED,
) -> None:  # fmt: skip
    """Write the figures of firms as departments shared them, in one act."""
    known = {
        row.indicator.code.removeprefix("grading-"): row
        for row in Definition.objects.open()
        .filter(indicator__city=city.key, indicator__code__startswith="grading-")
        .select_related("indicator")
    }
    zones = dict(EnterpriseState.objects.open().filter(of__in=keys).values_list("of", "unit"))
    cells = [
        Cell(known[name].indicator_id, zones[key], key, str(year), amount, PLACES[per])
        for firm, key in zip(firms, keys, strict=True)
        for name, (amount, per) in firm.figures.items()
    ]
    with perform("figures", by=MAKER, at=at, scope={"city": city.key}) as deed:
        write_figures(deed=deed, city=city.key, cells=cells, origin="test:shared", purpose=purpose)


def opened(city: City, at: datetime, year: int = 2025, rule: str = "huangyan") -> Grading:
    """A grading of a year, opened by the office."""
    return open_grading(city=city.key, year=year, rule=rule, by=city.people["office"], at=at)


def filled(
    city: City, at: datetime, number: int = 12, seed: int = 7, **given: object
) -> tuple[Grading, list[Firm], list[str]]:
    """A grading with so many generated firms and their figures, not yet run."""
    firms = generated(number, seed)
    keys = registered(city, at, firms)
    grading = opened(city, at, **given)  # type: ignore[arg-type]
    figured(city, at, firms, keys)
    return grading, firms, keys


def signed(city: City, at: datetime, paper: str) -> None:
    """A frozen paper checked and signed, by whoever the city has for it."""
    state = PaperState.objects.open().get(paper=paper)
    check_paper(paper=paper, seen=state.since_id, by=city.people["office"], at=at)
    state = PaperState.objects.open().get(paper=paper)
    sign_paper(paper=paper, seen=state.since_id, render=render, by=signer(city, state), at=at)


def signer(city: City, state: PaperState) -> str:
    """Somebody who may sign in the office's unit."""
    roles = policy_for(city.key, state.paper.kind, Moment(state.paper.act.at)).signers
    found = people_with(state.paper.unit, roles)
    return found[0] if found else appoint(
        name="示例-签发", unit=state.paper.unit, role=Role.LEADER_IN_CHARGE, by=MAKER,
        at=state.paper.act.at, generated=True,
    ).key  # fmt: skip


def noticed(city: City, at: datetime, grading: str) -> datetime:
    """A grading run, its notice drafted, signed and begun; returns the end of the window."""
    office = city.people["office"]
    run_grading(grading=grading, by=office, at=at)
    paper = draft_grading_notice(grading=grading, by=office, at=at)
    signed(city, at, paper.key)
    return begin_grading_notice(grading=grading, by=office, at=at)


def table(rows: list[list[object]], head: list[str] | None = None) -> bytes:
    """A table of figures as a workbook."""
    return workbook(
        "数据", head or ["企业名称", "统一社会信用代码", "用地面积", "实缴税金（元）"], rows
    )


def busy(city: City, at: datetime) -> dict[str, list[str]]:
    """A grading on notice, of a city's own enterprises, with a table brought and an objection."""
    grading, firms = opened(city, at), list(city.enterprises.values())
    figured(city, at, [plain_firm(n) for n in range(len(firms))], firms)
    brought = bring_grading_file(
        grading=grading.key, name="数据.xlsx", by=city.people["office"], at=at,
        data=table([["示例光电一厂", credit_code(1), "12.5", "900000"]]),
    )  # fmt: skip
    noticed(city, at, grading.key)
    objection = object_to_grade(
        grading=grading.key, enterprise=firms[0], words="用地面积含代征绿地", about="land",
        claimed="10", by=city.people["zone_staff"], at=at,
    )  # fmt: skip
    return {
        "grading": [grading.key],
        "grading_file": [brought.key],
        "grading_objection": [objection.key],
    }


def plain_firm(number: int) -> Firm:
    """A firm above scale with every figure."""
    figures = {name: (MOST[name] // (number + 3), PERS[name]) for name in INPUTS}
    return Firm(f"plain{number}", "above_scale", figures)
