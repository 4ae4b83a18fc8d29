"""Money from step to step, as arithmetic: a slow second way finds the same."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luodi.projects.rules.funding import Amount, excesses, total, unaudited, unused

START = date(2026, 1, 1)
DAYS = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
SUMS = st.integers(0, 50).map(Fraction)


def entries(*steps: str) -> st.SearchStrategy[list[Amount]]:
    return st.lists(st.builds(Amount, st.sampled_from(steps), SUMS, DAYS), max_size=12)


@given(entries("applied_for", "granted", "used", "audited"))
def test_an_excess_is_a_day_on_which_more_was_reached(given_entries):
    order = ["applied_for", "granted", "used", "audited"]
    found = {(one.step, one.day) for one in excesses("special_fund", given_entries)}
    for day in {one.day for one in given_entries}:
        sums = [total(given_entries, step, day) for step in order]
        for before, step in ((0, 1), (1, 2), (2, 3)):
            assert ((order[step], day) in found) == (sums[step] > sums[before])


@given(entries("granted", "used"), DAYS)
def test_what_is_unused_is_what_was_granted_less_what_was_used(given_entries, day):
    waiting, oldest = unused(given_entries, day)
    granted, used = (total(given_entries, step, day) for step in ("granted", "used"))
    assert waiting == max(Fraction(0), granted - used)
    assert (oldest is None) == (waiting == 0) and (oldest is None or oldest <= day)


@given(entries("used", "audited"), DAYS, st.integers(0, 20))
def test_an_audit_is_overdue_for_what_was_used_long_enough_ago(given_entries, day, days):
    late = unaudited(given_entries, day, days)
    assert late >= 0
    assert unaudited([e for e in given_entries if e.step == "used"], day, days) >= late
