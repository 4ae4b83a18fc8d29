"""Places in a bulletin against a plain count, and the months of a wall chart against the days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luodi.supervision.rules.ranking import is_behind, ranked
from luodi.supervision.rules.walls import bar_in

NUMBERS = st.none() | st.integers(-30, 30).map(lambda n: Fraction(n, 10))
ZONES = st.dictionaries(st.sampled_from("abcdefghijklmnop"), NUMBERS, max_size=12)
GROUPS = st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.sampled_from(["", "x", "y"]))
CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))


def plain(zone, numbers, groups, high, dense):
    """The place of a zone by counting who is before it; 0 for none."""
    mine = numbers[zone]
    if mine is None:
        return 0
    others = [
        n
        for key, n in numbers.items()
        if n is not None and groups.get(key, "") == groups.get(zone, "")
    ]
    before = [n for n in others if (n > mine if high else n < mine)]
    return 1 + (len(set(before)) if dense else len(before))


@CALM
@given(ZONES, GROUPS, st.booleans(), st.booleans())
def test_places_are_those_of_a_plain_count(numbers, groups, high, dense):
    found = ranked(numbers, groups, "highest" if high else "lowest", "dense" if dense else "skip")
    for zone in numbers:
        place = found.get(zone)
        assert (place.rank if place else 0) == plain(zone, numbers, groups, high, dense)


@CALM
@given(ZONES, GROUPS, st.randoms())
def test_the_order_of_zones_changes_nothing(numbers, groups, random):
    shuffled = list(numbers.items())
    random.shuffle(shuffled)
    assert ranked(dict(shuffled), groups) == ranked(numbers, groups)


@CALM
@given(ZONES, GROUPS, st.sampled_from("abcdefghijklmnop"), st.integers(1, 20))
def test_a_better_figure_never_lowers_a_place(numbers, groups, zone, more):
    if numbers.get(zone) is None:
        return
    better = {**numbers, zone: numbers[zone] + more}
    assert ranked(better, groups)[zone].rank <= ranked(numbers, groups)[zone].rank


@CALM
@given(ZONES, GROUPS, st.integers(1, 3))
def test_the_first_is_never_behind_and_the_last_of_several_is(numbers, groups, behind):
    found = ranked(numbers, groups)
    for place in found.values():
        assert not (place.rank == 1 and is_behind(place, behind))
        assert is_behind(place, behind) == (place.rank > 1 and place.from_end <= behind)


@CALM
@given(DAYS, DAYS, st.integers(2022, 2030))
def test_a_bar_covers_the_months_its_days_fall_in(start, end, year):
    bar = bar_in(year, start, end)
    days = (start + timedelta(n) for n in range(max(0, (end - start).days) + 1))
    months = sorted({day.month for day in days if day.year == year}) if start <= end else []
    assert ([] if bar is None else [bar.first, bar.last]) == months[:1] + months[-1:]
    if bar:
        assert bar.before == (start.year < year) and bar.after == (end.year > year)
