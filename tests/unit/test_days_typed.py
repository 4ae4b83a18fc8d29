"""A day with a year nobody can mean is asked back before anything is written."""

from datetime import date

import pytest

from luodi.common.refusals import Incomplete
from luodi.supervision.rules import check_year

TODAY = date(2026, 2, 28)


@pytest.mark.parametrize(
    "day", [None, TODAY, date(2016, 1, 1), date(2036, 12, 31), date(2028, 2, 29)]
)
def test_a_year_that_can_be_meant_passes(day):
    check_year(day, TODAY)


@pytest.mark.parametrize(
    "day", [date.min, date(1026, 5, 5), date(2015, 12, 31), date(2037, 1, 1), date.max]
)
def test_a_slip_of_the_pen_is_asked_back_with_the_day(day):
    with pytest.raises(Incomplete, match=f"{day.isoformat()}.*核对年份"):
        check_year(day, TODAY)
