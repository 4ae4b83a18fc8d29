"""Shares that hold together, held against looking at every day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luodi.chain.rules.shares import Part, most_at_once, total_of

FIRST = date(2026, 1, 1)
days = st.none() | st.integers(0, 12).map(lambda n: FIRST + timedelta(days=n))
parts = st.lists(
    st.builds(Part, st.just("甲"), st.integers(0, 10_000), st.just("走访"), days, days), max_size=6
)


@given(parts)
def test_the_most_at_once_is_that_of_the_worst_day(said):
    every_day = [FIRST + timedelta(days=n) for n in range(-1, 14)]
    slow = max(sum(p.share for p in said if p.runs_on(day)) for day in every_day)
    assert total_of(most_at_once(said)) == slow
