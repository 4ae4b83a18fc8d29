"""What the bench of gradings measures, on a site of its own. Django must be started before."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from luodi.assessment.actions import open_grading, run_grading
from luodi.assessment.models import Grading, GradingRun
from luodi.assessment.queries import gather, rules_at
from luodi.audit.actions import perform
from luodi.cli.databases import bring_up
from luodi.common.keys import new_key
from luodi.common.moments import Moment
from luodi.indicators.actions import Cell, write_figures
from luodi.indicators.choices import Purpose
from luodi.indicators.models import Definition
from luodi.kit.scoring import Firm, Result, grade, plain_grade
from luodi.orgs.actions import appoint, found_city
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import Enterprise, EnterpriseState, UnitState
from luodi.orgs.rules import check_character
from luodi.packs import resolve
from luodi.packs.schemas import GradingRule

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
MAKER = "system:bench"
FIRMS = 10_000
PLAIN_QUICK = 2_000
YEAR = 2025
MOST = {
    "land": 40_000, "tax": 4_000_000_000, "value-added": 30_000_000_000, "energy": 900_000,
    "emission": 90_000, "workers": 1_500, "rd": 900_000_000, "revenue": 90_000_000_000,
    "electricity": 40_000_000,
}  # fmt: skip
"""The largest figure of an input, at its scale."""


def measure(quick: bool) -> list[Figure]:
    """Seconds of a whole regrade, and how the engine compares to the plain recomputation."""
    bring_up()
    grading, office = _filled()
    times = 2 if quick else 5
    took = []
    for turn in range(times):
        begun = time.perf_counter()
        run = run_grading(
            grading=grading.key, by=office, at=BEGIN + timedelta(days=turn + 1), why="bench"
        )
        took.append(time.perf_counter() - begun)
    moment = Moment(BEGIN + timedelta(days=times + 1))
    rule = next(r for r in rules_at(grading.city, moment) if r.key == grading.rule)
    gathered = gather(grading, rule, moment)
    part = list(gathered.firms[: PLAIN_QUICK if quick else FIRMS])
    fast, plain = _beside(rule, part)
    return [_seconds(statistics.median(took), run), _ratio(fast, plain, len(part))]


def _beside(rule: GradingRule, firms: list[Firm]) -> tuple[float, float]:
    """Seconds of the engine and of the plain recomputation; they agree, or this stops."""
    scheme = rule.scheme()
    answers: list[Result] = []
    took = []
    for compute in (grade, plain_grade):
        begun = time.perf_counter()
        answers.append(compute(scheme, firms))
        took.append(time.perf_counter() - begun)
    if answers[0] != answers[1]:
        raise SystemExit("the engines disagree")
    return took[0], took[1]


def _seconds(median: float, run: GradingRun) -> Figure:
    return {
        "name": "regrade_10000_seconds",
        "value": round(median, 3),
        "unit": "s",
        "yardstick": "one process: figures read from the record, graded, run and grades sealed",
        "goal": 5.0,
        "size": f"{FIRMS} generated enterprises, {len(MOST)} figures each; "
        f"{run.counts.get('graded', 0)} graded",
    }


def _ratio(fast: float, plain: float, number: int) -> Figure:
    return {
        "name": "regrade_vs_plain",
        "value": round(fast / plain, 4),
        "unit": "ratio",
        "yardstick": "the plain recomputation with fractions, same firms, same answers",
        "goal": None,
        "size": f"{number} generated enterprises; "
        f"{fast * 1000:.0f} ms against {plain * 1000:.0f} ms",
    }


def _filled() -> tuple[Grading, str]:
    """A city with its office, its generated enterprises and their figures of a year."""
    root = found_city(
        key="bench",
        pack=resolve("jincheng").content(),
        units=[
            {"name": "示例市", "kind": UnitKind.CITY, "pack": "jincheng"},
            {"name": "市商务局", "kind": UnitKind.BUREAU},
            {"name": "开发区管委会", "kind": UnitKind.ZONE},
        ],
        by=MAKER,
        at=BEGIN,
    )
    units = dict(UnitState.objects.open().values_list("name", "of"))
    office = appoint(
        name="示例-01", unit=units["市商务局"], role=Role.OFFICE, by=MAKER, at=BEGIN, generated=True
    ).key
    zone = units["开发区管委会"]
    keys = _register(root.key, zone)
    grading = open_grading(city=root.key, year=YEAR, rule="huangyan", by=office, at=BEGIN)
    with perform("figures", by=MAKER, at=BEGIN, scope={"city": root.key}) as deed:
        cells = list(_cells(root.key, zone, keys))
        write_figures(
            deed=deed, city=root.key, cells=cells, origin="bench:made", purpose=Purpose.SHARED
        )
    return grading, office


def _register(city: str, zone: str) -> list[tuple[str, str]]:
    """Key and class of each enterprise."""
    made = [(new_key(), "below_scale" if n % 3 == 0 else "above_scale", n) for n in range(FIRMS)]
    bodies = [f"91999999{n:09}" for _key, _size, n in made]
    codes = [body + check_character(body) for body in bodies]
    with perform("register", by=MAKER, at=BEGIN, scope={"city": city}) as deed:
        deed.write_many(
            Enterprise,
            ("key", "city", "zone", "unit", "enterprise"),
            [(key, city, zone, zone, key) for key, _size, _n in made],
        )
        deed.write_many(
            EnterpriseState,
            ("of_id", "city", "zone", "unit", "enterprise", "name", "credit_code", "size_class",
             "generated"),
            [(key, city, zone, zone, key, f"示例企业{n:05}", code, size, True)
             for (key, size, n), code in zip(made, codes, strict=True)],
        )  # fmt: skip
    return [(key, size) for key, size, _n in made]


def _cells(city: str, zone: str, keys: list[tuple[str, str]]) -> Iterator[Cell]:
    """Figures by the same dice every time; three in ten firms have no emission."""
    dice = random.Random(11)
    rows = Definition.objects.open().filter(
        indicator__city=city, indicator__code__startswith="grading-"
    )
    known = {
        row.indicator.code.removeprefix("grading-"): row for row in rows.select_related("indicator")
    }
    for key, _size in keys:
        for name, most in MOST.items():
            if name == "emission" and dice.random() < 0.3:
                continue
            row = known[name]
            yield Cell(row.indicator_id, zone, key, str(YEAR), dice.randint(1, most), row.scale)
