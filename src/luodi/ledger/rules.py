"""Lights, due instants and numbers of supervised items: pure functions of state, pack, moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from luodi.common.moments import LOCAL, Moment
from luodi.kit.calendars import Due, due
from luodi.kit.lights import Fact, Rule, Verdict, dated, evaluate
from luodi.packs import Stack, clock, light_rules, work_calendar
from luodi.packs.schemas import ClockRule, RuleBase
from luodi.packs.schemas.base import Key

SUBJECT = "item"
EXTENDED = {"zh": "批准延期至", "en": "Extended to"}


class FlowNeedRule(RuleBase):
    """Pack kind `flows`: what a move of a flow needs beyond the table (e.g. evidence)."""

    flow: Key
    move: Key
    requires: tuple[Key, ...]


@dataclass(frozen=True)
class Standing:
    """What a light looks at: where an item is, its due instant, the day of the last feedback."""

    stage: str
    due_at: datetime | None
    last_feedback: date | None = None


def lights_of(stack: Stack, moment: Moment) -> tuple[Rule, ...]:
    """The light rules of a city for items on the moment's day, in the order they are tried."""
    return light_rules(stack, SUBJECT, moment.today)


def facts_of(standing: Standing, moment: Moment) -> dict[str, Fact]:
    """The facts a rule may read: state, done, overdue, due, today, days_left, overdue_days,
    last_report_age_days.

    `overdue` is exact to the second, and the first day over begins with it; the days are natural
    days in China.
    """
    due_on = standing.due_at.astimezone(LOCAL).date() if standing.due_at else None
    late = standing.due_at is not None and moment.at > standing.due_at
    facts = dated(due_on, moment.today)
    if late:
        facts["overdue_days"] = max(1, (moment.today - due_on).days) if due_on else None
    said = standing.last_feedback
    return facts | {
        "state": standing.stage,
        "done": standing.stage == "closed",
        "overdue": late,
        "last_report_age_days": (moment.today - said).days if said else None,
    }


def light_at(standing: Standing, rules: Sequence[Rule], moment: Moment) -> Verdict:
    """The light of an item at a moment: the rule that gave it and the facts it read."""
    return evaluate(rules, facts_of(standing, moment))


def needs_of(stack: Stack, move: str, day: date) -> frozenset[str]:
    """What the city's pack asks for before a move, beyond the flow's own table."""
    rules = stack.all("flows", FlowNeedRule, day)
    found = [r.requires for r in rules if r.flow == SUBJECT and r.move == move]
    return frozenset(need for requires in found for need in requires)


def end_of_day(day: date) -> datetime:
    """A due instant given as a day: its last second in China."""
    return datetime.combine(day, time(23, 59, 59), LOCAL)


def due_by_clock(start: datetime, stack: Stack, key: str) -> tuple[Due, ClockRule] | None:
    """A due instant counted by a clock of the city's pack, with its rule; None if unknown."""
    found = clock(stack, key, start.astimezone(LOCAL).date())
    if found is None:
        return None
    rule, limit = found
    return due(start, limit, work_calendar(stack)), rule


def working_of(counted: Due, rule: ClockRule | None = None) -> dict[str, Any]:
    """The stored working of a due instant: sentences in both languages, and whose clock it was."""
    notes = [{"zh": note.says("zh"), "en": note.says("en")} for note in counted.working]
    stored: dict[str, Any] = {"notes": notes, "provisional": counted.provisional}
    if rule:
        stored |= {"clock": rule.key, "owner": rule.owner.name, "source": rule.source}
    return stored


def working_on_day(day: date, why: Mapping[str, str]) -> dict[str, Any]:
    """The working of a due day that was simply named, and by what."""
    said = {
        "zh": f"{why['zh']}：{day.isoformat()}，当日 23:59:59 截止",
        "en": f"{why['en']}: {day.isoformat()}, until 23:59:59",
    }
    return {"notes": [said], "provisional": False}


def number_of(year: int, serial: int) -> str:
    """The number of an item: gapless within a city and a year."""
    return f"督〔{year}〕{serial}号"


def days_to(due_at: datetime | None, moment: Moment) -> int | None:
    """Natural days left (negative: overdue); None without a due instant."""
    return (due_at.astimezone(LOCAL).date() - moment.today).days if due_at else None


def same_month(instant: datetime | None, moment: Moment) -> bool:
    """True where the instant falls into the moment's month in China."""
    if instant is None:
        return False
    local = instant.astimezone(LOCAL)
    return (local.year, local.month) == (moment.today.year, moment.today.month)


def in_order(keys: Iterable[str], without: str = "") -> list[str]:
    """Unit keys once each, in order, without one of them and without empty ones."""
    return [key for key in dict.fromkeys(keys) if key and key != without]
