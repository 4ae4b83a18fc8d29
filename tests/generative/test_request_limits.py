"""The limits of requests against an oracle that walks minute by minute through ten years.

The oracle shares nothing with the product: its calendar is a plain table of days read from the
pack's file, a limit is counted by walking, a pause by looking at each minute.
"""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.common.moments import Moment
from luodi.kit.calendars import Pause
from luodi.packs import builtin, work_calendar
from luodi.packs.pack import stack
from luodi.packs.schemas import CalendarRule, ClockRule
from luodi.services.rules import Story, counted, is_late
from luodi.services.rules.clocks import Running

CHINA = timezone(timedelta(hours=8))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST = datetime(2017, 1, 1, tzinfo=CHINA)
TEN_YEARS = 3652 * 1440
EXAMPLES = 3000 if os.environ.get("LUODI_TEST_SIZE") == "full" else 60
OWNER = {"body": "city", "name": "示例"}
MORNING, AFTERNOON = (time(8, 30), time(12)), (time(14, 30), time(18))

STACK = stack((builtin("china"),))
CALENDAR = work_calendar(STACK)


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


@st.composite
def stories(draw) -> tuple[datetime, list[Pause], date | None]:
    """A receipt within ten years, questions one after the other, a timetable or none."""
    start = FIRST + draw(st.integers(0, TEN_YEARS)) * MINUTE
    pauses, now = [], start
    for _ in range(draw(st.integers(0, 3))):
        since = now + draw(st.integers(1, 4000)) * MINUTE
        length = draw(st.one_of(st.integers(1, 6000), st.none()))
        until = None if length is None else since + length * MINUTE
        pauses.append(Pause(since, until, "等待企业补充"))
        if until is None:
            break
        now = until
    agreed = draw(st.one_of(st.none(), st.integers(0, 40)))
    return start, pauses, None if agreed is None else (start + agreed * DAY).date()


rules = st.builds(
    lambda unit, amount: ClockRule(
        key="k", owner=OWNER, kind="example", source="示例", title="示例", title_en="example",
        applies_to="request.received", unit=unit, amount=amount,
    ),
    st.sampled_from(["minute", "hour", "workhour", "day", "workday"]),
    st.integers(1, 9),
)  # fmt: skip
minutes = st.builds(
    lambda amount: ClockRule(
        key="k", owner=OWNER, kind="example", source="示例", title="示例", title_en="example",
        applies_to="request.received", unit="minute", amount=amount,
    ),
    st.integers(1, 5000),
)  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None)
@given(stories(), st.one_of(rules, minutes), st.booleans(), st.booleans())
def test_limits_agree_with_walking(story, rule, pauses_count, timetable_counts):
    start, pauses, agreed = story
    done = counted(
        rule,
        Story(start, tuple(pauses), agreed),
        CALENDAR,
        pauses=pauses_count,
        extends=timetable_counts,
    )
    plain = walked(start, rule, pauses if pauses_count else [])
    wanted = plain
    if plain and timetable_counts and agreed:
        wanted = max(plain, datetime.combine(agreed, time(23, 59, 59), CHINA))
    assert done.limit.at == plain
    assert done.due.at == wanted
    if wanted:
        for when in (wanted - MINUTE, wanted, wanted + MINUTE):
            assert is_late(Running(start, done.due.at, None), Moment(when)) == (when > wanted)


@settings(max_examples=EXAMPLES, deadline=None)
@given(stories(), rules)
def test_a_question_never_shortens_and_a_timetable_never_hurries(story, rule):
    start, pauses, agreed = story
    bare = counted(rule, Story(start), CALENDAR, pauses=True, extends=True)
    full = counted(rule, Story(start, tuple(pauses), agreed), CALENDAR, pauses=True, extends=True)
    assert bare.due.at is not None
    assert full.limit.at is None or full.limit.at >= bare.due.at
    assert full.due.at is None or full.due.at >= full.limit.at
