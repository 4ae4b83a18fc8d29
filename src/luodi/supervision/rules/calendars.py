"""The calendars of the bodies: whose rules the pack holds, and the turns they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from luodi.kit.calendars import Period, Schedule
from luodi.packs import Stack, work_calendar
from luodi.packs.schemas import CadenceRule
from luodi.plans.rules.rhythm import Rhythm

HELD = ("dispatch", "meeting", "consultation")
"""What is opened as a meeting with an agenda."""

SHOWN = (*HELD, "bulletin", "report")
"""What a calendar shows: bulletins and reports are opened where they are made."""

ORDER = ("leading_group", "task_force", "zone", "city", "county", "province", "state")


@dataclass(frozen=True)
class Body:
    """A body with the rules of its rhythm, in the order of the pack.

    `unit` is its key where the city has entered it; it exists from `since` until `until`.
    """

    kind: str
    name: str
    rules: tuple[CadenceRule, ...]
    unit: str = ""
    zone: str = ""
    since: date | None = None
    until: date | None = None

    def lasts(self, rule: CadenceRule) -> tuple[date, date]:
        """The first and the last day on which a rule of this body can ask for a turn."""
        first = max(day for day in (self.since, rule.since, date.min) if day)
        last = min(day for day in (self.until, rule.until, date.max) if day)
        return first, last


def bodies_in(stack: Stack, day: date) -> list[Body]:
    """The bodies a pack gives a rhythm on a day, the leading group first."""
    found: dict[tuple[str, str], list[CadenceRule]] = {}
    for rule in stack.all("cadence", CadenceRule, day):
        if rule.what in SHOWN and rule.kind == "rule":
            found.setdefault((rule.owner.body, rule.owner.name), []).append(rule)
    bodies = [Body(kind, name, tuple(rules)) for (kind, name), rules in found.items()]
    return sorted(bodies, key=lambda body: (ORDER.index(body.kind), body.name))


def rhythm_of(stack: Stack, rule: CadenceRule) -> Rhythm:
    """A rule over the pack's calendar."""
    words = rule.model_dump(mode="json", by_alias=True)
    return Rhythm(rule.cadence(), work_calendar(stack), words)


def turns_between(rhythm: Rhythm, first: date, last: date) -> Iterator[Schedule]:
    """Every turn whose days reach into `first` to `last`, oldest first."""
    if first > last:
        return
    period = Period.containing(first - timedelta(days=400), rhythm.cadence.every)
    while period.start <= last:
        turn = rhythm.turn(period)
        if turn and turn.due_on >= first and turn.opens_on <= last:
            yield turn
        period = period.next()


def read_term(written: str, *, last: bool = False) -> date | None:
    """A term as written (2025, 2025-02, 2025-02-23): its first day, or its last one."""
    parts = written.split("-")
    try:
        kind = {1: "year", 2: "month"}.get(len(parts))
        if kind is None:
            return date.fromisoformat(written)
        period = Period.parse(written)
        return period.end if last else period.start
    except ValueError:
        return None
