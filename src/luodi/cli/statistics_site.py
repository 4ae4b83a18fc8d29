"""What the statistics bench measures of collection, on a site of its own: a batch handed in."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from luodi.audit.actions import perform
from luodi.cli.databases import bring_up
from luodi.collection.actions import Edition, define_form, open_turn, save_draft, submit_filing
from luodi.collection.models import Filing
from luodi.indicators.actions import define_indicator
from luodi.indicators.models import Value
from luodi.orgs.actions import appoint, found_city
from luodi.orgs.choices import Role, UnitKind
from luodi.orgs.models import UnitState
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import Viewer
from luodi.packs import resolve

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
MAKER = "system:bench"
ROWS, COLUMNS = 500, 40
SEED = 20260105
TIMED = (
    "timed from the typed texts to the commit: a draft saved and its faults told, the draft read "
    "again, 13 checks, the figures sealed, chained and written as values in one act"
)
PERIODS = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
CITY = "biaoshi"


def measure(quick: bool) -> list[Figure]:
    """The figures of collection. `quick` hands in fewer batches of the same size."""
    bring_up()
    clerk, statistician = _people()
    form = _form(statistician, _indicators())
    rates = [
        _batch(clerk, statistician, form, period, number)
        for number, period in enumerate(PERIODS[: 3 if quick else 5])
    ]
    return [
        {
            "name": "import_cells_per_second",
            "value": round(max(wall for wall, _busy in rates)),
            "unit": "cells/s",
            "yardstick": "about 4,000 entities a second, DHIS2's best published, on 4 cores",
            "goal": 20_000,
            "size": f"{ROWS} rows × {COLUMNS} columns; {TIMED}; {len(rates)} batches, "
            + ", ".join(f"{wall:,.0f} (a processor-second {busy:,.0f})" for wall, busy in rates),
        }
    ]


def _people() -> tuple[Viewer, Viewer]:
    """A city of as many units as the form has rows, a clerk and a statistician."""
    units: list[dict[str, Any]] = [{"name": "标石市", "kind": UnitKind.CITY, "pack": "jincheng"}]
    units += [{"name": f"单位{n:03}", "kind": UnitKind.SUBORDINATE} for n in range(ROWS)]
    units.append({"name": "标石市统计局", "kind": UnitKind.BUREAU})
    pack = resolve("jincheng").content()
    found_city(key=CITY, pack=pack, units=units, by=MAKER, at=BEGIN)
    bureau = UnitState.objects.open().get(name="标石市统计局").of_id
    people = [
        appoint(name=f"标石-{role}", unit=bureau, role=role, by=MAKER, at=BEGIN, generated=True)
        for role in (Role.CLERK, Role.STATISTICIAN)
    ]
    return viewer_of_person(people[0].key), viewer_of_person(people[1].key)


def _indicators() -> list[str]:
    """Forty indicators in 万元, their keys."""
    with perform("define", by=MAKER, at=BEGIN, scope={"city": CITY}) as deed:
        rows = [
            define_indicator(
                deed=deed,
                city=CITY,
                name=f"指标{n:02}",
                measured_in="万元",
                scale=2,
                code=f"i{n:02}",
                purpose="statistics",
            )
            for n in range(COLUMNS)
        ]
    return [row.indicator_id for row in rows]


def _form(who: Viewer, keys: Sequence[str]) -> str:
    columns = [{"key": f"c{n:02}", "label": f"{n}", "indicator": k} for n, k in enumerate(keys)]
    checks: list[dict[str, Any]] = [
        {"key": f"low{n}", "kind": "range", "indicator": f"i{n:02}", "low": "0"} for n in range(10)
    ]
    checks += [
        {"key": "must", "kind": "required", "indicators": ["i00", "i01", "i02", "i03"]},
        {"key": "sum", "kind": "formula", "formula": "[i00] = [i01] + [i02]"},
        {"key": "part", "kind": "formula", "formula": "[i04] <= [i03]"},
    ]
    edition = Edition(
        title="标石报表",
        layout={"rows": {"kind": "units", "kinds": [UnitKind.SUBORDINATE]}, "columns": columns},
        respondents={"units": [who.unit]},
        checks=checks,
    )
    form = define_form(
        city=CITY, owner=who.unit, code="biao", edition=edition, viewer=who, by=who.person, at=BEGIN
    )
    return form.key


def _typed(period: str, number: int) -> dict[str, str]:
    """Twenty thousand cells as a person types them; the sums of the checks hold."""
    units = UnitState.objects.open().filter(kind=UnitKind.SUBORDINATE).order_by("name")
    random, cells = Random(SEED + number), {}
    for unit in units.values_list("of", flat=True):
        numbers = [random.randrange(0, 10_000_000) for _ in range(COLUMNS)]
        numbers[0] = numbers[1] + numbers[2]
        numbers[3] = max(numbers[3], numbers[4])
        for column, amount in enumerate(numbers):
            cells[f"{unit}:c{column:02}"] = f"{amount // 100}.{amount % 100:02}"
    return cells


def _batch(
    clerk: Viewer, owner: Viewer, form: str, period: str, number: int
) -> tuple[float, float]:
    """Cells a second, and a processor-second, of one batch: see `TIMED`."""
    at = BEGIN + timedelta(days=31 * (number + 1))
    open_turn(
        form=form, period=period, due_at=at + timedelta(days=8), viewer=owner, by=owner.person,
        at=at,
    )  # fmt: skip
    filing = Filing.objects.get(form=form, period=period)
    cells = _typed(period, number)
    begin, busy = time.perf_counter(), time.process_time()
    saved = save_draft(
        filing=filing.key, version=0, cells=cells, viewer=clerk, by=clerk.person, at=at
    )
    submit_filing(filing=filing.key, version=saved.version, viewer=clerk, by=clerk.person, at=at)
    spent, busy = time.perf_counter() - begin, time.process_time() - busy
    stored = Value.objects.open().filter(period=period).count()
    if stored != ROWS * COLUMNS:
        raise ValueError(f"{stored} values were stored of {ROWS * COLUMNS}")
    return stored / spent, stored / busy
