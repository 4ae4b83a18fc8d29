"""Schemes of a pack: what doesn't add up is said in a sentence."""

from __future__ import annotations

import copy
from fractions import Fraction

import pytest
from pydantic import ValidationError

from factories.appraisals import SMALL
from luodi.packs import builtin
from luodi.packs.schemas import SchemeRule


def changed(**how):
    """The small scheme with parts replaced; a key like `g0i1__weight` reaches an indicator."""
    rule = copy.deepcopy(SMALL)
    for where, value in how.items():
        place, _bar, name = where.partition("__")
        if not name:
            rule[place] = value
        elif place[2:]:
            rule["groups"][int(place[1])]["indicators"][int(place[3])][name] = value
        else:
            rule["groups"][int(place[1])][name] = value
    return rule


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"g0__weight": "50"}, "各组权重合计 90，应为 100"),
        ({"g0i0__weight": "30"}, "的指标权重合计 50，应为 60"),
        ({"g0i0__weight": None}, "要么都写，要么都不写"),
        ({"g0i0__method": "guess"}, "method"),
        ({"g0i0__weight": "a"}, "weight"),
        ({"g0i0__key": "growth"}, "“growth”用了两次"),
        ({"g0i0__best": "3"}, "best 和 worst 要么都写"),
        ({"g0i0__best": "3", "g0i0__worst": "5"}, "best 应优于 worst"),
        ({"g0i0__direction": "down", "g0i0__best": "5", "g0i0__worst": "3"}, "best 应优于 worst"),
        ({"g0i0__base": "120"}, "基础分 base"),
        ({"g0i1__full": None}, "满分的增幅 full"),
        ({"g0i1__of": "completion"}, "不再写 of"),
        ({"g1i0__cap": "10", "g1i0__floor": "20"}, "下限 floor 大于上限 cap"),
        ({"g1i0__bands": [{"reach": "1", "share": "50"}]}, "其他方法不写"),
        ({"g1i0__method": "bands"}, "应写明各档 bands"),
        (
            {"g1i0__method": "bands", "g1i0__bands": [{"reach": "1", "share": "50"}, {"reach": "2", "share": "40"}]},
            "从最好写到最差",
        ),
        (
            {"g1i0__method": "bands", "g1i0__bands": [{"reach": "2", "share": "40"}, {"reach": "1", "share": "50"}]},
            "不能得分更高",
        ),
        ({"g0i0__only_for": ["core"]}, "没有列在 categories 里"),
        ({"vetoes": [{"key": "v", "title": "v", "title_en": "v", "effect": "tier"}]}, "effect 为 tier"),
        ({"additions": [{"key": "x", "title": "x", "title_en": "x", "each": "1", "letters": "talk_notice"}]}, "不按函件计次"),
        ({"vetoes": [{"key": "v", "title": "v", "title_en": "v", "effect": "zero", "letters": "gift"}]}, "letters"),
        ({"tiers": [{"key": "a", "title": "a", "title_en": "a"}, {"key": "b", "title": "b", "title_en": "b"}]}, "二者选一"),
        ({"tiers": [{"key": "a", "title": "a", "title_en": "a", "least": "9"}]}, "最后一个等次"),
        (
            {"tiers": [
                {"key": "a", "title": "a", "title_en": "a", "least": "9"},
                {"key": "a", "title": "b", "title_en": "b"},
            ]},
            "等次的 key",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_a_sentence(how, says):
    with pytest.raises(ValidationError) as refused:
        SchemeRule.model_validate(changed(**how))
    assert says in str(refused.value)


def test_weights_add_up_for_each_category():
    categories = [{"key": k, "title": k, "title_en": k} for k in ("core", "partner")]
    how = {"categories": categories, "g0i1__only_for": ["core"]}
    with pytest.raises(ValidationError, match="对类别“partner”的指标权重合计 40，应为 60"):
        SchemeRule.model_validate(changed(**how))


def test_without_weights_a_group_is_shared_evenly_and_exactly():
    rule = next(r for r in builtin("china").rules["schemes"] if r.key == "national-zones-2021")
    assert [group.weight for group in rule.groups] == ["30", "15", "15", "10", "30"]
    assert set(rule.groups[0].weights("").values()) == {Fraction(10)}
    assert not any(one.confirmed for one in rule.indicators())
    example = next(r for r in builtin("jincheng").rules["schemes"])
    assert example.kind == "example" and not example.confirmed


def test_a_scheme_that_counts_no_letters_reads_as_before_there_was_the_field():
    rule = SchemeRule.model_validate(SMALL)
    assert "letters" not in rule.model_dump(mode="json")["deductions"][0]
    counting = changed(deductions=[{**SMALL["deductions"][0], "letters": "warning_letter"}])
    again = SchemeRule.model_validate(counting)
    assert SchemeRule.model_validate(again.model_dump(mode="json")) == again
    assert again.model_dump(mode="json")["deductions"][0]["letters"] == "warning_letter"
