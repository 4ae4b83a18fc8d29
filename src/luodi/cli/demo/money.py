"""The demo's money: plans and months of some projects, generated and marked so."""

from __future__ import annotations

from datetime import date, datetime

from luodi.projects.actions import plan_year, report_money

from .calendar import Event, china
from .people import Cast

PLANS = {1: 18_000, 2: 9_000, 3: 6_400, 4: 12_000, 11: 8_000}
"""Number of a project to its plan of 2026, in 万元."""

MONTHS = {1: (900, 1400, 2100, 2600), 2: (200, 350, 300, 420), 3: (800, 900, 700, 650)}
"""Number of a project to what it did from March on."""


def money_events(cast: Cast, keys: dict[int, str]) -> list[Event]:
    """Plans in March, then a report each month; funds from two sources; one correction."""
    events = [Event(china(date(2026, 3, 12), 10), lambda at: _plans(cast, keys, at))]
    for n in range(4):
        day = date(2026, 4 + n, 6)
        events.append(Event(china(day, 10), lambda at, n=n: _month(cast, keys, n, at)))
    return [*events, Event(china(date(2026, 7, 9), 10), lambda at: _corrected(cast, keys, at))]


def _plans(cast: Cast, keys: dict[int, str], at: datetime) -> None:
    for number, amount in PLANS.items():
        plan_year(
            project=keys[number], year=2026, amount=str(amount), by=cast.people["office"], at=at
        )


def _month(cast: Cast, keys: dict[int, str], n: int, at: datetime) -> None:
    period = f"2026-{3 + n:02}"
    for number, amounts in MONTHS.items():
        so_far = str(sum(amounts[: n + 1]))
        said = {"month": str(amounts[n]), "to_date": so_far, "since_start": so_far}
        told = {"project": keys[number], "period": period, "by": cast.people["zone"], "at": at}
        report_money(series="dispatch", amounts=said, **told)
        if number == 1:
            for fund, part in (("bank-loan", 60), ("own", 40)):
                money = {"to_date": str(int(so_far) * part // 100)}
                report_money(series="in_place", fund=fund, amounts=money, **told)


def _corrected(cast: Cast, keys: dict[int, str], at: datetime) -> None:
    """June of the second project was told too low."""
    report_money(
        project=keys[2],
        series="dispatch",
        period="2026-06",
        amounts={"month": "480", "to_date": "1330", "since_start": "1330"},
        why="【演示】漏报设备款",
        by=cast.people["zone"],
        at=at,
    )
