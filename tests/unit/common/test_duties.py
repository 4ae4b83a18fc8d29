"""How pressing what waits is: one rule for every page."""

from datetime import UTC, datetime, timedelta

import pytest

from luodi.common.duties import pressing

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "light"),
    [
        (timedelta(seconds=-1), "red"),
        (timedelta(0), "yellow"),
        (timedelta(days=3, seconds=-1), "yellow"),
        (timedelta(days=3), "green"),
    ],
)
def test_what_waits_turns_yellow_three_days_before_and_red_when_it_is_over(left, light):
    assert pressing(AT + left, AT) == light


def test_what_has_no_time_has_no_light():
    assert pressing(None, AT) == "none"
