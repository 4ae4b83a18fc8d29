"""The demo's standard-land agreements and tags: generated and marked so."""

from __future__ import annotations

from datetime import date, datetime

from luodi.projects.actions import decide_tag, report_result, set_agreement

from .calendar import Event, china
from .people import Cast

TERMS = {
    1: ("27", {"intensity": "350", "output": "900", "tax": "30", "energy": "0.35"}, 2026),
    2: ("34", {"intensity": "300", "output": "800", "tax": "25"}, 2026),
    3: ("41", {"intensity": "60", "output": "150", "tax": "8"}, 2025),
}
"""Number of a project to its land in 亩, its promises, and the year of its start."""


def agreement_events(cast: Cast, keys: dict[int, str]) -> list[Event]:
    """Three agreements, a first result of the project that produces already, two tags."""
    return [
        Event(china(date(2026, 4, 21), 10), lambda at: _agree(cast, keys, at)),
        Event(china(date(2026, 7, 14), 10), lambda at: _report(cast, keys, at)),
        Event(china(date(2026, 7, 15), 10), lambda at: _tag(cast, keys, at)),
    ]


def _agree(cast: Cast, keys: dict[int, str], at: datetime) -> None:
    for number, (land, promises, year) in TERMS.items():
        set_agreement(
            project=keys[number],
            title=f"【演示】标准地投资协议{number:02}号",
            signed_on=date(2025, 6, 10),
            land=land,
            promises=promises,
            days={
                "start": date(year, 6, 30),
                "production": date(year, 12, 20),
                "capacity": date(year + 1, 6, 30),
                "recheck": date(year + 1, 12, 31),
            },
            by=cast.people["zone"],
            at=at,
        )


def _report(cast: Cast, keys: dict[int, str], at: datetime) -> None:
    """The tax of the first half of production."""
    report_result(
        project=keys[3],
        item="tax",
        year=2026,
        amount="260",
        evidence=[("演示材料.txt", "【演示】税收证明".encode())],
        by=cast.people["zone"],
        at=at,
    )


def _tag(cast: Cast, keys: dict[int, str], at: datetime) -> None:
    for number, tag in ((1, "new-quality"), (3, "provincial-key")):
        decide_tag(
            project=keys[number],
            tag=tag,
            decision="give",
            why="【演示】专题会认定",
            by=cast.people["office"],
            at=at,
        )
