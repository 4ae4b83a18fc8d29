"""The result of a term from its years, and who comes under which reward."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from luodi.assessment.rules.procedures import Standing, due_rewards
from luodi.assessment.rules.terms import TermResult, term_result, weights_for, years_of
from luodi.packs.schemas import AppraisalRule, RewardRule, TermRule

HEAD = {
    "owner": {"body": "leading_group", "name": "示例领导小组"},
    "kind": "example",
    "source": "示例",
    "title": "示例",
    "title_en": "Example",
}
MEAN = TermRule(key="mean", **HEAD)
LATE = TermRule(key="late", how="weighted", weights=(1, 2, 3), **HEAD)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2021, 7, 1), date(2026, 6, 30), (2021, 2022, 2023, 2024, 2025)),
        (date(2021, 7, 2), date(2026, 7, 2), (2022, 2023, 2024, 2025)),
        (date(2021, 7, 2), date(2026, 7, 3), (2022, 2023, 2024, 2025, 2026)),
        (date(2023, 1, 1), date(2023, 12, 31), (2023,)),
        (date(2023, 10, 1), date(2024, 3, 31), ()),
    ],
)
def test_a_year_counts_where_the_term_covers_the_greater_part(first, last, years):
    assert years_of(first, last) == years


def test_the_mean_is_exact_and_rounded_once():
    scores = {2021: Fraction(8005, 100), 2022: Fraction(8000, 100)}
    found = term_result(MEAN, (2021, 2022), scores)
    assert isinstance(found, TermResult) and (found.amount, found.scale) == (8003, 2)


def test_a_year_without_a_result_is_left_out_with_its_weight_and_isn_t_zero():
    found = term_result(LATE, (2021, 2022, 2023), {2021: Fraction(60), 2023: Fraction(80)})
    assert isinstance(found, TermResult) and found.amount == 7500
    assert [year.score for year in found.years] == [60, None, 80]


def test_too_few_years_say_so():
    found = term_result(MEAN, (2021, 2022), {2022: Fraction(80)})
    assert not found and found.code == "term.too_few" and "1年" in found.zh
    assert not term_result(MEAN, (), {})


def test_weights_belong_to_the_last_years():
    assert weights_for(LATE, (2020, 2021, 2022, 2023, 2024)) == [1, 1, 1, 2, 3]
    assert weights_for(LATE, (2023, 2024)) == [2, 3]
    assert weights_for(LATE, ()) == []


@given(
    st.lists(st.integers(0, 12000), min_size=2, max_size=8), st.integers(0, 7), st.integers(1, 500)
)
def test_a_better_year_never_lowers_the_result(scores, place, more):
    years = tuple(range(2000, 2000 + len(scores)))
    told = {y: Fraction(s, 100) for y, s in zip(years, scores, strict=True)}
    better = dict(told)
    better[years[place % len(years)]] += Fraction(more, 100)
    for rule in (MEAN, LATE):
        one, two = term_result(rule, years, told), term_result(rule, years, better)
        assert one.amount <= two.amount
        shuffled = dict(sorted(told.items(), reverse=True))
        assert term_result(rule, years, shuffled) == one


def reward(key, **more):
    return RewardRule(key=key, effect="reward", **HEAD, **more)


def test_rewards_go_by_tier_and_place_and_an_amount_stands_only_where_given():
    rules = [
        reward("a", tiers=("first",)),
        reward("b", first=1, last=2, amount="50.5", measured_in="万元"),
    ]
    rows = [Standing("x", "second", 2), Standing("y", "first", 1), Standing("z", "first", None)]
    found = [(s.unit, r.key, r.amount) for s, r in due_rewards(rules, rows)]
    assert [(u, k) for u, k, _a in found] == [("y", "a"), ("y", "b"), ("x", "b"), ("z", "a")]
    assert found[0][2] is None


@pytest.mark.parametrize(
    "more",
    [{}, {"first": 3, "last": 2}, {"last": 2}, {"tiers": ("a",), "amount": "5"},
     {"tiers": ("a",), "measured_in": "万元"}],
)  # fmt: skip
def test_a_reward_rule_that_says_too_little_is_refused(more):
    with pytest.raises(ValidationError):
        reward("x", **more)


def test_a_term_rule_has_weights_exactly_where_it_weighs():
    for more in ({"how": "weighted"}, {"weights": (1,)}, {"how": "weighted", "weights": (0, 1)}):
        with pytest.raises(ValidationError):
            TermRule(key="x", **HEAD, **more)
    assert AppraisalRule(key="x", **HEAD).decides == ("leading_group",)
