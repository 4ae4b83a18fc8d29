"""Promises and milestones as arithmetic: judged exactly, rounded only to be shown."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.packs import resolve
from luodi.projects.rules.agreements import (
    Value,
    judge_promise,
    milestone,
    milestones_of,
    occasion,
    promises_of,
)

DAY = date(2026, 6, 1)
STACK = resolve("jincheng")
PROMISES = {rule.key: rule for rule in promises_of(STACK, DAY)}
MILESTONES = {rule.key: rule for rule in milestones_of(STACK, DAY)}
AMOUNTS = st.decimals(0, 100_000, places=2).map(Fraction)
LAND = st.decimals("0.01", 500, places=2).map(Fraction)
DAYS = st.integers(-400, 400).map(lambda n: DAY + timedelta(days=n))


@given(AMOUNTS, LAND, AMOUNTS, DAYS)
def test_a_promise_per_mu_is_kept_where_the_whole_is_there(promised, land, amount, due):
    found = judge_promise(PROMISES["tax"], promised, land, Value(amount, 2026, ""), due, DAY)
    if amount >= promised * land:
        assert found.verdict == "kept" and found.gap is None
    else:
        assert found.verdict == ("short" if due <= DAY else "not_due")
        assert found.gap * land == promised * land - amount


@given(AMOUNTS, AMOUNTS)
def test_energy_is_kept_from_below_and_needs_no_land(promised, amount):
    found = judge_promise(PROMISES["energy"], promised, None, Value(amount, 2026, ""), DAY, DAY)
    assert found.verdict == ("kept" if amount <= promised else "short")


@pytest.mark.parametrize(
    ("land", "value", "due", "verdict"),
    [
        (None, Value(Fraction(1), 2026, ""), DAY, "cannot_tell"),
        (Fraction(10), None, DAY, "cannot_tell"),
        (Fraction(10), None, DAY + timedelta(days=1), "not_due"),
        (Fraction(10), None, None, "not_due"),
        (Fraction(0), Value(Fraction(1), 2026, ""), DAY, "cannot_tell"),
    ],
)
def test_what_is_unknown_is_never_short(land, value, due, verdict):
    found = judge_promise(PROMISES["output"], Fraction(5), land, value, due, DAY)
    assert found.verdict == verdict and found.says


@given(DAYS, st.one_of(st.none(), DAYS))
def test_a_milestone_has_one_light(day, done):
    found = milestone(MILESTONES["production"], day, done, DAY)
    left = (day - DAY).days
    wanted = "done" if done else "red" if left < 0 else "yellow" if left <= 90 else "green"
    assert found.light == wanted and found.waiting == (done is None)


@pytest.mark.parametrize(
    ("left", "told"), [(91, ""), (90, "90"), (31, "90"), (30, "30"), (0, "30"), (-1, "late")]
)
def test_people_are_told_at_the_packs_days(left, told):
    rule = MILESTONES["production"]
    assert occasion(milestone(rule, DAY + timedelta(days=left), None, DAY), DAY) == told
    assert occasion(milestone(rule, DAY, DAY, DAY), DAY) == ""
    assert occasion(milestone(rule, None, None, DAY), DAY) == ""
