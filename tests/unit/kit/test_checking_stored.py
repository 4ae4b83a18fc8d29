"""Checks kept as data become rules, or say what is wrong with them."""

from __future__ import annotations

import pytest

from luodi.kit.checking import Field, Members, Outlier, Range, Required, rules_of
from luodi.kit.quantities import unit
from luodi.kit.refusals import Refusal

FIELDS = {key: Field(key, key, unit("万元"), 2) for key in ("a", "b")}
FORMULA = Required("f", FIELDS["a"])


def compare(key, text, hard, zh, en):
    return FORMULA if text else Refusal("formula.syntax", "写法不对", "Wrong", {"span": (0, 0)})


def read(*stored):
    return rules_of(stored, FIELDS, compare)


def test_every_kind_becomes_its_rule():
    rules, refusals = read(
        {"key": "1", "kind": "required", "indicators": ["a", "b"], "zh": "必填"},
        {"key": "2", "kind": "required", "indicator": "a", "hard": False},
        {"key": "3", "kind": "range", "indicator": "a", "low": "0", "high": "1.5亿元"},
        {"key": "4", "kind": "range", "indicator": "a", "low": -3},
        {"key": "5", "kind": "members", "indicator": "b", "sign": ">=", "within": "0.01"},
        {"key": "6", "kind": "members", "indicator": "b"},
        {"key": "7", "kind": "outlier", "indicator": "b", "periods": 24},
        {"key": "8", "kind": "formula", "formula": "[a] = [b]"},
    )
    a, b = FIELDS["a"], FIELDS["b"]
    assert not refusals
    assert rules == [
        Required("1", a, True, "必填"), Required("1", b, True, "必填"), Required("2", a, False),
        Range("3", a, 0, 1_500_000), Range("4", a, -300), Members("5", b, ">=", 1),
        Members("6", b), Outlier("7", b, 24), FORMULA,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ({"kind": "range"}, "check.key"),
        ("no mapping", "check.key"),
        ({"key": "1", "kind": "magic"}, "check.part"),
        ({"key": "1", "kind": "required", "indicators": "c"}, "check.indicator"),
        ({"key": "1", "kind": "range", "indicator": "c"}, "check.indicator"),
        ({"key": "1", "kind": "members", "indicator": "c"}, "check.indicator"),
        ({"key": "1", "kind": "outlier", "indicator": "c"}, "check.indicator"),
        ({"key": "1", "kind": "range", "indicator": "a"}, "check.part"),
        ({"key": "1", "kind": "range", "indicator": "a", "low": "2", "high": "1"}, "check.part"),
        ({"key": "1", "kind": "range", "indicator": "a", "low": "小"}, "check.part"),
        ({"key": "1", "kind": "members", "indicator": "a", "sign": "~"}, "check.part"),
        ({"key": "1", "kind": "outlier", "indicator": "a", "least": 99}, "check.part"),
        ({"key": "1", "kind": "outlier", "indicator": "a", "times": "6"}, "check.part"),
        ({"key": "1", "kind": "formula"}, "formula.syntax"),
    ],
)
def test_what_is_wrong_is_said(stored, code):
    rules, (refusal,) = read(stored)
    assert not rules and refusal.code == code and refusal.zh and refusal.en
    assert refusal.params["key"] in ("", "1")


def test_keys_are_not_used_twice_and_there_is_an_end():
    one = {"kind": "required", "indicator": "a"}
    assert read({"key": "1", **one}, {"key": "1", **one})[1][0].code == "check.key"
    assert read(*({"key": str(n), **one} for n in range(2_010)))[1][0].code == "check.too_many"
