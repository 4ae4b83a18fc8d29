"""The limits of requests counted slowly: minute by minute, day by day, sharing nothing with the
product but the days off that the pack's file names."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from luodi.kit.calendars import Pause
from luodi.packs import builtin
from luodi.packs.pack import stack
from luodi.packs.schemas import CalendarRule, ClockRule

CHINA = timezone(timedelta(hours=8))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MORNING, AFTERNOON = (time(8, 30), time(12)), (time(14, 30), time(18))
STACK = stack((builtin("china"),))


@cache
def days_of_the_pack() -> tuple[frozenset[date], frozenset[date]]:
    """Days off and days worked that the pack's file names."""
    off, worked = set(), set()
    for rule in STACK.all("calendars", CalendarRule):
        for part in rule.holidays:
            day = part.first
            while day <= part.last:
                off.add(day)
                day += DAY
            worked |= set(part.make_up)
    return frozenset(off), frozenset(worked)


def works(day: date) -> bool:
    off, worked = days_of_the_pack()
    return day in worked or (day not in off and day.weekday() < 5)


def opened(minute: datetime) -> bool:
    if not works(minute.date()):
        return False
    now = minute.time()
    return any(opens <= now < closes for opens, closes in (MORNING, AFTERNOON))


def stands_still(minute: datetime, pauses: list[Pause]) -> bool:
    return any(p.since <= minute and (p.until is None or minute < p.until) for p in pauses)


def walked(start: datetime, rule: ClockRule, pauses: list[Pause]) -> datetime | None:
    """The instant a limit ends, by walking; None where a pause never ends before it."""
    if rule.unit in ("minute", "hour", "workhour"):
        left, now = rule.amount * (1 if rule.unit == "minute" else 60), start
        for _ in range(120 * 1440):
            if not left:
                return now
            left -= (rule.unit != "workhour" or opened(now)) and not stands_still(now, pauses)
            now += MINUTE
        return None
    left, day = rule.amount, start.date()
    for _ in range(150):
        if not left:
            return datetime.combine(day, time(23, 59, 59), CHINA)
        day += DAY
        midnight = datetime.combine(day, time(), CHINA)
        still = any(
            p.since < midnight + DAY and (p.until is None or p.until > midnight) for p in pauses
        )
        left -= (rule.unit == "day" or works(day)) and not still
    return None
