"""The line that seals a row: one text for one row, old seals keep."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luodi.audit import rules
from luodi.indicators.models import Definition, Value
from luodi.orgs.models import UnitState


def plainly(row) -> str:
    """The line as the encoder alone would write it, of every column."""
    fields = {
        f.attname: f.to_python(getattr(row, f.attname))
        for f in row._meta.concrete_fields
        if f.attname not in rules.UNSEALED
    }
    return rules.canonical(["+", row._meta.label_lower, fields])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(), st.integers(-(2**63), 2**63 - 1), st.text())
def test_a_line_is_what_the_encoder_writes(origin, amount, unit):
    row = Value(indicator_id="k", city="c", unit=unit, amount=amount, scale=2, origin=origin)
    assert rules.opened(row) == plainly(row)


@pytest.mark.parametrize("scales", [[2, 2], [2, True], [2, "2"]])
def test_many_lines_are_those_of_the_rows_whatever_a_column_mixes(scales):
    names = rules.sealed_columns(Value)
    made = [Value(indicator_id="k", city="c", amount=n, scale=s) for n, s in enumerate(scales)]
    rows = [tuple(getattr(one, name) for name in names) for one in made]
    assert rules.opened_many(Value, names, rows) == [plainly(one) for one in made]


def test_columns_of_other_kinds_are_written_alike():
    row = UnitState(of_id="k", kind="bureau", name="甲", aliases=["乙", {"丙": None}])
    assert rules.opened(row) == plainly(row)


@pytest.mark.parametrize("value", [True, False, None, 1.5, datetime(2026, 1, 1, tzinfo=UTC), [1]])
def test_other_values_take_the_long_way(value):
    assert rules.plain(value) == rules.canonical(value)


def test_a_column_added_later_is_sealed_only_where_it_says_something():
    row = Definition(indicator_id="k", name="产值", measured_in="亿元", scale=2)
    assert "numerator" not in rules.opened(row)
    row.numerator = "产值"
    assert '"numerator":"产值"' in rules.opened(row)


def test_all_columns_named_as_added_are_there():
    assert {f.attname for f in Definition._meta.concrete_fields} >= Definition.added
