"""The demo's clock: what happens, in the order in which it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from luodi.common.moments import LOCAL


def china(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant on the office's clock."""
    return datetime.combine(day, time(hour, minute), LOCAL).astimezone(UTC)


@dataclass(frozen=True)
class Event:
    """Something to do at an instant."""

    at: datetime
    do: Callable[[datetime], None]


def play(events: Iterable[Event], now: datetime, progress: Callable[[int], None]) -> None:
    """Do what lies before `now`, in order; progress runs to 100."""
    due = sorted((event for event in events if event.at <= now), key=lambda event: event.at)
    for number, event in enumerate(due, start=1):
        event.do(event.at)
        progress(100 * number // len(due))
