"""What differs between a row and what was said now: an amount is one value at whatever scale."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.common.changes import changed, same_amount

ROW = SimpleNamespace(name="甲", land=125, land_scale=1, output=None, output_scale=0)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"name": "甲", "land": 1250, "land_scale": 2}, []),
        ({"name": "乙", "land": 1250, "land_scale": 2}, ["name"]),
        ({"land": 126, "land_scale": 1}, ["land"]),
        ({"land": 125, "land_scale": 0}, ["land"]),
        ({"land": None, "land_scale": 0}, ["land"]),
        ({"output": None, "output_scale": 3}, []),
        ({"output": 0, "output_scale": 0}, ["output"]),
    ],
)
def test_names_of_what_differs(said, names):
    assert changed(ROW, said) == names


@given(st.integers(), st.integers(0, 9), st.integers(0, 9))
def test_an_amount_is_the_same_at_a_finer_scale(number, scale, finer):
    assert same_amount(number, scale, number * 10**finer, scale + finer)
    assert not same_amount(number, scale, number + 1, scale)
