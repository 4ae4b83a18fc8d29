"""A grading in the small city: enterprises with generated figures, acted through the product."""

from __future__ import annotations

from datetime import datetime

from luodi.assessment.actions import open_grading, run_grading
from luodi.assessment.models import Grading
from luodi.audit.actions import perform
from luodi.common.keys import new_key
from luodi.indicators.actions import Cell, write_figures
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.kit.scoring import Firm
from luodi.orgs.models import Enterprise, EnterpriseState

from .city import MAKER, City, credit_code
from .gradings import generated

PLACES = {1: 0, 100: 2, 10_000: 4}


def registered(
    city: City, at: datetime, firms: list[Firm], home: str = "开发区管委会"
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
            [(key, city.key, zone, zone, key, f"示例企业{n:05}", credit_code(1000 + n), firm.group, True)
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


def busy(city: City, at: datetime) -> dict[str, list[str]]:
    """A grading that was run once, of a city's own enterprises."""
    grading = opened(city, at)
    firms = generated(len(city.enterprises), 3)
    figured(city, at, firms, list(city.enterprises.values()))
    run_grading(grading=grading.key, by=city.people["office"], at=at)
    return {"grading": [grading.key]}
