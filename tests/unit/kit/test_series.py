"""The pace of a year, and its forecast."""

from __future__ import annotations

from fractions import Fraction

import pytest

from luodi.kit.quantities import LIMIT
from luodi.kit.refusals import Refusal
from luodi.kit.series import Forecast, Pace, expected, forecast, pace

EVEN = [10] * 4
LATE = [5, 5, 5, 25]


def test_the_pace_is_the_average_of_complete_years():
    curve = pace([EVEN, LATE, [1, None, 1, 1], [1, 1], [0, 0, 0, 0]], 4)
    assert (curve.origin, curve.years) == ("history", 2)
    assert curve.shares == (Fraction(3, 16), Fraction(3, 8), Fraction(9, 16), Fraction(1))
    assert expected(1000, curve) == [188, 375, 563, 1000]
    assert "前2年" in curve.zh and "2 past years" in curve.en


def test_a_given_pace_wins_and_without_history_it_is_even():
    assert pace([LATE], 4, [1, 2, 3, 4]).shares[-2:] == (Fraction(3, 5), Fraction(1))
    assert pace([LATE], 4, [1, 2, 3, 4]).zh == "按规则包给定的进度"
    even = pace([], 3)
    assert even == Pace((Fraction(1, 3), Fraction(2, 3), Fraction(1)), "linear")
    assert expected(100, even) == [33, 67, 100] and "no past year" in even.en


@pytest.mark.parametrize("given", [[1, 2], [1, -1, 2], [0, 0, 0]])
def test_weights_that_make_no_pace_are_refused(given):
    assert pace([], 3, given).code == "series.weights"


def test_a_goal_too_large_is_refused():
    assert expected(LIMIT * 2, pace([], 2)).code == "quantity.overflow"
    with pytest.raises(ValueError):
        pace([], 0)


def test_a_forecast_says_how_often_it_holds():
    found = forecast([10, 10], [EVEN, LATE, EVEN], 4)
    assert isinstance(found, Forecast)
    # shares by mid-year: 1/2, 1/4, 1/2; the late year was forecast at half of what it became
    assert found == Forecast(48, 36, 96, Fraction(1, 2), 3)
    assert "前3年" in found.zh and "50%" in found.zh and "about 50%" in found.en


def test_a_year_that_is_over_is_its_sum():
    found = forecast(LATE, [], 4)
    assert (found.low, found.middle, found.high, found.chance) == (40, 40, 40, 1)
    assert found.zh == "全年数已齐" and found.en == "the year is complete"


@pytest.mark.parametrize(
    ("so_far", "past", "code"),
    [
        ([], [EVEN, LATE], "series.nothing_yet"),
        ([1, None], [EVEN, LATE], "series.gap"),
        ([1], [EVEN], "series.few_years"),
        ([1], [EVEN, [1, None, 1, 1]], "series.few_years"),
        ([1], [[0, 0, 0, 5], [0, 0, 0, 7]], "series.no_pace"),
        ([1], [[0, 0, 0, 5], [1, 1, 1, 1]], "series.no_pace"),
        ([LIMIT], [[1, 1, 1, 1], [1, 1, 1, 1]], "quantity.overflow"),
    ],
)
def test_what_can_not_be_forecast_is_refused(so_far, past, code):
    found = forecast(so_far, past, 4)
    assert isinstance(found, Refusal) and found.code == code
    assert found.zh and found.en


def test_a_year_has_no_more_periods_than_it_has():
    with pytest.raises(ValueError):
        forecast([1] * 5, [], 4)
