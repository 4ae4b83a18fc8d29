"""Sharing out a goal exactly; the pace towards it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luodi.common.charts import Line, line_chart
from luodi.indicators.rules import (
    by_history,
    cumulated,
    is_met,
    left_over,
    linear,
    periods_of,
    split,
)
from luodi.kit.refusals import Refusal


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(-(10**15), 10**15), st.lists(st.integers(-5, 10**6), min_size=1, max_size=16))
def test_parts_always_make_the_whole(whole, weights):
    parts = split(whole, weights)
    assert sum(parts) == whole and len(parts) == len(weights)
    assert all((part >= 0) == (whole >= 0) or part == 0 for part in parts)


def test_even_parts_differ_by_one_at_most_and_weights_are_kept():
    assert split(10, [0, 0, 0]) == [4, 3, 3]
    assert split(100, [1, 2, 1]) == [25, 50, 25]
    assert split(-10, [1, 1, 1]) == [-4, -3, -3]


def test_a_year_is_cut_into_smaller_periods_only():
    assert [p.key for p in periods_of("2026", "quarter")] == [f"2026Q{n}" for n in range(1, 5)]
    assert len(periods_of("2026", "week")) in (52, 53)
    for period, kind, code in [
        ("2026", "year", "no_parts"), ("2026-03", "quarter", "no_parts"),
        ("到2026年末", "month", "no_period"), ("2026", "decade", "no_parts"),
    ]:  # fmt: skip
        found = periods_of(period, kind)
        assert isinstance(found, Refusal) and found.code == f"target.{code}"


def test_what_is_left_over_counts_all_parts_of_a_flow_and_the_last_of_a_stock():
    parts = {("a", "2026Q1"): 10, ("a", "2026Q2"): 20, ("b", "2026Q2"): 5}
    assert left_over(40, parts, adds=True) == 5
    assert left_over(25, parts, adds=False) == 0
    assert left_over(7, {}, adds=False) == 7


def test_even_steps_end_exactly_at_the_goal():
    assert linear(100, 3) == [33, 67, 100]
    assert linear(50, 2, base=100) == [75, 50]


def test_the_pace_of_the_year_before_needs_all_of_it():
    assert by_history(1000, [10, 25, 40]) == [250, 625, 1000]
    for before in ([10, None, 40], [], [0, 0, 0], [-1, -2, -3]):
        assert isinstance(by_history(1000, before), Refusal)


def test_running_sums_stop_at_a_gap():
    assert cumulated([1, 2, None, 4]) == [1, 3, None, None]
    assert cumulated([]) == []


@pytest.mark.parametrize(
    ("comparator", "below", "at", "above"),
    [
        (">=", False, True, True), (">", False, False, True), ("<=", True, True, False),
        ("<", True, False, False), ("=", False, True, False), ("~", False, True, True),
    ],
)  # fmt: skip
def test_what_keeps_a_goal(comparator, below, at, above):
    assert [is_met(comparator, n, 10) for n in (9, 10, 11)] == [below, at, above]
    assert is_met(comparator, 15, 10, upper=20) and not is_met(comparator, 21, 10, upper=20)


def test_a_chart_is_drawn_without_style_and_with_gaps():
    lines = [Line("实际<", [1, None, 3, 4]), Line("要求", [None, -2, None, 10**17], "expected")]
    drawn = line_chart("产值", ["1月", "2月", "3月", "4月"], lines)
    assert "style=" not in drawn and "<script" not in drawn and "实际&lt;" in drawn
    assert drawn.count("<polyline") == 1 and drawn.count("<circle") == 5
    assert line_chart("产值", ["1月"], [Line("实际", [None])]) == ""
