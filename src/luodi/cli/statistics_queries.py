"""What the statistics bench measures of questions: a million figures, asked right after a write.

Django must be started before. The same is measured on PostgreSQL by a process of its own where
the server's programs are there.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from luodi.audit.actions import perform
from luodi.cli.databases import bring_up
from luodi.common.moments import Moment
from luodi.indicators.actions import Cell, define_indicator, set_target, write_figures
from luodi.indicators.models import Value
from luodi.kit.calendars import Period
from luodi.orgs.actions import appoint, found_city
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person

from .statistics_beside import on_postgresql
from .statistics_shapes import SERIES, SHAPES, Asked

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
MAKER = "system:bench"
CITY = "wenshu"
UNITS, ZONES, INDICATORS, ENTERPRISES = 30, 6, 40, 500


def measure(quick: bool) -> list[Figure]:
    """Median and worst of the shapes, on both databases; the slower one is the figure.

    Both are filled side by side and asked one after the other.
    """
    with on_postgresql(quick) as other:
        here = prepared(quick)
        if other:
            other.wait()
        found = {"SQLite": asked_all(quick, *here)}
        if other:
            found["PostgreSQL"] = other.ask()
    size = "; ".join(_size(name, one) for name, one in found.items())
    if not other:
        size += "; PostgreSQL's programs are not here: not measured"
    told = {
        "query_median_ms": ("median of the shapes' medians", 50.0, statistics.median),
        "query_worst_ms": ("the slowest shape's median", 250.0, max),
    }
    return [
        {
            "name": name,
            "value": round(max(pick(list(one["shapes"].values())) for one in found.values()), 1),
            "unit": "ms",
            "yardstick": f"{words}, each asked right after an act revised its figures",
            "goal": goal,
            "size": size,
        }
        for name, (words, goal, pick) in told.items()
    ]


def _size(name: str, one: dict[str, Any]) -> str:
    times = ", ".join(f"{shape} {ms:.0f}" for shape, ms in one["shapes"].items())
    return f"{name}: {one['values']:,} values, mirror read in {one['first']:.1f} s; ms: {times}"


def prepared(quick: bool) -> tuple[Asked, Callable[[int], None]]:
    """The database Django was started on, filled: what is asked about, and what revises it."""
    bring_up()
    return _made(3 if quick else 46, 26 if quick else 60)


def asked_all(quick: bool, asked: Asked, revise: Callable[[int], None]) -> dict[str, Any]:
    """Milliseconds of each shape by its name."""
    began = time.perf_counter()
    for shape in SHAPES:
        shape(asked)
    first = time.perf_counter() - began
    times: dict[str, list[float]] = {shape.__name__: [] for shape in SHAPES}
    for turn in range(3 if quick else 5):
        for shape in SHAPES:
            revise(turn)
            began = time.perf_counter()
            shape(asked)
            times[shape.__name__].append((time.perf_counter() - began) * 1000)
    medians = {name: statistics.median(some) for name, some in times.items()}
    return {"values": Value.objects.count(), "first": first, "shapes": medians}


def _made(enterprise_months: int, months: int) -> tuple[Asked, Callable[[int], None]]:
    """A city of generated figures, and an action that revises some of the last month."""
    person = _people()
    units = tuple(
        UnitState.objects.open()
        .filter(of__city=CITY, kind=UnitKind.COUNTY)
        .values_list("of", flat=True)
    )
    with perform("define", by=MAKER, at=BEGIN, scope={"city": CITY}) as deed:
        indicators = tuple(
            define_indicator(
                deed=deed, city=CITY, name=f"生成的指标 {n}", measured_in="万元", scale=2,
                purpose=SERIES, over_units="sum",
            ).indicator_id
            for n in range(INDICATORS)
        )  # fmt: skip
    last = Period.parse("2025-12")
    spans = [last]
    while len(spans) < months:
        spans.insert(0, spans[0].previous())
    keys = tuple(period.key for period in spans)
    for n, month in enumerate(keys):
        _write([Cell(i, u, "", month, _made_up(i, u, n), 2) for i in indicators for u in units])
    for n, month in enumerate(keys[-enterprise_months:]):
        for zone in range(ZONES):
            _write(_of_enterprises(indicators, units[zone], month, n, zone), zone=f"zone{zone}")
    for indicator in indicators:
        set_target(
            indicator=indicator, amount="90000", comparator=">=", period="2025", unit=units[0],
            by=MAKER, at=BEGIN,
        )  # fmt: skip
    head = _revised(indicators, units, keys[-1], 1)
    asked = Asked(
        viewer=viewer_of_person(person),
        moment=Moment(BEGIN + timedelta(days=90)),
        before=Moment(BEGIN, head - 1),
        indicators=indicators,
        units=units,
        months=keys,
        enterprise_months=keys[-enterprise_months:],
    )
    turns = iter(range(2, 1_000_000))

    def revise(_turn: int) -> None:
        _revised(indicators, units, keys[-1], next(turns))

    return asked, revise


def _people() -> str:
    """The city with its units, and its statistician's key; all generated."""
    rows: list[dict[str, Any]] = [{"name": "问数市", "kind": UnitKind.CITY, "pack": "jincheng"}]
    rows += [{"name": f"示例{n}县", "kind": UnitKind.COUNTY} for n in range(1, UNITS + 1)]
    found_city(key=CITY, pack=[], units=rows, by=MAKER, at=BEGIN)
    return appoint(
        name="示例-01", unit=CITY, role=Role.STATISTICIAN, by=MAKER, at=BEGIN, generated=True
    ).key


def _made_up(indicator: str, unit: str, n: int) -> int:
    """A figure that grows; the same for the same cell in every run of one process."""
    return 100_000 + hash((indicator, unit)) % 90_000 + n * 700


def _of_enterprises(
    indicators: tuple[str, ...], unit: str, month: str, n: int, zone: int
) -> list[Cell]:
    enterprises = [f"91140000GEN{e:07}" for e in range(zone, ENTERPRISES, ZONES)]
    return [Cell(i, unit, e, month, _made_up(i, e, n), 2) for i in indicators for e in enterprises]


def _write(cells: list[Cell], zone: str = "") -> int:
    """Figures in one act; its position."""
    with perform("import", by=MAKER, at=BEGIN, scope={"city": CITY}) as deed:
        write_figures(
            deed=deed, city=CITY, cells=cells, origin=f"bench:{cells[0].period}", purpose=SERIES,
            zone=zone,
        )  # fmt: skip
    assert deed.act is not None
    return deed.act.position


def _revised(indicators: tuple[str, ...], units: tuple[str, ...], month: str, turn: int) -> int:
    """Revise a unit's figures and an enterprise's, about the last month."""
    mine = [Cell(i, units[0], "", month, 200_000 + turn, 2) for i in indicators]
    theirs = [Cell(i, units[0], "91140000GEN0000000", month, 5000 + turn, 2) for i in indicators]
    return _write(mine + theirs, zone="")


def main() -> None:
    """Fill the database of LUODI_DATABASE, say so, wait for a line, print what came out."""
    quick = "--quick" in sys.argv
    here = prepared(quick)
    click.echo("filled")
    sys.stdin.readline()
    click.echo(json.dumps(asked_all(quick, *here)))
