"""The rhythm of a cycle: when a period's report opens, when it is due, when to warn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from luodi.kit.calendars.periods import Kind, Period
from luodi.kit.calendars.workdays import SHANGHAI, WorkCalendar

Base = Literal["period", "next_period", "due"]
Count = Literal["day", "workday", "workday_before", "weekday"]


@dataclass(frozen=True)
class Anchor:
    """A day relative to a period.

    `base` period or next_period: the `number`-th `day` or `workday` of it, counted from 1 (a day
    past its end is its last day); `weekday` 1 to 7 is the first Monday to Sunday of it. `base`
    due: so many working days (`workday_before`) or days (`day`) before the due day.
    """

    base: Base
    count: Count
    number: int


@dataclass(frozen=True)
class Cadence:
    """A cycle: which periods (`months` limits them to those ending in these months), and when."""

    every: Kind
    opens: Anchor
    due: Anchor
    warn: Anchor | None = None
    months: tuple[int, ...] = ()
    closes: time = time(23, 59, 59)

    def applies(self, period: Period) -> bool:
        """Whether the cycle has a turn in this period."""
        if period.kind != self.every:
            return False
        last = period.parent("month") if period.kind == "week" else None
        month = last.number if last else period.end.month
        return not self.months or month in self.months


@dataclass(frozen=True)
class Schedule:
    """One turn of a cycle. Days are Shanghai's; `due_at` is the UTC instant reports are due."""

    period: Period
    opens_on: date
    due_on: date
    due_at: datetime
    warn_on: date | None
    provisional: bool


def schedule(cadence: Cadence, period: Period, calendar: WorkCalendar) -> Schedule | None:
    """The days of one turn; None where the cycle has no turn in the period."""
    if not cadence.applies(period):
        return None
    opens = _place(cadence.opens, period, None, calendar)
    due_on = _place(cadence.due, period, None, calendar)
    warn = _place(cadence.warn, period, due_on, calendar) if cadence.warn else None
    anchors = [cadence.opens, cadence.due, *([cadence.warn] if cadence.warn else [])]
    uses_work = any(anchor.count.startswith("workday") for anchor in anchors)
    unknown = calendar.unknown_years(min(opens, due_on), max(opens, due_on))
    due_at = datetime.combine(due_on, cadence.closes, SHANGHAI).astimezone(UTC)
    return Schedule(period, opens, due_on, due_at, warn, uses_work and bool(unknown))


def _place(anchor: Anchor, period: Period, due_on: date | None, calendar: WorkCalendar) -> date:
    if anchor.base == "due":
        return _before(anchor, due_on or period.end, calendar)
    inside = period if anchor.base == "period" else period.next()
    return _within(anchor, inside, calendar)


def _before(anchor: Anchor, due_on: date, calendar: WorkCalendar) -> date:
    if anchor.count == "workday_before":
        return calendar.add(due_on, -anchor.number)
    return due_on - timedelta(days=anchor.number)


def _within(anchor: Anchor, inside: Period, calendar: WorkCalendar) -> date:
    before = inside.start - timedelta(days=1)
    if anchor.count == "workday":
        return min(calendar.add(before, anchor.number), inside.end)
    if anchor.count == "weekday":
        return inside.start + timedelta(days=(anchor.number - inside.start.isoweekday()) % 7)
    return min(before + timedelta(days=anchor.number), inside.end)
