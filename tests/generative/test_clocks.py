"""Clocks against an oracle that walks minute by minute, day by day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.kit.calendars import SHANGHAI, Clock, Pause, Period, WorkCalendar, YearTable, due

TABLE = YearTable(
    2026,
    "测试安排",
    off={date(2026, 4, 4) + timedelta(days=i): "清明节" for i in range(3)},
    work={date(2026, 4, 12): "清明节"},
)
CALENDAR = WorkCalendar((TABLE,))
MINUTE = timedelta(minutes=1)
BEGIN = datetime(2026, 4, 1, tzinfo=SHANGHAI)

instants = st.integers(0, 12 * 1440).map(lambda m: BEGIN + m * MINUTE)
pauses = st.lists(
    st.tuples(instants, st.one_of(st.none(), st.integers(0, 3000))).map(
        lambda p: Pause(p[0], None if p[1] is None else p[0] + p[1] * MINUTE)
    ),
    max_size=3,
)


def paused(moment: datetime, breaks: list[Pause]) -> bool:
    return any(p.since <= moment and (p.until is None or moment < p.until) for p in breaks)


def in_office(moment: datetime) -> bool:
    if not CALENDAR.is_working(moment.date()):
        return False
    clock = moment.time()
    return time(8, 30) <= clock < time(12) or time(14, 30) <= clock < time(18)


def minutes_oracle(start: datetime, clock: Clock, breaks: list[Pause]) -> datetime | None:
    left = clock.amount * (60 if clock.unit in ("hour", "workhour") else 1)
    now = start
    for _ in range(60 * 1440):
        if left == 0:
            return now
        counts = clock.unit != "workhour" or in_office(now)
        left -= counts and not paused(now, breaks)
        now += MINUTE
    return None


def days_oracle(start: datetime, clock: Clock, breaks: list[Pause]) -> date | None:
    left, day = clock.amount, start.date()
    for _ in range(80):
        if left == 0:
            return day
        day += timedelta(days=1)
        minutes = (datetime.combine(day, time.min, SHANGHAI) + m * MINUTE for m in range(1440))
        counts = clock.unit == "day" or CALENDAR.is_working(day)
        left -= counts and not any(paused(minute, breaks) for minute in minutes)
    return None


@settings(max_examples=120, deadline=None)
@given(
    start=instants,
    unit=st.sampled_from(["minute", "hour", "workhour"]),
    amount=st.integers(1, 40),
    breaks=pauses,
)
def test_minutes_and_hours_agree_with_walking(start, unit, amount, breaks):
    clock = Clock(unit, amount)
    assert due(start, clock, CALENDAR, breaks).at == minutes_oracle(start, clock, breaks)


@settings(max_examples=60, deadline=None)
@given(
    start=instants,
    unit=st.sampled_from(["day", "workday"]),
    amount=st.integers(0, 12),
    breaks=pauses,
)
def test_days_agree_with_walking(start, unit, amount, breaks):
    clock = Clock(unit, amount)
    whole = [p for p in breaks if p.until is None or p.until > p.since]
    assert due(start, clock, CALENDAR, whole).on == days_oracle(start, clock, whole)


@given(start=instants, amount=st.integers(0, 30), more=st.integers(0, 5))
def test_a_longer_limit_never_ends_earlier(start, amount, more):
    for unit in ("minute", "workhour", "day", "workday", "month"):
        shorter, longer = (due(start, Clock(unit, n), CALENDAR).at for n in (amount, amount + more))
        assert shorter is not None and longer is not None and shorter <= longer


@given(
    st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    st.sampled_from(["week", "month", "quarter", "half", "year"]),
)
def test_periods_nest_and_read_back(day, kind):
    period = Period.containing(day, kind)
    assert day in period and Period.parse(period.key) == period
    assert period.next().previous() == period
    month = Period.containing(day, "week").parent("month")
    assert Period.containing(day, "week") in month.children("week")
    assert month in month.parent("quarter").children("month")
    assert month.parent("quarter").parent("half").parent("year") == month.parent("year")
