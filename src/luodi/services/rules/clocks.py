"""The limits of a request: pure functions of what happened, the clock's rule and the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from luodi.common.moments import LOCAL, Moment
from luodi.kit.calendars import Due, Extension, Pause, WorkCalendar, due
from luodi.kit.lights import Fact, Rule, Verdict, evaluate
from luodi.packs import Stack, light_rules
from luodi.packs.schemas import ClockRule, RequestLimit, RequestPolicyRule

SUBJECT = "request"
POLICY = "requests"
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Story:
    """What a limit counts: its beginning, the questions to the firm, the last day agreed on."""

    started_at: datetime
    pauses: tuple[Pause, ...] = ()
    agreed_on: date | None = None


@dataclass(frozen=True)
class Counted:
    """When a limit is due with the agreed timetable, and when it would be without."""

    due: Due
    limit: Due


def policy_of(stack: Stack, day: date) -> RequestPolicyRule | None:
    """How a city handles requests on a day; None where its pack doesn't say."""
    return stack.one("request_policies", RequestPolicyRule, POLICY, day)


def limits_of(
    stack: Stack, policy: RequestPolicyRule, day: date
) -> list[tuple[RequestLimit, ClockRule]]:
    """The limits of a policy with their clocks; one whose clock is unknown is left out."""
    found = ((limit, stack.one("clocks", ClockRule, limit.clock, day)) for limit in policy.limits)
    return [(limit, rule) for limit, rule in found if rule is not None]


def counted(
    rule: ClockRule, story: Story, calendar: WorkCalendar, *, pauses: bool, extends: bool
) -> Counted:
    """When a limit is due: the firm's time isn't counted where it `pauses`, and a timetable moves
    it where it `extends` (never to an earlier instant)."""
    breaks = story.pauses if pauses else ()
    limit = due(story.started_at, rule.clock(), calendar, breaks)
    if not (extends and story.agreed_on):
        return Counted(limit, limit)
    agreed = Extension(until=end_of_day(story.agreed_on), reason="按时间表办理")
    return Counted(due(story.started_at, rule.clock(), calendar, breaks, [agreed]), limit)


def end_of_day(day: date) -> datetime:
    """The last second of a day in China."""
    return datetime.combine(day, time(23, 59, 59), LOCAL)


def working_of(done: Due, rule: ClockRule) -> dict[str, Any]:
    """The stored working of a limit: sentences in both languages, and whose clock it is."""
    return {
        "notes": [{"zh": note.says("zh"), "en": note.says("en")} for note in done.working],
        "provisional": done.provisional,
        "owner": rule.owner.name,
        "source": rule.source,
        "confirmed": rule.confirmed,
        "inferred": rule.inferred,
    }


@dataclass(frozen=True, slots=True)
class Running:
    """A limit as its light sees it."""

    started_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    paused: bool = False


def is_late(running: Running, moment: Moment) -> bool:
    """Whether a limit was, or by the moment is, overrun."""
    end = min(running.met_at, moment.at) if running.met_at else moment.at
    return running.due_at is not None and end > running.due_at


def facts_of(running: Running, moment: Moment, english: bool = False) -> dict[str, Fact]:
    """The facts a light rule may read: met, met_at, overdue, over, paused, due_at, left,
    minutes_left, percent_left."""
    met = running.met_at is not None and running.met_at <= moment.at
    facts: dict[str, Fact] = {"met": met, "paused": running.paused and not met, "overdue": False}
    facts["met_at"] = _said(running.met_at) if met else None
    if running.due_at is None:
        return facts
    facts |= {"due_at": _said(running.due_at), "overdue": is_late(running, moment)}
    end = running.met_at if met and running.met_at else moment.at
    left = int((running.due_at - end).total_seconds() // 60)
    whole = (running.due_at - running.started_at).total_seconds() / 60
    facts["minutes_left"] = left
    facts["percent_left"] = int(100 * left / whole) if whole > 0 else 0
    facts["left"] = spell(max(left, 0), english)
    facts["over"] = spell(max(-left, 1), english)
    return facts


def light_at(
    running: Running, rules: Sequence[Rule], moment: Moment, english: bool = False
) -> Verdict:
    """The light of a limit: the rule that gave it and the facts it read."""
    return evaluate(rules, facts_of(running, moment, english))


def lights_of(stack: Stack, day: date) -> tuple[Rule, ...]:
    """The light rules of a city for the limits of requests."""
    return light_rules(stack, SUBJECT, day)


def spell(minutes: int, english: bool = False) -> str:
    """A stretch in words: days and hours, hours and minutes, or minutes."""
    days, rest = divmod(minutes, DAY_MINUTES)
    hours, rest = divmod(rest, 60)
    zh = [(days, "天"), (hours, "小时"), (0 if days else rest, "分钟")]
    en = [(days, " d"), (hours, " h"), (0 if days else rest, " min")]
    parts = [f"{number}{unit}" for number, unit in (en if english else zh) if number]
    return (" " if english else "").join(parts) or ("0 min" if english else "0分钟")


def _said(instant: datetime | None) -> str | None:
    return f"{instant.astimezone(LOCAL):%Y-%m-%d %H:%M}" if instant else None


def rule_of(stored: Mapping[str, Any]) -> ClockRule:
    """The clock that was stored when a limit began."""
    return ClockRule.model_validate(dict(stored))


def check_steps(steps: Sequence[tuple[str, date | None]], today: date) -> str:
    """What is wrong with the steps of a timetable: '' or undated, unworded, past, order, none."""
    if not steps:
        return "none"
    days = [day for _, day in steps]
    if any(day is None for day in days):
        return "undated"
    if any(not text.strip() for text, _ in steps):
        return "unworded"
    known = [day for day in days if day is not None]
    if known[0] < today:
        return "past"
    return "order" if known != sorted(known) else ""
