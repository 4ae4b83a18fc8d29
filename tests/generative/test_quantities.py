"""Quantities: what is shown reads back, conversions return, rounding is near."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luodi.kit.quantities import UNITS, Quantity, ratio, read_number, root
from luodi.kit.refusals import Refusal

quantities = st.builds(
    Quantity,
    st.integers(-(10**12), 10**12),
    st.integers(0, 4),
    st.sampled_from(sorted(UNITS.values(), key=str)),
)


@given(quantities, st.booleans())
def test_what_is_shown_reads_back(quantity, grouping):
    assert Quantity.parse(quantity.text(grouping), quantity.unit) == quantity


@given(quantities, st.sampled_from(sorted(UNITS)))
def test_a_conversion_keeps_the_value_or_is_refused(quantity, name):
    found = quantity.convert(name)
    if isinstance(found, Quantity):
        assert found.value * found.unit.factor == quantity.value * quantity.unit.factor


@given(st.integers(), st.integers().filter(bool), st.integers(0, 6))
def test_every_mode_is_within_one_step_and_half_within_a_half(n, d, places):
    exact = Fraction(n, d) * 10**places
    for mode in ("half_up", "half_even", "down", "up", "floor", "ceiling"):
        found = ratio(n, d, places, mode)
        if not isinstance(found, Refusal):
            assert abs(found - exact) < 1
            assert abs(found - exact) <= Fraction(1, 2) or not mode.startswith("half")


@given(st.fractions(0, 10**6), st.integers(1, 12), st.integers(0, 4))
def test_a_root_is_the_nearest_number(of, degree, places):
    found = root(of, degree, Fraction(1, 100), places, less=1)
    unit, half = Fraction(1, 100 * 10**places), Fraction(1, 200 * 10**places)
    low, high = 1 + found * unit - half, 1 + found * unit + half
    assert max(low, 0) ** degree <= of <= high**degree


@given(st.text(alphabet="0123456789,.-+一二十百千万亿零负点 ％", max_size=12))
def test_reading_never_raises(text):
    assert isinstance(read_number(text), tuple | Refusal)
