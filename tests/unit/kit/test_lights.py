"""Lights always say which rule and which facts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from luodi.kit.lights import Condition, Other, Rule, dated, evaluate, facts_read, holds

TODAY = date(2026, 3, 10)
RULES = (
    Rule("done", "done", (Condition("state", "equals", "done"),), "已完成", "Done"),
    Rule("undated", "none", (Condition("due", "missing"),), "未设时限", "No deadline"),
    Rule(
        "late", "red", (Condition("overdue_days", "at_least", 1),), "{due}到期，超{overdue_days}天"
    ),
    Rule("near", "yellow", (Condition("days_left", "at_most", 7),), "剩{days_left}天，{nobody}"),
    Rule("fine", "green", (Condition("today", "at_most", Other("due")),), "在时限内", "{nobody}"),
)


@pytest.mark.parametrize(
    ("due", "state", "light", "rule"),
    [
        (None, "open", "none", "undated"),
        (None, "done", "done", "done"),
        (date(2026, 3, 9), "open", "red", "late"),
        (date(2026, 3, 10), "open", "yellow", "near"),
        (date(2026, 3, 18), "open", "green", "fine"),
    ],
)
def test_the_first_rule_that_holds_gives_the_light(due, state, light, rule):
    verdict = evaluate(RULES, {**dated(due, TODAY), "state": state})
    assert (verdict.light, verdict.rule) == (light, rule)
    assert verdict.says() and verdict.word


def test_a_verdict_names_its_facts_and_fills_its_sentence():
    verdict = evaluate(RULES, {**dated(date(2026, 3, 8), TODAY), "state": "open"})
    assert verdict.zh == "2026-03-08到期，超2天"
    assert verdict.facts == {"overdue_days": 2, "due": date(2026, 3, 8)}
    near = evaluate(RULES, dated(TODAY, TODAY))
    assert near.zh == "剩0天，（缺）"
    assert evaluate(RULES, dated(date(2027, 1, 1), TODAY)).says("en") == "(missing)"
    assert facts_read(RULES[4]) == ("today", "due", "nobody")


def test_no_rule_is_an_answer():
    verdict = evaluate(RULES[:1], {})
    assert (verdict.light, verdict.rule) == ("none", "no_rule") and verdict.says("en")


def test_values_of_different_kinds_are_not_compared():
    verdict = evaluate(RULES, {"due": TODAY, "overdue_days": "three"})
    assert (verdict.light, verdict.rule) == ("none", "fact_kind") and "overdue_days" in verdict.zh


@pytest.mark.parametrize(
    ("condition", "value", "answer"),
    [
        (Condition("f", "present"), 0, True),
        (Condition("f", "present"), None, False),
        (Condition("f", "in", ("a", "b")), "b", True),
        (Condition("f", "in", "a"), "b", False),
        (Condition("f", "differs", 2), 3, True),
        (Condition("f", "equals", True), True, True),
        (Condition("f", "at_least", 1), None, False),
        (Condition("f", "at_least", None), 1, False),
        (Condition("f", "at_least", Decimal("0.5")), 1, True),
        (Condition("f", "at_most", datetime(2026, 1, 2, tzinfo=UTC)),
         datetime(2026, 1, 1, tzinfo=UTC), True),
    ],
)  # fmt: skip
def test_conditions(condition, value, answer):
    assert holds(condition, {"f": value}) is answer
