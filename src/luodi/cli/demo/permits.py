"""The permits of the demo's signed projects: some done, one late, one on commitment; generated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from luodi.projects.actions import record_permit, stop_or_start_clock, track_permits

from .calendar import Event, china
from .people import Cast

Step = tuple[str, str, date]

TRACKS: list[tuple[int, str, bool, bool, list[Step]]] = [
    (4, "standard-land", True, True, [
        ("filing", "completed", date(2026, 3, 10)),
        ("environment", "on_commitment", date(2026, 3, 24)),
        ("land-planning", "taken_in", date(2026, 4, 2)),
        ("land-planning", "completed", date(2026, 4, 13)),
        ("works-planning", "taken_in", date(2026, 5, 11)),
        ("energy", "taken_in", date(2026, 5, 12)),
        ("energy", "completed", date(2026, 5, 22)),
        ("flood", "not_needed", date(2026, 5, 12)),
        ("water", "taken_in", date(2026, 5, 13)),
    ]),
    (11, "plant-lease", False, False, [
        ("filing", "completed", date(2026, 4, 8)),
        ("fire", "lodged", date(2026, 5, 20)),
    ]),
]  # fmt: skip
"""Number of the project, its type, whether it has an agent and one report, and its steps."""


def permit_events(cast: Cast, keys: dict[int, str]) -> list[Event]:
    """What happens to the permits, with when; `keys` are those of the demo's projects by number."""
    events: list[Event] = []
    for number, type_, agent, combined, steps in TRACKS:
        begin = china(date(2026, 5, 6), 10)
        events.append(Event(begin, _track(cast, keys, number, type_, agent, combined)))
        for permit, step, day in steps:
            at = max(begin, china(day, 16))
            events.append(Event(at, _record(cast, keys, number, permit, step, day)))
    return [*events, Event(china(date(2026, 5, 15), 16), _stop(cast, keys))]


def _stop(cast: Cast, keys: dict[int, str]) -> Callable[[datetime], None]:
    def stop(at: datetime) -> None:
        stop_or_start_clock(
            project=keys[4],
            permit="water",
            why="【演示】补正材料",
            by=cast.people["office"],
            at=at,
        )

    return stop


def _track(
    cast: Cast, keys: dict[int, str], number: int, type_: str, agent: bool, combined: bool
) -> Callable[[datetime], None]:
    def track(at: datetime) -> None:
        track_permits(
            project=keys[number],
            type=type_,
            agent=cast.units["开发区管委会"] if agent else "",
            combined=combined,
            by=cast.people["office"],
            at=at,
        )

    return track


def _record(
    cast: Cast, keys: dict[int, str], number: int, permit: str, step: str, day: date
) -> Callable[[datetime], None]:
    def record(at: datetime) -> None:
        record_permit(
            project=keys[number],
            permit=permit,
            step=step,
            day=day,
            why="【演示】不在河道管理范围" if step == "not_needed" else "",
            by=cast.people["office"],
            at=at,
        )

    return record
