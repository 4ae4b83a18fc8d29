"""A document with goals and no measures: a plan that is evaluated and that nobody reports on."""

from __future__ import annotations

import pytest

from factories import plans
from factories.evaluated import JULY, page_of, seen
from factories.reading import adopted
from luodi.assessment import actions
from luodi.plans.models import Measure, Plan, Round

pytestmark = pytest.mark.django_db(databases="__all__")

GOALS = """关于印发示例市制造业发展目标的通知

示例办发〔2026〕9号

各有关单位：

一、主要目标

到2026年底，全市规模以上工业企业达到120家，招商签约额达到30亿元。

2026年2月27日
"""


def test_goals_alone_are_a_plan_that_is_evaluated_and_not_reported_on(city, at, sign_in):
    document = adopted(city, at, GOALS)
    plan = Plan.objects.get(document=document.key)
    assert not Measure.objects.filter(plan=plan).exists()
    plans.opened(JULY)
    assert not Round.objects.filter(plan=plan).exists()
    office = {"by": city.people["office"], "at": JULY}
    one = actions.open_evaluation(plan=plan.key, kind="yearly", period="2026H1", **office)
    actions.judge_evaluation(evaluation=one.key, seen=seen(one.key), **office)
    rows = page_of(city, one.key).rows
    assert rows and all(row.is_target and row.verdict == "not_computable" for row in rows)
    client = sign_in("office")
    for address in (
        "/plans/", f"/plan/{plan.key}/",
        f"/plan/{plan.key}/year/2026/", "/assessment/evaluations/",
        f"/assessment/evaluations/{one.key}/", "/", "/leader/",
    ):  # fmt: skip
        assert client.get(address).status_code == 200, address
    assert plan.title in client.get("/assessment/evaluations/").content.decode()
