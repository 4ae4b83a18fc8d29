"""Per-mu grading: the published formula to the last digit, and every declared answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from factories.gradings import generated, rule_of, written_rules
from luodi.kit.scoring import (
    Band,
    Fault,
    Firm,
    Formula,
    Scheme,
    Term,
    explain,
    faults_of,
    grade,
    half_up,
    next_grade,
    plain_grade,
    reach,
)
from luodi.packs.schemas import GradingRule

ABOVE = ("land", "tax", "value-added", "energy", "emission", "workers", "rd", "revenue")
BY_HAND = [
    # land, tax, value added, energy, emission, workers, R&D, revenue: what paper and pencil gave
    ("一", ("30", "722.91", "4084.8", "1516.26", "0.8286", "225", "123.36", "4084.8"), "100.01"),
    ("二", ("45.5", "1200", "6500", "1800", "2.5", "310", "95.4", "5200"), "103.53"),
    ("三", ("12", "80.25", "900.5", "640.3", "", "88", "20", "3100"), "57.57"),
    (
        "四",
        ("88.8", "3150.45", "15000.01", "4200.7", "1.1112", "702", "610.2", "20150.5"),
        "137.30",
    ),
    ("五", ("20", "-35.6", "410", "150", "0.09", "41", "12.3", "980"), "42.21"),
    ("六", ("60", "1445.82", "8169.6", "3032.517", "0", "450", "246.4", "8159"), "110.01"),
    ("七", ("7.5", "900", "5000", "100", "0.05", "20", "900", "4000"), "200.00"),
]
BELOW_BY_HAND = [
    # land, tax, electricity
    ("八", ("10", "115.932", "24.6454"), "150.00"),
    ("九", ("6.6", "77.7", "200.5"), "133.16"),
    ("十", ("3", "-1", "5"), "0.00"),
]


def amount(text):
    return Decimal(text).as_integer_ratio()


def ten_firms():
    firms = [
        Firm(n, "above_scale", {k: amount(v) for k, v in zip(ABOVE, row, strict=True) if v})
        for n, row, _score in BY_HAND
    ]
    names = ("land", "tax", "electricity")
    return firms + [
        Firm(n, "below_scale", {k: amount(v) for k, v in zip(names, row, strict=True)})
        for n, row, _score in BELOW_BY_HAND
    ]


def test_the_published_formula_gives_ten_firms_their_scores_to_the_last_digit():
    scored = {one.key: one.score for one in grade(rule_of().scheme(), ten_firms()).firms}
    expected = {n: int(Decimal(s) * 100) for n, _row, s in [*BY_HAND, *BELOW_BY_HAND]}
    assert scored == expected


def test_a_missing_emission_takes_the_rounded_mean_of_the_others_ratios():
    result = grade(rule_of().scheme(), ten_firms())
    assert result.means == {("above_scale", "value-added-per-emission"): 25116_8491}


def test_the_bases_and_points_are_those_of_the_published_text():
    written = written_rules()["huangyan"]["formulas"]
    said = {f["group"]: [(str(t["base"]), t["points"]) for t in f["terms"]] for f in written}
    assert said["above_scale"] == [
        ("24.097", 30), ("136.16", 20), ("2.694", 20), ("4929.81", 10), ("18.14", 10), ("0.0302", 10)
    ]  # fmt: skip
    assert said["below_scale"] == [("11.5932", 50), ("0.2352", 50)]


def test_the_example_has_its_weights_and_bands():
    rule = rule_of("example-45-20-15-15-5")
    assert [int(t.points) for t in rule.formulas[0].terms] == [45, 20, 15, 15, 5]
    assert [(b.grade, int(b.up_to)) for b in rule.bands] == [
        ("A", 25), ("B", 70), ("C", 95), ("D", 100)
    ]  # fmt: skip
    assert rule.kind == "example" and not rule.confirmed


def plain(**given):
    """One term over land, no cap, four bands."""
    term = Term("t", "tax", "land", Fraction(100), Fraction(1), **given)
    bands = (Band("A", Fraction(1, 4)), Band("B", Fraction(7, 10)),
             Band("C", Fraction(19, 20)), Band("D", Fraction(1)))  # fmt: skip
    return Scheme((Formula("g", (term,), ("land",)),), bands)


def firms_with(taxes, **given):
    return [Firm(f"f{n}", "g", {"tax": (t, 1), "land": (1, 1)}, **given)
            for n, t in enumerate(taxes)]  # fmt: skip


def grades(scheme, taxes):
    found = {one.key: one.grade for one in grade(scheme, firms_with(taxes)).firms}
    return "".join(found[f"f{n}"] for n in range(len(taxes)))


def test_equal_scores_share_rank_and_take_the_declared_grade():
    scheme = plain()
    taxes = [9, 8, 8, 7, 6, 5, 4, 3]
    assert grades(scheme, taxes) == "AAABBBCC"
    assert grades(replace(scheme, ties="worse"), taxes) == "ABBBBBCC"
    ranks = {one.key: one.rank for one in grade(scheme, firms_with(taxes)).firms}
    assert [ranks[f"f{n}"] for n in range(4)] == [1, 2, 2, 4]


def test_everybody_equal_is_one_grade():
    assert grades(plain(), [5] * 8) == "A" * 8
    assert grades(replace(plain(), ties="worse", cut="floor"), [5] * 8) == "D" * 8


@pytest.mark.parametrize(
    ("cut", "reaches"),
    [("floor", (1, 4, 5, 6)), ("half_up", (2, 4, 6, 6)), ("ceiling", (2, 5, 6, 6))],
)
def test_a_share_becomes_a_number_as_declared(cut, reaches):
    assert reach(replace(plain(), cut=cut), 6) == reaches


def test_the_last_band_takes_whoever_is_left_and_a_single_firm_has_a_grade():
    assert grades(replace(plain(), cut="floor"), [3]) == "D"
    assert grade(plain(), []).firms == ()


@pytest.mark.parametrize(
    ("above", "below", "said"), [(1, 8, 13), (-1, 8, -13), (5, 1000, 1), (0, 3, 0)]
)
def test_halves_go_away_from_zero(above, below, said):
    assert half_up(above, below, 2) == said


@pytest.mark.parametrize(
    ("given", "figures", "points"),
    [
        ({"cap": Fraction(2)}, {"tax": (500, 1), "land": (1, 1)}, 200),
        ({}, {"tax": (-5, 1), "land": (1, 1)}, 0),
        ({"floor": None}, {"tax": (-5, 1), "land": (1, 1)}, -500),
        ({"floor": Fraction(1, 2)}, {"tax": (0, 1), "land": (1, 1)}, 50),
        ({"missing": "zero"}, {"land": (1, 1)}, 0),
        ({"missing": "mean"}, {"land": (1, 1)}, 300),
    ],
)
def test_caps_floors_and_missing_figures_have_declared_answers(given, figures, points):
    others = [Firm("a", "g", {"tax": (2, 1), "land": (1, 1)}),
              Firm("b", "g", {"tax": (4, 1), "land": (1, 1)})]  # fmt: skip
    result = grade(plain(**given), [*others, Firm("x", "g", figures)])
    one = next(one for one in result.firms if one.key == "x")
    assert one.score == points * 100


@pytest.mark.parametrize(
    ("zero", "tax", "points"),
    [
        ("zero", 5, 0),
        ("cap", 5, 150),
        ("cap", 0, 0),
        ("cap", -1, 0),
        ("points", 5, 100),
        ("mean", 5, 20),
    ],
)
def test_a_denominator_of_zero_has_a_declared_answer(zero, tax, points):
    term = Term("t", "tax", "energy", Fraction(100), Fraction(10), Fraction(3, 2), zero=zero)
    scheme = replace(plain(), formulas=(Formula("g", (term,)),))
    firms = [Firm("x", "g", {"tax": (tax, 1), "energy": (0, 1)}),
             Firm("y", "g", {"tax": (2, 1), "energy": (1, 1)})]  # fmt: skip
    found = {one.key: one.score for one in grade(scheme, firms).firms}
    assert found["x"] == points * 100
    assert grade(scheme, firms) == plain_grade(scheme, firms)


def test_a_firm_that_cant_be_graded_says_why_and_is_never_dropped():
    rule = rule_of().scheme()
    whole = dict(ten_firms()[0].figures)
    firms = [
        Firm("no land", "above_scale", {k: v for k, v in whole.items() if k != "land"}),
        Firm("zero land", "above_scale", whole | {"land": (0, 1)}),
        Firm("minus", "above_scale", whole | {"energy": (-1, 1)}),
        Firm("exempt", "above_scale", whole, exempt="public"),
        Firm("odd", "village", whole),
        Firm("bare", "below_scale", {"land": (1, 1)}),
    ]
    found = {one.key: one.faults for one in grade(rule, firms).firms}
    assert found == {
        "no land": (Fault("missing", "land"),),
        "zero land": (Fault("not_positive", "land"),),
        "minus": (Fault("negative", "energy"),),
        "exempt": (Fault("exempt", "public"),),
        "odd": (Fault("no_formula", "village"),),
        "bare": (Fault("missing", "tax"), Fault("missing", "electricity")),
    }


def test_without_a_mean_to_take_a_firm_isnt_graded():
    firm = ten_firms()[2]
    [one] = grade(rule_of().scheme(), [firm]).firms
    assert one.faults == (Fault("no_mean", "value-added-per-emission"),)
    assert grade(rule_of().scheme(), [firm]) == plain_grade(rule_of().scheme(), [firm])


def test_a_mean_that_isnt_above_zero_is_no_base():
    scheme = replace(
        plain(), formulas=(Formula("g", (Term("t", "tax", "land", Fraction(9), None),), ("land",)),)
    )
    result = grade(scheme, firms_with([-3, 1]))
    assert all(one.faults == (Fault("no_mean", "t"),) for one in result.firms)
    assert result == plain_grade(scheme, firms_with([-3, 1]))


def test_a_new_firm_is_kept_up_and_its_own_grade_told():
    scheme = replace(plain(), lowest="C")
    firms = firms_with([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
    firms[-1] = replace(firms[-1], protected=True)
    firms[0] = replace(firms[0], protected=True)
    found = {one.key: one for one in grade(scheme, firms).firms}
    assert (found["f11"].grade, found["f11"].before) == ("C", "D")
    assert found["f0"].grade == "A"
    assert found["f10"].grade == found["f10"].before == "C"


def test_groups_are_ranked_apart_or_together_as_declared():
    term = plain().formulas[0].terms
    two = (Formula("g", term, ("land",)), Formula("h", term, ("land",)))
    firms = [*firms_with([4, 2]), Firm("h", "h", {"tax": (3, 1), "land": (1, 1)})]
    apart = {one.key: one.rank for one in grade(replace(plain(), formulas=two), firms).firms}
    joined = replace(plain(), formulas=two, together=True)
    together = {one.key: one.rank for one in grade(joined, firms).firms}
    assert apart == {"f0": 1, "f1": 2, "h": 1}
    assert together == {"f0": 1, "h": 2, "f1": 3}
    assert grade(joined, firms) == plain_grade(joined, firms)


def unfolded(scheme, firms, key):
    result = grade(scheme, firms)
    one = next(o for o in result.firms if o.key == key)
    scores = [o.score for o in result.firms if o.score is not None and o.group == one.group]
    firm = next(f for f in firms if f.key == key)
    return one, scores, explain(scheme, firm, result.means)


def test_what_the_next_grade_takes_is_enough_and_no_more():
    scheme = plain()
    firms = firms_with([900, 800, 700, 600, 500, 400, 300, 200])
    one, scores, terms = unfolded(scheme, firms, "f4")
    found = next_grade(scheme, one, scores, terms, {})
    assert found.grade == "A" and found.score == 80_000_00
    [step] = found.steps
    assert (step.now, step.needed) == (500, 800)


def test_the_best_grade_needs_nothing_more_and_a_capped_term_cant_help():
    scheme = plain(cap=Fraction(2))
    firms = firms_with([2, 1, 1, 1])
    one, scores, terms = unfolded(scheme, firms, "f0")
    assert next_grade(scheme, one, scores, terms, {}) is None


def test_a_figure_that_stands_in_several_terms_counts_in_all_of_them():
    """30 + 30 points with one tax: a rise of a half of it gives both terms their half."""
    [land] = plain().formulas[0].terms
    heads = replace(land, key="per_head", denominator="heads")
    scheme = replace(plain(), formulas=(Formula("g", (land, heads), ("land",)),))
    firms = [
        Firm(f"f{n}", "g", {"tax": (tax, 1), "land": (1, 1), "heads": (1, 1)})
        for n, tax in enumerate([300, 200, 100, 50])
    ]
    one, scores, terms = unfolded(scheme, firms, "f1")
    [step] = next_grade(scheme, one, scores, terms, {"tax": 1}).steps
    assert (step.terms, step.needed, step.rise) == ((land.key, "per_head"), 300, Fraction(1, 2))


def test_a_figure_that_is_also_divided_by_is_not_offered_alone():
    [land] = plain().formulas[0].terms
    other = replace(land, key="rd", numerator="rd", denominator="tax")
    scheme = replace(plain(), formulas=(Formula("g", (land, other), ("land",)),))
    firms = [
        Firm(f"f{n}", "g", {"tax": (tax, 1), "land": (1, 1), "rd": (5, 1)})
        for n, tax in enumerate([400, 200, 100, 50])
    ]
    one, scores, terms = unfolded(scheme, firms, "f1")
    steps = {s.input: s for s in next_grade(scheme, one, scores, terms, {}).steps}
    assert steps["tax"].needed is None and steps["rd"].needed is not None


def test_a_rule_that_would_read_official_statistics_is_refused():
    data = rule_of().model_dump(mode="json") | {"purposes": ["statistics"]}
    with pytest.raises(ValueError, match="统计法"):
        GradingRule.model_validate(data)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"bands": [{"grade": "A", "up_to": 25}, {"grade": "B", "up_to": 90}]}, "100"),
        ({"bands": [{"grade": "A", "up_to": 50}, {"grade": "A", "up_to": 100}]}, "重复"),
        ({"exits": {"grade": "E", "years": 2}}, "没有这个档次"),
        ({"inputs": [{"key": "land", "title": "地", "title_en": "l", "unit": "亩", "scale": 2}]}, "没有定义"),
        ({"inputs": [{"key": "land", "title": "地", "title_en": "l", "unit": "光年", "scale": 2}]}, "计量单位"),
    ],
)  # fmt: skip
def test_a_rule_that_doesnt_hang_together_is_refused(change, said):
    with pytest.raises(ValueError, match=said):
        GradingRule.model_validate(rule_of().model_dump(mode="json") | change)


def test_a_rule_survives_being_stored():
    rule = rule_of()
    assert GradingRule.model_validate(rule.model_dump(mode="json")) == rule


@pytest.mark.parametrize("key", ["huangyan", "example-45-20-15-15-5"])
def test_the_fast_engine_equals_the_plain_one_on_a_generated_city(key):
    scheme, firms = rule_of(key).scheme(), generated(800, 11)
    assert grade(scheme, firms) == plain_grade(scheme, firms)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["huangyan", "example-45-20-15-15-5"])
def test_the_fast_engine_equals_the_plain_one_on_ten_thousand_firms(key):
    scheme, firms = rule_of(key).scheme(), generated(10_000, 5)
    assert grade(scheme, firms) == plain_grade(scheme, firms)


def test_faults_are_told_without_the_others():
    assert faults_of(None, Firm("x", "village", {})) == (Fault("no_formula", "village"),)
