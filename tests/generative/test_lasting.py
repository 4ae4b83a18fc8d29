"""How long a value holds, day by day against a slow count, and the spans that a store is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luodi.kit.eligibility import Lasting

DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))
MONTHS = st.builds(
    Lasting, months=st.integers(1, 40), own=st.booleans(), warn_days=st.integers(0, 60)
)
OF_YEAR = st.builds(
    Lasting,
    next_year=st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day)),
    of_last_year=st.booleans(),
    warn_days=st.integers(0, 60),
)


def slow_last_day(lasting: Lasting, on: date) -> date:
    """Walk on a day at a time, counting the months or the years that have turned."""
    day, turned = on, 0
    if lasting.months:
        while turned < lasting.months:
            day += timedelta(1)
            turned += day.day == 1
        while day.day < on.day and (day + timedelta(1)).day != 1:
            day += timedelta(1)
        return day
    ends_a_year = (on + timedelta(1)).year > on.year
    about = on.year - 1 if lasting.of_last_year and not ends_a_year else on.year
    day = date(about + 1, 1, 1)
    while (day.month, day.day) < lasting.next_year:
        after = day + timedelta(1)
        if (after.month, after.day) > lasting.next_year or after.year > day.year:
            break
        day = after
    return day


@given(st.one_of(MONTHS, OF_YEAR), DAYS)
def test_the_last_day_is_that_of_the_slow_count(lasting, on):
    assert lasting.last_day(on) == slow_last_day(lasting, on)


@given(st.one_of(MONTHS, OF_YEAR), DAYS, st.integers(-80, 10))
def test_what_is_ending_lies_in_a_span_that_the_store_is_asked_for(lasting, on, far):
    today = lasting.last_day(on) + timedelta(far)
    if lasting.is_ending(on, today):
        assert any(first <= on <= last for first, last in lasting.ending(today))
