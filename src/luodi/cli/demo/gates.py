"""Three continuing projects of the demo: one resumes in time, one late, of one nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from luodi.projects.actions import move_project, open_lead, record_resumption

from .calendar import Event, china
from .people import Cast
from .pipeline import details_of

Act = Callable[[datetime], None]

CONTINUING = [
    (21, "特种铸件", "装备制造", 16_400, date(2026, 3, 6)),
    (22, "光纤预制棒", "光机电", 42_000, date(2026, 4, 9)),
    (23, "固废利用", "新材料", 8_300, None),
]
"""Number, what, industry, investment in 万元, and the day it resumed in 2026."""


def gate_events(cast: Cast) -> list[Event]:
    """What happens to the continuing projects, with when."""
    events: list[Event] = []
    for number, what, industry, money, day in CONTINUING:
        keys: list[str] = []
        events.append(
            Event(china(date(2026, 1, 22), 10), _begin(cast, keys, number, what, industry, money))
        )
        if day:
            events.append(Event(china(day, 10), _resume(cast, keys, day)))
    return events


def _begin(cast: Cast, keys: list[str], number: int, what: str, industry: str, money: int) -> Act:
    """It had started in 2025, and is registered only now."""
    office = cast.people["office"]
    planned = {
        "planned_start": date(2025, 6, 1),
        "planned_production": date(2026, 12, 1),
        "planned_capacity": date(2027, 12, 1),
        "zone": cast.units["开发区管委会"],
    }

    def begin(at: datetime) -> None:
        said = details_of(cast, number, what, industry, money) | {"signing": "contract"} | planned
        keys.append(open_lead(city=cast.city, details=said, by=office, at=at).key)
        for stage, day in (("signed", date(2025, 3, 12)), ("started", date(2025, 6, 20))):
            paper = ("演示材料.txt", f"【演示】{what}".encode())
            move_project(
                project=keys[0], to=stage, happened_on=day, evidence=[paper], by=office, at=at
            )

    return begin


def _resume(cast: Cast, keys: list[str], day: date) -> Act:
    def resume(at: datetime) -> None:
        record_resumption(project=keys[0], how="resumed", day=day, by=cast.people["office"], at=at)

    return resume
