"""Money told by several people in the same moment: nothing is counted twice or above its limit."""

from __future__ import annotations

import json

import pytest

from factories.site import SMALL_CITY, fresh_site

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with fresh_site(tmp_path_factory.mktemp("site") / "data", SMALL_CITY) as site:
        yield site


@pytest.fixture
def come(site):
    """Let a case of `factories.money_at_once` run; what came of it."""

    def run(case: str) -> dict:
        code = f"from factories import money_at_once; money_at_once.{case}()"
        found = json.loads(site.python(code))
        assert found.pop("whole"), "the record of acts is broken"
        return found

    return run


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
