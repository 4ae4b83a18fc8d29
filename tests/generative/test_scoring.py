"""Scores of generated cities: equal to a plain recomputation, whatever the order; better is never
worse; the scheme's own weighting gives the same order."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.plain_scores import rounded, totals
from luodi.kit.scoring.schemes import (
    Entrant,
    Extra,
    Figures,
    Indicator,
    Scheme,
    Tier,
    Veto,
    score,
)
from luodi.kit.scoring.schemes.costing import costs
from luodi.kit.scoring.schemes.weighing import FINE, Weighing

CATEGORIES = ("", "p")
numbers = st.builds(F, st.integers(-30, 60), st.sampled_from([1, 2, 10]))
maybe = st.one_of(st.none(), numbers)
figures = st.builds(Figures, maybe, maybe, maybe)


@st.composite
def indicators(draw, number: int):
    up = draw(st.booleans())
    method = draw(st.sampled_from(["completion", "growth", "efficacy", "rank", "bands"]))
    of = draw(st.sampled_from(["value", "growth", "completion"]))
    of = "value" if method in ("completion", "growth") else of
    ends = draw(st.booleans())
    reaches = sorted(draw(st.sets(st.integers(-20, 40), min_size=1, max_size=3)), reverse=up)
    shares = sorted(draw(st.lists(st.integers(0, 12), min_size=3, max_size=3)), reverse=True)
    asked = draw(st.sampled_from([("",), ("p",), CATEGORIES]))
    return Indicator(
        key=f"i{number}",
        group=draw(st.sampled_from(["a", "b"])),
        weights={c: F(draw(st.integers(0, 40)), draw(st.sampled_from([1, 3, 7]))) for c in asked},
        method=method,
        of=of,
        up=up,
        target=draw(st.sampled_from([None, F(10)])),
        full=draw(st.sampled_from([F(1), F(3, 20)])),
        best=(F(20) if up else F(-5)) if ends else None,
        worst=(F(-5) if up else F(20)) if ends else None,
        base=draw(st.sampled_from([F(0), F(2, 5)])),
        step=draw(st.sampled_from([None, F(1, 10)])),
        bands=tuple(zip(map(F, reaches), [F(s, 10) for s in shares], strict=False)),
        cap=draw(st.sampled_from([F(1), F(6, 5)])),
        floor=draw(st.sampled_from([F(0), F(1, 5)])),
        missing=draw(st.sampled_from(["zero", "exclude", "mean", "refuse"])),
        scale=1,
    )


@st.composite
def cities(draw):
    count = draw(st.integers(1, 5))
    scheme = Scheme(
        indicators=tuple(draw(indicators(n)) for n in range(count)),
        places=draw(st.integers(0, 3)),
        apart=draw(st.booleans()),
        additions=(Extra("more", F(1, 2), draw(st.sampled_from([None, F(1)]))),),
        deductions=(Extra("less", F(1)), Extra("lesser", F(1, 3), F(2, 3))),
        vetoes=(Veto("null", "zero"), Veto("out", "unranked"), Veto("low", "tier", "last")),
        most_added=draw(st.sampled_from([None, F(2)])),
        most_deducted=draw(st.sampled_from([None, F(3)])),
        tiers=(Tier("first", least=F(60)), Tier("second", places=F(1, 2)), Tier("last")),
    )
    entrants = {}
    for n in range(draw(st.integers(1, 6))):
        given_figures = {f"i{i}": draw(figures) for i in range(count) if draw(st.booleans())}
        counts = draw(
            st.dictionaries(
                st.sampled_from(["more", "less", "lesser", "null", "out", "low"]),
                st.integers(0, 4),
                max_size=2,
            )
        )
        entrants[f"z{n}"] = Entrant(draw(st.sampled_from(CATEGORIES)), given_figures, counts)
    return scheme, entrants  # fmt: skip


@given(cities())
def test_scores_equal_a_plain_recomputation(city):
    scheme, entrants = city
    plain = totals(scheme, entrants)
    for one in score(scheme, entrants).outcomes:
        assert one.exact == plain[one.unit]
        if one.exact is None:
            assert one.fault is not None and one.total is None and one.rank is None
        else:
            assert one.total == rounded(plain[one.unit], scheme.places)


@given(cities())
def test_a_place_counts_those_with_more(city):
    scheme, entrants = city
    outcomes = score(scheme, entrants).outcomes
    placed = [one for one in outcomes if one.rank is not None]
    for one in placed:
        rivals = [o for o in placed if not scheme.apart or o.category == one.category]
        assert one.rank == 1 + sum(other.total > one.total for other in rivals)
        if "low" in one.vetoes:
            assert one.tier == "last"
    for one in outcomes:
        if one.rank is None:
            assert one.fault is not None


@given(cities(), st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing(city, chance):
    scheme, entrants = city
    shuffled = list(entrants.items())
    chance.shuffle(shuffled)
    again = {
        unit: replace(one, figures=dict(sorted(one.figures.items(), reverse=True)))
        for unit, one in shuffled
    }
    assert score(scheme, again).outcomes == score(scheme, entrants).outcomes


@given(cities(), st.data())
def test_a_better_figure_never_lowers_a_score(city, data):
    scheme, entrants = city
    units = [
        u for u, e in entrants.items() if any(f.actual is not None for f in e.figures.values())
    ]
    if not units:
        return
    unit = data.draw(st.sampled_from(units))
    mine = entrants[unit].figures
    key = data.draw(st.sampled_from([k for k, f in mine.items() if f.actual is not None]))
    up = next(one.up for one in scheme.indicators if one.key == key)
    more = data.draw(st.integers(1, 80)) * (1 if up else -1)
    better = replace(mine[key], actual=mine[key].actual + more)
    changed = entrants | {unit: replace(entrants[unit], figures={**mine, key: better})}
    before, after = score(scheme, entrants).of(unit), score(scheme, changed).of(unit)
    assert (before.exact is None) == (after.exact is None)
    if before.exact is not None:
        assert after.exact >= before.exact


@given(cities())
def test_the_schemes_own_weights_give_the_schemes_own_order(city):
    scheme, entrants = city
    heavy = {c: sum((i.weights.get(c, F(0)) for i in scheme.indicators), F(0)) for c in CATEGORIES}
    if any(one.category in heavy and not heavy[one.category] for one in entrants.values()):
        return
    # A weighing spreads the weights to 100, as a scheme of a pack has them.
    scheme = replace(
        scheme,
        indicators=tuple(
            replace(
                i, weights={c: w * 100 / heavy[c] if heavy[c] else w for c, w in i.weights.items()}
            )
            for i in scheme.indicators
        ),
    )
    result = score(scheme, entrants)
    weighing = Weighing(result)
    found = weighing.totals([FINE] * len(scheme.indicators))
    for one in result.outcomes:
        if one.unit in found:
            edge = abs(one.exact * 10**scheme.places % 1 - F(1, 2)) < F(1, 10**6)
            assert edge or found[one.unit] == one.total


@given(cities())
@settings(max_examples=40)
def test_what_a_point_costs_earns_it_and_a_step_less_does_not(city):
    scheme, entrants = city
    result = score(scheme, entrants)
    for unit in entrants:
        for cost in costs(result, unit):
            if cost.actual is None:
                continue
            indicator = next(one for one in scheme.indicators if one.key == cost.key)
            step = F(1, 10) * (1 if indicator.up else -1)
            assert _points(scheme, entrants, unit, cost.key, cost.actual) >= (
                _points(scheme, entrants, unit, cost.key, None) + cost.gain
            )
            assert _points(scheme, entrants, unit, cost.key, cost.actual - step) < (
                _points(scheme, entrants, unit, cost.key, None) + cost.gain
            )


def _points(scheme, entrants, unit, key, actual):
    """The points of one indicator, with another actual figure where one is given."""
    figure = entrants[unit].figures[key]
    changed = replace(figure, actual=figure.actual if actual is None else actual)
    figures = {**entrants[unit].figures, key: changed}
    found = score(scheme, entrants | {unit: replace(entrants[unit], figures=figures)}).of(unit)
    return next(one.points for one in found.contributions if one.key == key)


def large(zones: int = 300, count: int = 60, seed: int = 1) -> tuple[Scheme, dict[str, Entrant]]:
    """A scheme of `count` indicators over `zones` zones, every method and rule in it."""
    chance = random.Random(seed)
    methods = ["completion", "growth", "efficacy", "rank", "bands"]
    rules = ["zero", "exclude", "mean"]
    made = []
    for n in range(count):
        up = n % 7 != 0
        bands = ((F(800), F(1)), (F(500), F(3, 5)), (F(100), F(3, 10)))
        made.append(
            Indicator(
                f"i{n}", f"g{n // 12}", {"": F(100, count)}, methods[n % 5], up=up,
                full=F(3, 20), cap=F(6, 5) if n % 5 == 0 else F(1), missing=rules[n % 3],
                bands=bands if up else tuple(zip((F(100), F(500), F(800)), (F(1), F(3, 5), F(3, 10)), strict=True)),
            )
        )  # fmt: skip
    scheme = Scheme(tuple(made), tiers=(Tier("first", places=F(1, 4)), Tier("rest")))
    return scheme, {
        f"z{z:03}": Entrant(
            "",
            {
                f"i{n}": Figures(*(F(chance.randint(1, 10**5), 100) for _ in range(3)))
                for n in range(count)
                if chance.random() > 0.03
            },
        )
        for z in range(zones)
    }


def test_sixty_zones_equal_the_plain_recomputation():
    scheme, entrants = large(zones=60)
    plain = totals(scheme, entrants)
    assert {one.unit: one.exact for one in score(scheme, entrants).outcomes} == plain


@pytest.mark.slow
def test_the_full_size_equals_the_plain_recomputation():
    scheme, entrants = large()
    plain = totals(scheme, entrants)
    assert {one.unit: one.exact for one in score(scheme, entrants).outcomes} == plain
