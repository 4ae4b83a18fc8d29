"""The text of formulas: read, written, and refused with the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from luodi.kit.formulas import CHINESE, FUNCTIONS, parse, written
from luodi.kit.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("比率（[投产（新）]，[签约]）", "ratio([投产（新）], [签约])"),
        ("[a]÷[b]×２", "ratio([a], [b]) * 2"),
        ("[a]−[b]-([c]-[d])*0.60", "[a] - [b] - ([c] - [d]) * 0.6"),
        ("([a] + [b]) * [c]", "([a] + [b]) * [c]"),
        ("-([a] + [b])", "-([a] + [b])"),
        ("[a] ≤ 500万元", "[a] <= 500 万元"),
        ("[a] ≥ 1.50 万元/亩", "[a] >= 1.5 万元/亩"),
        ("[a] ≠ 5％", "[a] != 5 %"),
        ("排名([ x ], 低, “类（1）”)", 'rank([x], low, "类（1）")'),
        ("rank([x])", "rank([x], high)"),
        ("年均增速([x], 5)", "annual_growth([x], 5)"),
        ("累计(合计([x]))", "cumulative(total([x]))"),
        ("最大([a], [b], 0.05)", "max([a], [b], 0.05)"),
        ("有数则([a], 0)", "if_present([a], 0)"),
    ],
)
def test_a_formula_is_read_and_written(text, canonical):
    node = parse(text)
    assert written(node) == canonical
    assert parse(canonical) == node


@pytest.mark.parametrize(
    ("text", "code", "span"),
    [
        ("", "empty", (0, 0)),
        ("[a] +", "unread", (5, 5)),
        ("[a] [b]", "unread", (4, 7)),
        ("[a]#", "unread", (3, 4)),
        ("[a] = [b] = [c]", "unread", (10, 11)),
        ("[ ]", "unread", (0, 1)),
        ("[" + "x" * 130 + "]", "unread", (0, 1)),
        ("1 + foo([a])", "unknown_function", (4, 12)),
        ("ratio([a])", "arguments", (0, 10)),
        ("ratio([a], high)", "arguments", (0, 16)),
        ("min([a])", "arguments", (0, 8)),
        ("total([a] + [b])", "arguments", (0, 16)),
        ("rank(high)", "arguments", (0, 10)),
        ("rank([a], up)", "arguments", (0, 13)),
        ("rank([a], high, low)", "arguments", (0, 20)),
        ("rank([a], [b])", "arguments", (0, 14)),
        ("annual_growth([a])", "arguments", (0, 18)),
        ("annual_growth([a], 0)", "arguments", (0, 21)),
        ("annual_growth([a], 1.5)", "arguments", (0, 23)),
        ("annual_growth(high, 2)", "arguments", (0, 22)),
        ("(" * 50 + "[a]" + ")" * 50, "too_long", (0, 0)),
        ("[a]" + " " * 2000, "too_long", (0, 0)),
    ],
)
def test_what_can_not_be_read_says_where(text, code, span):
    found = parse(text)
    assert isinstance(found, Refusal)
    assert (found.code, found.params["span"]) == (f"formula.{code}", span)
    assert found.zh and found.en


def test_every_function_has_a_chinese_name():
    assert set(CHINESE.values()) == set(FUNCTIONS)


def test_the_guide_names_every_function():
    guide = (Path(__file__).parents[3] / "docs" / "guide" / "formulas.md").read_text("utf-8")
    for chinese, name in CHINESE.items():
        assert f"`{name}(" in guide, name
        assert f"| {chinese} |" in guide or chinese == "当期", chinese
