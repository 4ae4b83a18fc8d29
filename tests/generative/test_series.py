"""A forecast's interval holds as often as it says, and never excludes its middle."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from luodi.kit.refusals import Refusal
from luodi.kit.series import expected, forecast, pace

years = st.lists(st.lists(st.integers(0, 10**6), min_size=12, max_size=12), max_size=5)


@given(years, st.integers(-(10**9), 10**9))
def test_a_pace_ends_at_the_whole(past, whole):
    assert expected(whole, pace(past))[-1] == whole


@given(years, st.lists(st.integers(-1000, 10**6), max_size=12))
def test_the_middle_lies_inside(past, so_far):
    found = forecast(so_far, past)
    if not isinstance(found, Refusal):
        assert found.low <= found.middle <= found.high


def test_the_interval_holds_about_as_often_as_it_says():
    dice = random.Random(20261120)
    held, tries = 0, 300
    for _ in range(tries):
        made = [
            [dice.randint(60, 140) * (2 if month == 11 else 1) for month in range(12)]
            for _ in range(6)
        ]
        found = forecast(made[0][:6], made[1:])
        held += found.low <= sum(made[0]) <= found.high
    assert abs(held / tries - found.chance) < 0.12
