"""A plan with figures, and its evaluation at each stage."""

from __future__ import annotations

from datetime import timedelta

import pytest

from factories.evaluated import JULY, TARGETS, seen
from factories.evaluating import figures, planned
from luodi.assessment import actions


@pytest.fixture
def plan(city, at):
    made = planned(city, at, TARGETS)
    months = [f"2026-0{n}" for n in range(1, 7)]
    figures(city, JULY, "示例产值", dict.fromkeys(months, "9"))
    figures(city, JULY, "示例入园企业", dict.fromkeys(months, "0") | {"2026-06": "2"})
    figures(city, JULY, "示例能耗", dict.fromkeys(months, "8"))
    return made


@pytest.fixture
def office(city):
    return {"by": city.people["office"], "at": JULY}


@pytest.fixture
def group(city):
    return {"by": city.people["leading_group"], "at": JULY + timedelta(days=3)}


@pytest.fixture
def half(city, plan, office):
    return actions.open_evaluation(plan=plan.key, kind="yearly", period="2026H1", **office).key


@pytest.fixture
def judged(half, office):
    actions.judge_evaluation(evaluation=half, seen=seen(half), **office)
    return half


@pytest.fixture
def concluded(judged, office):
    said = {"conclusion": "内部结论：总体可行", "public_words": "公开说明：推进顺利"}
    actions.conclude_evaluation(evaluation=judged, seen=seen(judged), **said, **office)
    return judged
