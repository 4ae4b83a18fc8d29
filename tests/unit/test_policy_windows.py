"""The window of an article on the days about its ends; what is over isn't overdue."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.policy.rules import window_light

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("today", "light", "words"),
    [
        (date(2026, 2, 28), "none", "2026-03-01 开始申报"),
        (date(2026, 3, 1), "green", "2026-03-31 截止"),
        (date(2026, 3, 20), "green", "2026-03-31 截止"),
        (date(2026, 3, 21), "yellow", "2026-03-31 截止，还有 10 天"),
        (date(2026, 3, 31), "yellow", "2026-03-31 截止，还有 0 天"),
        (date(2026, 4, 1), "none", "申报已于 2026-03-31 截止"),
    ],
)
def test_a_window_opens_presses_and_is_over(today, light, words):
    assert window_light(FIRST, LAST, today) == (light, words)
