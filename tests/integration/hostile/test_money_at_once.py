"""Money told by several people in the same moment: nothing is counted twice or above its limit."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.database


def test_of_five_disbursing_at_once_no_more_than_the_credit_goes_through(come):
    assert come("disbursing") == {"outcomes": {"done": 3, "Incomplete": 2}, "kept": 3}


def test_of_two_telling_or_correcting_one_month_one_is_told(come):
    found = come("telling")
    assert found["first"] in (["Conflict", "done"], ["Incomplete", "done"])
    assert found["outcomes"] == {"done": 1, "Conflict": 1} and found["versions"] == 2


def test_of_two_taking_in_one_export_one_is_told(come):
    found = come("taking")
    assert found["outcomes"].pop("done") == 1 and found["takings"] == 1
    assert set(found["outcomes"]) <= {"Conflict", "Incomplete"}
