"""When a month's reporting opens, is due and closes: the pack's cadence over the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from luodi.audit.rules import canonical, sha256
from luodi.kit.calendars import Cadence, Period, Schedule, WorkCalendar, schedule


@dataclass(frozen=True)
class Rhythm:
    """A cadence with the pack's own words about it, and the calendar it is counted on."""

    cadence: Cadence
    calendar: WorkCalendar
    words: Mapping[str, Any]

    def turn(self, period: Period) -> Schedule | None:
        """The days of one period's turn."""
        return schedule(self.cadence, period, self.calendar)

    def record(self) -> dict[str, Any]:
        """The rule as a round keeps it: its words and their digest."""
        return {"rule": dict(self.words), "digest": sha256(canonical(self.words))}


def due_turns(rhythm: Rhythm, since: date, today: date) -> Iterator[Schedule]:
    """Every turn that should be open by `today`, oldest first, for a plan in force `since`.

    A turn whose due day lay before the plan came into force is not asked for.
    """
    period = Period.containing(since - timedelta(days=40), rhythm.cadence.every)
    while period.start <= today:
        turn = rhythm.turn(period)
        if turn and turn.opens_on <= today and turn.due_on >= since:
            yield turn
        period = period.next()


def closing(rhythm: Rhythm, turn: Schedule, at: datetime) -> datetime | None:
    """When a round closes by itself: as the next period's falls due.

    None (only the office closes it) where that instant has passed already: a round opened late
    is not shut in people's faces.
    """
    period = turn.period.next()
    following = rhythm.turn(period)
    while following is None and (period.start - turn.period.end).days < 400:
        period = period.next()
        following = rhythm.turn(period)
    return following.due_at if following and following.due_at > at else None
