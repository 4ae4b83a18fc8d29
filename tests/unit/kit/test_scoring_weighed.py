"""What a point costs, and whether the order holds when weights move, by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

from luodi.kit.scoring.schemes import Entrant, Figures, Indicator, Scheme, Veto, score
from luodi.kit.scoring.schemes.costing import costs
from luodi.kit.scoring.schemes.weighing import FINE, Places, Weighing, factors, steadiness, tally

ALL = {"": F(100)}


def one(method, /, **given) -> Indicator:
    return Indicator(**({"key": "x", "group": "g", "weights": ALL, "method": method} | given))


def figures(actual=None, base=None, target=None) -> Figures:
    return Figures(*(None if n is None else F(str(n)) for n in (actual, base, target)))


def three(missing="exclude"):
    """Two indicators in one group, one in another: 30, 10 and 60 points."""
    return Scheme(
        tuple(
            Indicator(key, group, {"": F(w)}, "completion", target=F(10), missing=missing)
            for key, group, w in (("p", "a", 30), ("q", "a", 10), ("r", "b", 60))
        )
    )


def test_a_point_costs_the_nearest_figure_that_earns_it():
    found = {
        method: costs(score(Scheme((ind,)), entrants), "a", F(10))[0]
        for method, ind, entrants in (
            ("completion", one("completion", target=F(50)), {"a": 40}),
            ("down", one("completion", up=False, target=F(50)), {"a": 60}),
            ("rank", one("rank"), {"a": 1, "b": 4, "c": 9}),
            ("band", one("bands", bands=((F(9), F(1)), (F(5), F(1, 2)))), {"a": 1}),
            ("top", one("completion", target=F(50)), {"a": 70}),
            ("near", one("completion", target=F(50)), {"a": 48}),
            ("none", one("completion", target=F(50)), {"a": None}),
            ("free", one("completion", target=F(50), weights={"": F(0)}), {"a": 1}),
        )
        for entrants in [{u: Entrant(figures={"x": figures(n)}) for u, n in entrants.items()}]
    }
    assert (found["completion"].actual, found["completion"].change) == (45, 5)
    assert (found["down"].actual, found["down"].change) == (55, -5)
    assert found["rank"].actual == 4
    assert found["band"].actual == 5
    assert found["top"].fault.code == "scoring.at_best"
    assert (found["near"].fault.code, found["near"].left) == ("scoring.out_of_reach", 4)
    assert found["none"].fault.code == "scoring.no_actual"
    assert (found["free"].fault, found["free"].left) == (None, 0)


def city():
    """Three zones: b leads on the heavier indicator, a on the lighter one."""
    scheme = replace(three(), vetoes=(Veto("null", "zero"), Veto("out", "unranked")))
    given = {"a": (10, 10, 5), "b": (5, 5, 8), "c": (1, 1, 1), "d": (None, 9, 9)}
    entrants = {
        unit: Entrant(figures=dict(zip("pqr", map(figures, row), strict=True)))
        for unit, row in given.items()
    }
    nulled = replace(entrants["c"], counts={"null": 1})
    out = replace(entrants["c"], counts={"out": 1})
    return score(scheme, entrants | {"e": nulled, "f": out})


def test_the_order_is_counted_over_many_weightings():
    result = city()
    weighing = Weighing(result)
    assert weighing.ranks([FINE] * 3) == {"d": 1, "a": 2, "b": 3, "c": 4}
    assert weighing.totals([FINE] * 3) == {o.unit: o.total for o in result.outcomes if o.unit < "e"}
    places = Places()
    assert places.share("a", 1) == 0
    assert steadiness(places, {"a": 1}) == 0
    steps = list(tally(weighing, factors(7, 50, 3, F(1, 10)), places))
    assert (len(steps), places.tried) == (50, 50)
    assert sum(places.share("a", place) for place in (1, 2, 3, 4)) == 1
    assert steadiness(places, {"c": 4}) == 1
    again = Places()
    list(tally(weighing, factors(7, 50, 3, F(1, 10)), again))
    assert again == places


def test_a_weighting_that_takes_a_group_away_spreads_it():
    weighing = Weighing(city())
    assert weighing.totals([FINE, 0, FINE])["d"] == 9000
    assert weighing.totals([FINE, FINE, 0])["a"] == 10000
