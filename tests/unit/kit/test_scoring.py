"""Scores: each method and rule by hand, and how it is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest

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
from luodi.kit.scoring.schemes.saying import digits, says, says_extra
from luodi.kit.scoring.schemes.weighing import FINE, Weighing

ALL = {"": F(100)}


def one(method, /, **given) -> Indicator:
    return Indicator(**({"key": "x", "group": "g", "weights": ALL, "method": method} | given))


def figures(actual=None, base=None, target=None) -> Figures:
    return Figures(*(None if n is None else F(str(n)) for n in (actual, base, target)))


def run(indicator, *given, **scheme):
    """The outcomes of a, b, c… with these figures, by key."""
    entrants = {
        unit: Entrant(figures={"x": figures(*(f if isinstance(f, tuple) else (f,)))})
        for unit, f in zip("abcdef", given, strict=False)
    }
    result = score(Scheme((indicator,), **scheme), entrants)
    return {o.unit: o for o in result.outcomes}


def totals(indicator, *given, **scheme):
    return {unit: o.total for unit, o in run(indicator, *given, **scheme).items()}


@pytest.mark.parametrize(
    ("indicator", "given", "expected"),
    [
        (one("completion"), [(104, None, 100), (50, None, 100)], [10000, 5000]),
        (one("completion", cap=F(6, 5)), [(104.6, None, 100)], [10460]),
        (one("completion", target=F(80)), [(40,), (40, None, 40)], [5000, 10000]),
        (one("completion", up=False), [(50, None, 100), (130, None, 100)], [10000, 7000]),
        (one("completion", up=False), [(-5, None, 10), (300, None, 100)], [10000, 0]),
        (one("growth", full=F(1, 10)), [(105, 100), (120, 100), (90, 100)], [5000, 10000, 0]),
        (one("growth", up=False, full=F(1, 10)), [(95, 100), (105, 100)], [5000, 0]),
        (one("efficacy"), [1, 2, 3], [0, 5000, 10000]),
        (one("efficacy", up=False), [1, 2, 3], [10000, 5000, 0]),
        (one("efficacy", base=F(2, 5)), [1, 2, 3], [4000, 7000, 10000]),
        (one("efficacy", best=F(10), worst=F(0)), [5], [5000]),
        (one("efficacy"), [7, 7], [10000, 10000]),
        (one("efficacy", of="growth"), [(110, 100), (100, 100)], [10000, 0]),
        (one("efficacy", of="completion"), [(110, 0, 100), (100, 0, 100)], [10000, 0]),
        (one("rank"), [9, 7, 7, 1], [10000, 7500, 7500, 2500]),
        (one("rank", up=False, step=F(1, 10)), [9, 7, 7, 1], [7000, 9000, 9000, 10000]),
        (one("bands", bands=((F(9), F(1)), (F(5), F(1, 2)))), [9, 8, 1], [10000, 5000, 0]),
        (one("bands", up=False, bands=((F(5), F(1)),)), [5, 6], [10000, 0]),
        (one("rank", floor=F(1, 2)), [3, 2, 1], [10000, 6667, 5000]),
    ],
)  # fmt: skip
def test_each_method_by_hand(indicator, given, expected):
    assert list(totals(indicator, *given).values()) == sorted(expected, reverse=True) or (
        totals(indicator, *given) == dict(zip("abcdef", expected, strict=False))
    )
    assert totals(indicator, *given) == dict(zip("abcdef", expected, strict=False))


@pytest.mark.parametrize(
    ("indicator", "given", "code"),
    [
        (one("efficacy"), [(None,), (1,), (2,)], "scoring.no_actual"),
        (one("growth"), [(1, None)], "scoring.no_base"),
        (one("growth"), [(1, 0)], "scoring.zero_base"),
        (one("growth"), [(1, -2)], "scoring.negative_base"),
        (one("completion"), [(1,)], "scoring.no_target"),
        (one("completion"), [(1, None, 0)], "scoring.zero_target"),
        (one("completion"), [(1, None, -3)], "scoring.negative_target"),
        (one("efficacy"), [(1,), (None,)], "scoring.alone"),
        (one("rank"), [(1,), (None,)], "scoring.alone"),
    ],
)
def test_what_cant_be_computed_says_why(indicator, given, code):
    found = run(indicator, *given)["a"]
    assert (found.total, found.rank, found.fault.code) == (None, None, code)
    for lang in ("zh", "en"):
        assert found.fault.says(lang) in says(found.contributions[0], lang)


def test_zero_is_not_missing():
    assert totals(one("efficacy"), 0, 5, None) == {"a": 0, "b": 10000, "c": None}


@pytest.mark.parametrize(
    ("rule", "expected", "said"),
    [
        ("zero", 0, "按 0 计"),
        ("mean", 5000, "平均得分率"),
        ("refuse", None, "总分不可计算"),
        ("exclude", None, "不计此项"),
    ],
)
def test_the_rule_for_missing_figures_is_the_schemes(rule, expected, said):
    found = run(one("efficacy", missing=rule), 1, 3, None)["c"]
    assert found.total == expected
    assert said in says(found.contributions[0])
    assert says(found.contributions[0], "en")


def test_nobody_to_take_the_mean_of_is_no_mean():
    assert run(one("efficacy", missing="mean"), None, None)["a"].fault.code == "scoring.no_actual"


def three(missing="exclude"):
    """Two indicators in one group, one in another: 30, 10 and 60 points."""
    return Scheme(
        tuple(
            Indicator(key, group, {"": F(w)}, "completion", target=F(10), missing=missing)
            for key, group, w in (("p", "a", 30), ("q", "a", 10), ("r", "b", 60))
        )
    )


def outcome(scheme, counts=None, **actuals):
    given = {key: figures(actual) for key, actual in actuals.items()}
    return score(scheme, {"u": Entrant(figures=given, counts=counts or {})}).of("u")


def test_the_weight_of_what_is_left_out_goes_to_its_group_then_to_the_others():
    assert outcome(three(), p=5, q=10, r=10).exact == 85
    found = outcome(three(), q=5, r=10)
    assert found.exact == 40 * F(1, 2) + 60
    assert [c.counted for c in found.contributions] == [30, 40, 60]
    assert outcome(three(), p=5).exact == 50
    assert [c.counted for c in outcome(three(), p=5).contributions] == [100, 10, 60]
    assert outcome(three()).fault.code == "scoring.nothing"
    weightless = replace(three().indicators[2], weights={"": F(0)})
    scheme = replace(three(), indicators=(*three().indicators[:2], weightless))
    assert outcome(scheme, r=10).fault.code == "scoring.nothing"
    assert outcome(scheme, p=5, r=10).exact == 20


def test_a_category_is_asked_for_its_own_indicators_only():
    common = one("completion", target=F(10), weights={"core": F(60), "partner": F(60)})
    own = one("completion", key="y", target=F(10), weights={"core": F(40)})
    other = one("completion", key="z", target=F(10), weights={"partner": F(40)})
    ten = {key: figures(10) for key in "xyz"}
    result = score(
        Scheme((common, own, other)), {"a": Entrant("core", ten), "b": Entrant("partner", ten)}
    )
    assert [c.key for c in result.of("a").contributions] == ["x", "y"]
    assert [c.key for c in result.of("b").contributions] == ["x", "z"]
    assert {o.total for o in result.outcomes} == {10000}


def test_apart_each_category_is_compared_for_itself():
    both = one("efficacy", weights={"p": F(100), "q": F(100)})
    entrants = {
        unit: Entrant(category, {"x": figures(n)})
        for unit, category, n in (("a", "p", 1), ("b", "p", 2), ("c", "q", 9), ("d", "q", 5))
    }
    together = score(Scheme((both,)), entrants)
    assert {o.unit: o.rank for o in together.outcomes} == {"c": 1, "d": 2, "b": 3, "a": 4}
    apart = score(Scheme((both,), apart=True), entrants)
    assert {o.unit: (o.rank, o.total) for o in apart.outcomes} == {
        "b": (1, 10000), "c": (1, 10000), "a": (2, 0), "d": (2, 0),
    }  # fmt: skip
    assert costs(apart, "a")[0].actual == 2  # until then it stays the worst of its two
    weighing = Weighing(apart)
    assert weighing.ranks([FINE]) == {"a": 2, "b": 1, "c": 1, "d": 2}


EXTRAS = {
    "additions": (Extra("platform", F(1), F(2)), Extra("pioneer", F(1, 2))),
    "deductions": (Extra("letters", F(1, 2), F(2)), Extra("talks", F(1))),
    "most_added": F(5, 2),
    "most_deducted": F(3),
    "vetoes": (Veto("null", "zero"), Veto("out", "unranked"), Veto("low", "tier", "third")),
    "tiers": (Tier("first", least=F(85)), Tier("second", least=F(70)), Tier("third")),
}


@pytest.mark.parametrize(
    ("counts", "exact"),
    [
        ({}, 80),
        ({"platform": 1}, 81),
        ({"platform": 5}, 82),
        ({"platform": 5, "pioneer": 4}, F(165, 2)),
        ({"letters": 3}, F(157, 2)),
        ({"letters": 9, "talks": 4}, 77),
        ({"null": 1, "platform": 2}, 0),
    ],
)
def test_additions_and_deductions_within_their_bounds(counts, exact):
    scheme = replace(three(), **EXTRAS)
    assert outcome(scheme, counts, p=8, q=8, r=8).exact == exact


def test_a_total_never_falls_below_zero_and_no_bound_is_no_bound():
    scheme = replace(three(), **(EXTRAS | {"most_deducted": None, "most_added": None}))
    assert outcome(scheme, {"talks": 99}, p=1, q=1, r=1).exact == 0
    assert outcome(scheme, {"pioneer": 9}, p=1, q=1, r=1).exact == F(29, 2)
    with pytest.raises(ValueError, match="negative"):
        outcome(scheme, {"talks": -1}, p=1)


def test_a_veto_costs_the_tier_or_the_place():
    scheme = replace(three(), **EXTRAS)
    full = {"p": 10, "q": 10, "r": 10}
    assert outcome(scheme, **full).tier == "first"
    low = outcome(scheme, {"low": 1}, **full)
    assert (low.rank, low.tier, low.vetoes) == (1, "third", ("low",))
    out = outcome(scheme, {"out": 1}, **full)
    assert (out.total, out.rank, out.tier) == (10000, None, "")
    assert out.fault.code == "scoring.unranked"


def test_tiers_by_place_take_in_all_who_share_it():
    tiers = (Tier("first", places=F(2, 5)), Tier("second", places=F(4, 5)))
    found = run(one("efficacy"), 9, 8, 8, 2, 1, tiers=tiers)
    assert [found[u].tier for u in "abcde"] == ["first", "first", "first", "second", ""]
    assert [found[u].rank for u in "abcde"] == [1, 2, 2, 4, 5]


def test_equal_rounded_totals_share_a_place():
    found = run(one("completion", target=F(300000)), 200000, 200001, places=0)
    assert (found["a"].rank, found["b"].rank) == (1, 1)
    assert found["a"].exact != found["b"].exact


def test_a_total_too_large_is_refused():
    found = run(one("completion", target=F(1), cap=F(10**18)), 10**18)["a"]
    assert found.fault.code == "quantity.overflow"


def test_who_was_not_scored_is_a_key_error():
    with pytest.raises(KeyError):
        score(three(), {}).of("nobody")
    nothing = score(Scheme(()), {"u": Entrant()}).of("u")
    assert nothing.fault.code == "scoring.nothing"


@pytest.mark.parametrize(
    ("indicator", "given", "zh", "en"),
    [
        (
            one("completion", cap=F(6, 5)), [(130, None, 100)],
            "完成率 = 130 ÷ 100 = 130%；封顶 120%；得分 = 120% × 100 = 120",
            "completion = 130 ÷ 100 = 130%; capped at 120%; points = 120% × 100 = 120",
        ),
        (
            one("completion", up=False, target=F(3)), [(4,)],
            "完成率 = 2 − 4 ÷ 3 ≈ 66.67%；得分 ≈ 66.67% × 100 ≈ 66.67",
            "completion = 2 − 4 ÷ 3 ≈ 66.67%; points ≈ 66.67% × 100 ≈ 66.67",
        ),
        (
            one("growth", full=F(1, 10)), [(95, 100)],
            "增幅 =（95 − 100）÷ 100 = −5%；得分率 = 增幅 ÷ 满分增幅 = −5% ÷ 10% = −50%，保底 0%；得分 = 0% × 100 = 0",
            "growth = (95 − 100) ÷ 100 = −5%; share = −5% ÷ 10% = −50%, not below 0%; points = 0% × 100 = 0",
        ),
        (
            one("growth", up=False, full=F(1, 10)), [(95, 100)],
            "增幅 =（95 − 100）÷ 100 = −5%；得分率 = 增幅 ÷ 满分增幅 = −(−5%) ÷ 10% = 50%；得分 = 50% × 100 = 50",
            "growth = (95 − 100) ÷ 100 = −5%; share = −(−5%) ÷ 10% = 50%; points = 50% × 100 = 50",
        ),
        (
            one("efficacy", base=F(2, 5)), [2, 1, 3],
            "得分率（功效系数）= 40% + (2 − 1) ÷ (3 − 1) × 60% = 70%；得分 = 70% × 100 = 70",
            "share (efficacy) = 40% + (2 − 1) ÷ (3 − 1) × 60% = 70%; points = 70% × 100 = 70",
        ),
        (
            one("efficacy", of="growth", best=F(1, 5), worst=F(0)), [(110, 100)],
            "增幅 =（110 − 100）÷ 100 = 10%；得分率（功效系数）= (10% − 0%) ÷ (20% − 0%) = 50%；得分 = 50% × 100 = 50",
            "growth = (110 − 100) ÷ 100 = 10%; share (efficacy) = (10% − 0%) ÷ (20% − 0%) = 50%; points = 50% × 100 = 50",
        ),
        (
            one("efficacy"), [5, 5],
            "各单位相同，得全部权重；得分 = 100% × 100 = 100",
            "all are equal: the whole share; points = 100% × 100 = 100",
        ),
        (
            one("rank"), [2, 1],
            "2 个单位中第 1，得分率 = (2 − 1 + 1) ÷ 2 = 100%；得分 = 100% × 100 = 100",
            "place 1 of 2: share = (2 − 1 + 1) ÷ 2 = 100%; points = 100% × 100 = 100",
        ),
        (
            one("rank", step=F(1, 20)), [1, 2],
            "2 个单位中第 2，得分率 = 1 − (2 − 1) × 5% = 95%；得分 = 95% × 100 = 95",
            "place 2 of 2: share = 1 − (2 − 1) × 5% = 95%; points = 95% × 100 = 95",
        ),
        (
            one("bands", bands=((F(9), F(1)), (F(5), F(1, 2)))), [6],
            "6 ≥ 5，得分率 50%；得分 = 50% × 100 = 50",
            "6 ≥ 5: share 50%; points = 50% × 100 = 50",
        ),
        (
            one("bands", up=False, bands=((F(5), F(1)),)), [6],
            "6 未达到任何一档，得分率 0%；得分 = 0% × 100 = 0",
            "6 reaches no band: share 0%; points = 0% × 100 = 0",
        ),
        (
            one("bands", up=False, bands=((F(5), F(1)),)), [5],
            "5 ≤ 5，得分率 100%；得分 = 100% × 100 = 100",
            "5 ≤ 5: share 100%; points = 100% × 100 = 100",
        ),
    ],
)  # fmt: skip
def test_a_contribution_says_its_formula(indicator, given, zh, en):
    found = run(indicator, *given)["a"].contributions[0]
    assert (says(found), says(found, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("counts", "zh", "en"),
    [
        ({}, "没有登记", "none recorded"),
        ({"platform": 2}, "2 × 1 = 2", "2 × 1 = 2"),
        ({"platform": 3}, "3 × 1，封顶 2 = 2", "3 × 1, at most 2 = 2"),
    ],
)
def test_an_addition_says_how_it_came_about(counts, zh, en):
    extra = outcome(replace(three(), **EXTRAS), counts, p=1).extras[0]
    assert (says_extra(extra), says_extra(extra, "en")) == (zh, en)
    taken = outcome(replace(three(), **EXTRAS), {"talks": 2}, p=1).extras[3]
    assert says_extra(taken) == "2 × 1 = −2"


@pytest.mark.parametrize(
    ("number", "places", "said"),
    [
        (F(5), 2, "5"),
        (F(5, 2), 2, "2.5"),
        (F(1, 3), 2, "≈0.33"),
        (F(-1, 4), 2, "\u22120.25"),
        (F(10**30), 2, "1" + "0" * 30),
    ],
)
def test_digits_are_exact_or_say_that_they_are_not(number, places, said):
    assert digits(number, places) == said
