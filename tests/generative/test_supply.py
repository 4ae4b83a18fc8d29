"""Questions to a supply graph agree with plain slow answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factories.slow_supply import (
    slow_able,
    slow_depths,
    slow_gaps,
    slow_in_circles,
    slow_rate,
    slow_ways,
)
from luodi.kit.networks.reach import MOST_WAYS, alternatives, cycles, impact, ways
from luodi.kit.networks.supply import Supply, SupplyGraph, gaps, matching_rate
from luodi.kit.refusals import Refusal

FIRMS = ["a", "b", "c", "d", "e"]
PRODUCTS = ["p", "q", "r"]
firm, product = st.sampled_from(FIRMS), st.sampled_from(PRODUCTS)
supplies = st.lists(
    st.builds(
        Supply,
        firm,
        product,
        st.none() | firm,
        st.none() | st.integers(0, 9),
        st.none() | st.integers(0, 20).map(lambda n: n * 500),
    ),
    max_size=12,
    unique_by=lambda one: (one.buyer, one.product, one.supplier),
)
graphs = st.builds(
    SupplyGraph,
    st.fixed_dictionaries({key: st.booleans() for key in FIRMS}),
    st.just(tuple(PRODUCTS)),
    st.lists(st.tuples(firm, product), max_size=6, unique=True),
    supplies,
)


@given(graphs, st.sampled_from(["value", "items", "shares"]))
def test_rates_agree(graph, by):
    rate = matching_rate(graph, by)
    assert rate.percent == slow_rate(graph, by)
    assert (rate.refusal is None) == (rate.percent is not None)


@given(graphs, st.sampled_from(["value", "items", "shares"]), st.sets(firm))
def test_who_counts_as_near_is_what_is_given(graph, by, near):
    rate = matching_rate(graph, by, lambda _buyer, supplier: supplier in near)
    assert 0 <= rate.numerator <= rate.denominator
    here = {key for key, local in graph.firms.items() if local}
    assert matching_rate(graph, by, lambda _b, s: s in here) == matching_rate(graph, by)
    every = matching_rate(graph, by, lambda _b, _s: True)
    assert every.percent in (None, 100) and every.denominator == rate.denominator


@given(graphs, st.sets(product))
def test_gaps_agree_and_stand_in_order(graph, needed):
    found = gaps(graph, needed)
    said = {gap.product: (set(gap.buyers), gap.value, set(gap.elsewhere)) for gap in found}
    assert said == slow_gaps(graph, needed)
    order = [(-gap.value, -len(gap.buyers), gap.product) for gap in found]
    assert order == sorted(order)


@given(graphs, firm, firm)
def test_ways_agree(graph, start, end):
    found = ways(graph, start, end)
    if start == end:
        assert isinstance(found, Refusal) and found.code == "supply.same_firm"
        return
    slow = slow_ways(graph, start, end)
    if isinstance(found, Refusal):
        assert found.code == "supply.no_way" and not slow
    else:
        assert len(found) == min(len(slow), MOST_WAYS) == len(set(found))
        assert set(found) <= slow


@given(graphs, firm, st.integers(0, 6))
def test_impact_agrees(graph, failing, depth):
    far = slow_depths(graph, failing)
    touched = impact(graph, failing, depth)
    wanted = {
        (far[one.supplier] + 1, one)
        for one in graph.supplies
        if one.supplier in far and far[one.supplier] < depth
    }
    assert {(one.depth, one.supply) for one in touched} == wanted
    assert len(touched) == len(wanted)


@given(graphs, firm)
def test_alternatives_agree(graph, failing):
    for one in graph.supplies:
        found = alternatives(graph, one, [failing])
        rest = slow_able(graph, one.product) - {failing, one.buyer}
        now = {
            o.supplier for o in graph.supplies if (o.buyer, o.product) == (one.buyer, one.product)
        }
        assert set(found.delivering) == rest & now
        assert set(found.here) == {f for f in rest - now if graph.firms[f]}
        assert set(found.elsewhere) == {f for f in rest - now if not graph.firms[f]}


@given(graphs)
def test_circles_are_circles_and_none_is_missed(graph):
    pairs = {(one.supplier, one.buyer) for one in graph.supplies}
    found = cycles(graph)
    for circle in found:
        assert circle[0] == min(circle) and len(set(circle)) == len(circle)
        assert all(pair in pairs for pair in zip(circle, (*circle[1:], circle[0]), strict=True))
    knotted = slow_in_circles(graph)
    assert {firm for circle in found for firm in circle} <= knotted
    assert bool(found) == bool(knotted)
