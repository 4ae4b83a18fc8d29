"""Criteria over facts: yes, no or cannot tell, each with a reason that names both values."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from luodi.kit.matching import Criterion, Fixed, Offer, fitting_pairs, judge, rank, shown
from luodi.kit.quantities import Quantity


def q(text: str, unit: str) -> Quantity:
    found = Quantity.parse(text, unit)
    assert isinstance(found, Quantity)
    return found


CLEAN = ("三十万级", "十万级", "万级", "千级", "百级")
AREA = Criterion("area", "用地面积", "Land", "area", "at_least", "area")
LOAD = Criterion(
    "load", "楼面荷载", "Floor load", "load", "at_least", "load", optional=True, kinds=("floor",)
)
CLASS = Criterion("clean", "洁净等级", "Clean class", "clean", "at_least", "clean", order=CLEAN)
PRICE = Criterion(
    "price", "地价", "Price", "price", "at_most", "price", weight=2, fade=q("10", "万元/亩")
)
STEAM = Criterion("steam", "集中供汽", "Steam", "steam", "equals", Fixed(True), weight=1)


def only(criterion: Criterion, need, found, kind: str = ""):
    (finding,) = judge(
        [criterion], {criterion.need: need}, Offer("o", {criterion.fact: found}, kind)
    ).findings
    return finding


@pytest.mark.parametrize(
    ("found", "answer", "zh", "en"),
    [
        (
            q("18", "亩"),
            "no",
            "用地面积：要求不低于20亩，实有18亩，不满足",
            "Land: at least 20 mu is needed, there is 18 mu: not met",
        ),
        (
            q("20", "亩"),
            "yes",
            "用地面积：要求不低于20亩，实有20亩，满足",
            "Land: at least 20 mu is needed, there is 20 mu: met",
        ),
        (
            q("2", "公顷"),
            "yes",
            "用地面积：要求不低于20亩，实有2公顷（30亩），满足",
            "Land: at least 20 mu is needed, there is 2 ha (30 mu): met",
        ),
        (
            q("1", "公顷"),
            "no",
            "用地面积：要求不低于20亩，实有1公顷（15亩），不满足",
            "Land: at least 20 mu is needed, there is 1 ha (15 mu): not met",
        ),
        (
            None,
            "cannot_tell",
            "用地面积：要求不低于20亩，实有情况缺失，无法判断",
            "Land: at least 20 mu is needed, what there is isn't known: can't tell",
        ),
        (
            q("20", "米"),
            "cannot_tell",
            "用地面积：要求不低于20亩，实有20米，计量单位不同类，无法判断",
            "Land: at least 20 mu is needed, there is 20 m: other kinds of unit, can't tell",
        ),
        (
            "二十亩",
            "cannot_tell",
            "用地面积：要求不低于20亩，实有二十亩，数据类型不同，无法判断",
            "Land: at least 20 mu is needed, there is 二十亩: other kinds of data, can't tell",
        ),
    ],
)
def test_a_reason_names_both_values_with_their_units(found, answer, zh, en):
    finding = only(AREA, q("20", "亩"), found)
    assert (finding.answer, finding.says(), finding.says("en")) == (answer, zh, en)


def test_what_has_no_finite_form_in_the_other_unit_is_shown_as_about():
    finding = only(AREA, q("13000", "平方米"), q("20", "亩"))
    assert finding.says() == "用地面积：要求不低于13000平方米，实有20亩（约13333.33平方米），满足"
    assert "(about 13333.33 m²)" in finding.says("en")
    huge = only(AREA, q("1", "平方米"), Quantity(2**62, 0, q("1", "亩").unit))
    assert huge.says() == f"用地面积：要求不低于1平方米，实有{2**62}亩，满足"


def test_a_need_that_is_not_stated_leaves_the_criterion_open_or_is_not_asked():
    assert only(AREA, None, q("18", "亩")).says().endswith("需求未写明（实有18亩），无法判断")
    assert judge([LOAD], {}, Offer("o", {"load": q("8", "千牛/平方米")}, "floor")).findings == ()
    plot = judge([LOAD], {"load": q("8", "kN/m²")}, Offer("o", {}, "plot"))
    floor = judge([LOAD], {"load": q("8", "kN/m²")}, Offer("o", {}, "floor"))
    assert (plot.answer, plot.findings, floor.answer) == ("yes", (), "cannot_tell")


def test_ordered_words_compare_by_their_order():
    assert only(CLASS, "万级", "千级").answer == "yes"
    assert only(CLASS, "万级", "十万级").answer == "no"
    strange = only(CLASS, "万级", "无尘")
    assert strange.answer == "cannot_tell" and "级别不在次序表中" in strange.says()


@pytest.mark.parametrize(
    ("operator", "need", "found", "answer"),
    [
        ("at_most", q("15", "万元/亩"), q("14.9", "万元/亩"), "yes"),
        ("at_most", date(2026, 9, 1), date(2026, 9, 2), "no"),
        ("at_least", 8, Decimal("7.99"), "no"),
        ("at_least", True, True, "cannot_tell"),
        ("at_least", "高", "低", "cannot_tell"),
        ("equals", True, False, "no"),
        ("equals", q("1", "公顷"), q("15", "亩"), "yes"),
        ("equals", "甲类", "甲类", "yes"),
        ("differs", "甲类", "甲类", "no"),
        ("differs", 1, 2, "yes"),
        ("one_of", frozenset({"甲", "乙"}), "乙", "yes"),
        ("one_of", frozenset({"甲", "乙"}), "丙", "no"),
        ("one_of", frozenset({"甲", "乙"}), frozenset(), "no"),
        ("includes", frozenset({"蒸汽", "燃气"}), frozenset({"蒸汽", "燃气", "中水"}), "yes"),
        ("includes", frozenset({"蒸汽", "燃气"}), "蒸汽", "no"),
        ("excludes", "化工", frozenset({"化工", "建材"}), "no"),
        ("excludes", "化工", frozenset({"建材"}), "yes"),
        ("includes", 3, 3, "cannot_tell"),
    ],
)
def test_each_operator(operator, need, found, answer):
    finding = only(Criterion("x", "某项", "Thing", "x", operator, "x"), need, found)
    assert finding.answer == answer
    assert shown(need) in finding.says() and shown(found, "en") in finding.says("en")


def test_a_soft_comparison_fades_in_a_straight_line():
    credits = [only(PRICE, q("15", "万元/亩"), q(p, "万元/亩")).credit for p in ("14", "18", "30")]
    assert credits == [1, Fraction(7, 10), 0]
    days = Criterion("by", "交付", "Ready", "on", "at_most", "on", weight=1, fade=30)
    assert only(days, date(2026, 6, 1), date(2026, 6, 11)).credit == Fraction(2, 3)
    other = Criterion("p", "价", "P", "p", "at_most", "p", weight=1, fade=q("1", "亩"))
    assert only(other, q("15", "万元/亩"), q("16", "万元/亩")).credit == 0
    words = Criterion("w", "词", "W", "w", "equals", "w", weight=1, fade=1)
    assert only(words, "甲", "乙").credit == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"operator": "near"},
        {"weight": 0},
        {"fade": 3},
        {"weight": 1, "fade": 0},
        {"weight": 1, "operator": "one_of", "fade": 1},
        {"order": ("甲", "甲")},
    ],
)
def test_a_criterion_that_makes_no_sense_is_not_made(wrong):
    fields = {"operator": "at_least", **wrong}
    with pytest.raises(ValueError, match="x"):
        Criterion("x", "某项", "Thing", "x", need="x", **fields)


NEEDS = {"area": q("20", "亩"), "price": q("15", "万元/亩")}
CRITERIA = [AREA, PRICE, STEAM]
OFFERS = [
    Offer("a", {"area": q("30", "亩"), "price": q("15", "万元/亩"), "steam": False}),
    Offer("b", {"area": q("25", "亩"), "price": q("20", "万元/亩"), "steam": True}),
    Offer("c", {"area": q("21", "亩"), "price": q("25", "万元/亩"), "steam": True}),
    Offer("d", {"area": q("19", "亩"), "price": q("10", "万元/亩"), "steam": True}),
    Offer("e", {"price": q("10", "万元/亩"), "steam": True}),
    Offer("f", {"area": q("30", "亩"), "price": None, "steam": True}),
]


def test_offers_stand_best_first_with_ties_stated_and_reasons_kept():
    ranking = rank(CRITERIA, NEEDS, OFFERS)
    assert [(p.place, p.fit.offer, p.fit.score, p.tied) for p in ranking.fitting] == [
        (1, "a", Fraction(2, 3), ("b",)),
        (1, "b", Fraction(2, 3), ("a",)),
        (3, "c", Fraction(1, 3), ("f",)),
        (3, "f", Fraction(1, 3), ("c",)),
    ]
    assert ranking.fitting[3].fit.possible == 1
    assert [fit.offer for fit in ranking.undecided] == ["e"]
    (out,) = ranking.excluded
    assert [r.says() for r in out.because("no")] == ["用地面积：要求不低于20亩，实有19亩，不满足"]
    assert [r.criterion.name for r in out.because("yes")] == ["price", "steam"]


def test_the_order_of_the_input_changes_nothing():
    shuffled = random.Random(4).sample(OFFERS, len(OFFERS))
    assert rank(CRITERIA, NEEDS, shuffled) == rank(CRITERIA, NEEDS, OFFERS)


def test_keys_and_names_stand_once():
    with pytest.raises(ValueError, match="named twice: a"):
        rank(CRITERIA, NEEDS, [OFFERS[0], OFFERS[0]])
    with pytest.raises(ValueError, match="named twice: area"):
        rank([AREA, AREA], NEEDS, OFFERS)


def test_pairs_are_those_that_fit_with_their_score_in_ten_thousandths():
    assert fitting_pairs(CRITERIA, {"p": NEEDS, "q": {}}, OFFERS) == {
        ("p", "a"): 6667,
        ("p", "b"): 6667,
        ("p", "c"): 3333,
        ("p", "f"): 3333,
    }
    assert fitting_pairs([LOAD], {"p": {}}, [Offer("a", {}, "floor")]) == {("p", "a"): 10000}


def test_values_are_shown_in_both_languages():
    values = [None, True, frozenset({"乙", "甲"}), frozenset(), date(2026, 1, 2), Decimal("1.5")]
    assert [shown(v) for v in values] == ["缺", "是", "乙、甲", "无", "2026-01-02", "1.5"]
    assert [shown(v, "en") for v in values[:4]] == ["unknown", "yes", "乙, 甲", "none"]
