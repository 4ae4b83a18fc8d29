"""The limits of requests against an oracle that walks minute by minute through ten years.

The oracle shares nothing with the product: its calendar is a plain table of days read from the
pack's file, a limit is counted by walking, a pause by looking at each minute.
"""

from __future__ import annotations

import os
from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.slow_limits import CHINA, DAY, MINUTE, STACK, walked
from luodi.common.moments import Moment
from luodi.kit.calendars import Pause
from luodi.packs import work_calendar
from luodi.packs.schemas import ClockRule
from luodi.services.rules import Story, counted, is_late
from luodi.services.rules.clocks import Running

FIRST = datetime(2017, 1, 1, tzinfo=CHINA)
TEN_YEARS = 3652 * 1440
EXAMPLES = 3000 if os.environ.get("LUODI_TEST_SIZE") == "full" else 60
OWNER = {"body": "city", "name": "示例"}

CALENDAR = work_calendar(STACK)


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
