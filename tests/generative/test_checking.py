"""Checks: the integers of a linear check and the reference engine agree on every figure."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from luodi.kit.calendars import Period
from luodi.kit.checking import Compared, Known, check, comparing
from luodi.kit.formulas import Book, Declared
from luodi.kit.quantities import unit

MARCH = Period.parse("2026-03")
BOOK = Book.of(
    [
        Declared("a", unit("亿元"), 2),
        Declared("b", unit("万元"), 1),
        Declared("c", unit("元"), 0),
        Declared("d", unit("千元"), 3),
    ]
)
assert isinstance(BOOK, Book)
LEAVES = st.sampled_from(
    ["[a]", "[b]", "[c]", "[d]", "prior([a])", "year_ago([b])", "3 万元", "0.5 亿元"]
)
SUMS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["0.3", "2"]), inner).map(lambda t: f"{t[0]} * {t[1]}"),
        inner.map(lambda one: f"(-{one})"),
    ),
    max_leaves=6,
)
SIGNS = st.sampled_from(["=", "!=", "<=", ">=", "<", ">"])
FIGURES = st.dictionaries(
    st.tuples(
        st.sampled_from("abcd"), st.just("z"), st.sampled_from(["2026-03", "2026-02", "2025-03"])
    ),
    st.one_of(st.integers(-3, 3), st.integers(-(10**12), 10**12)),
    min_size=6,
)


@given(SUMS, SIGNS, SUMS, FIGURES, st.booleans())
def test_integers_and_engine_agree(left, sign, right, figures, absolute):
    text = f"abs({left}) <= 2 万元" if absolute else f"{left} {sign} {right}"
    made = comparing(BOOK)("k", text, True, "", "")
    assume(isinstance(made, Compared) and made.linear)
    slow = replace(made, linear=None)
    one, other = (check([rule], ["z"], MARCH, Known(figures)) for rule in (made, slow))
    assert len(one.faults) == len(other.faults) and len(one.skipped) == len(other.skipped)
    for quick, plain in zip(one.faults, other.faults, strict=True):
        assert set(quick.cells) == set(plain.cells)
