"""How long a verified value holds, at the ends of months and years."""

from __future__ import annotations

from datetime import date

import pytest

from luodi.kit.eligibility import Lasting

YEAR_LONG = Lasting(months=12)
SUMMER = Lasting(next_year=(6, 30))
LAST_YEAR = Lasting(next_year=(12, 31), of_last_year=True)
WRITTEN = Lasting(own=True, months=36)


@pytest.mark.parametrize(
    ("lasting", "on", "own", "last"),
    [
        (YEAR_LONG, date(2026, 3, 2), None, date(2027, 3, 2)),
        (Lasting(months=1), date(2026, 1, 31), None, date(2026, 2, 28)),
        (Lasting(months=12), date(2024, 2, 29), None, date(2025, 2, 28)),
        (SUMMER, date(2025, 12, 31), None, date(2026, 6, 30)),
        (SUMMER, date(2026, 1, 1), None, date(2027, 6, 30)),
        (Lasting(next_year=(2, 29)), date(2026, 5, 1), None, date(2027, 2, 28)),
        (LAST_YEAR, date(2025, 12, 31), None, date(2026, 12, 31)),
        (LAST_YEAR, date(2026, 3, 2), None, date(2026, 12, 31)),
        (WRITTEN, date(2026, 3, 2), date(2026, 9, 9), date(2026, 9, 9)),
        (WRITTEN, date(2026, 3, 2), None, date(2029, 3, 2)),
        (Lasting(own=True), date(2026, 3, 2), None, None),
        (YEAR_LONG, date(2026, 3, 2), date(2026, 9, 9), date(2027, 3, 2)),
        (YEAR_LONG, date(9999, 6, 1), None, date(9999, 6, 1)),
        (Lasting(), date(2026, 3, 2), None, None),
    ],
)
def test_the_last_day(lasting, on, own, last):
    assert lasting.last_day(on, own) == last


def test_it_is_ending_before_and_has_run_out_after_its_last_day():
    on = date(2026, 3, 2)
    days = [date(2027, 1, 30), date(2027, 1, 31), date(2027, 3, 2), date(2027, 3, 3)]
    assert [YEAR_LONG.is_ending(on, day) for day in days] == [False, True, True, False]
    assert [YEAR_LONG.has_run_out(on, day) for day in days] == [False, False, False, True]
    assert not Lasting().is_ending(on, days[2]) and not Lasting().has_run_out(on, days[3])


def test_only_in_the_weeks_before_it_a_store_is_asked_for_what_ends_on_a_day_of_the_year():
    assert list(LAST_YEAR.ending(date(2026, 11, 30))) == []
    assert list(LAST_YEAR.ending(date(2026, 12, 5))) == [(date(2025, 1, 1), date(2026, 12, 31))]
    assert list(Lasting().ending(date(2026, 12, 5))) == []
