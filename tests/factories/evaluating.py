"""Evaluations of an adopted plan in the small city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from luodi.assessment.actions import open_evaluation, record_opinion, say_self_evaluation
from luodi.audit.actions import perform
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.indicators.actions import adopt_targets
from luodi.indicators.models import Definition
from luodi.plans.models import Assignment, Measure, Plan

from .city import City
from .figures import reported
from .plans import MEASURES, adopted_plan


def plan_in(city: City) -> Plan:
    """The plan of the city that was adopted first."""
    return Plan.objects.filter(city=city.key).order_by("act")[0]


def measure_of(city: City, unit: str) -> Measure:
    """A measure of the first plan that a unit answers for."""
    mine = Assignment.objects.open().filter(unit=city.units[unit], measure__plan=plan_in(city))
    return Measure.objects.filter(key__in=mine.values("measure")).order_by("order")[0]


def evaluated(city: City, at: datetime, mark: str = "", **given: Any) -> str:
    """The key of an evaluation of the year with a self-evaluation and a third party's opinion."""
    office = city.people["office"]
    said: dict[str, Any] = {"plan": plan_in(city).key, "kind": "yearly", "period": str(at.year)}
    one = open_evaluation(**(said | given), by=office, at=at)
    subject = f"measure:{measure_of(city, '市工信局').key}"
    say_self_evaluation(
        evaluation=one.key, subject=subject, unit=city.units["市工信局"], verdict="on_track",
        words=f"{mark}正在推进", by=city.people["clerk"], at=at + timedelta(minutes=1),
    )  # fmt: skip
    record_opinion(
        evaluation=one.key, subject="", institution=f"{mark}示例研究院", verdict="",
        words=f"{mark}总体可行", name="意见.txt", data=f"{mark}yijian".encode(), by=office,
        at=at + timedelta(minutes=2),
    )  # fmt: skip
    return one.key


def target_card(order: int, name: str, value: str, unit: str, **more: Any) -> AdoptedCard:
    """A target as the reading room hands it over, in a sentence of its own."""
    key = f"{'b' * 64}:{order * 100}:{order * 100 + 30}"
    data = {
        "kind": "target", "name": name, "value": value, "unit": unit, "comparator": ">=",
        "period": "2026",
    } | more  # fmt: skip
    return AdoptedCard("indicator", data, key, order * 100, order * 100 + 30, order)


def planned(
    city: City,
    at: datetime,
    targets: Sequence[AdoptedCard] = (),
    measures: Sequence[dict[str, Any]] = MEASURES,
    key: str = "papers",
) -> Plan:
    """A plan adopted by the office with these measures and targets."""
    plan = adopted_plan(city, at, measures, key=key)
    document = AdoptedDocument(
        key, plan.title, plan.number, plan.issuer, "2026-02-27", city.key, "b" * 64
    )
    by = city.people["office"]
    with perform("adopt_document", by=by, at=at, scope={"city": city.key}) as deed:
        adopt_targets(cards=targets, deed=deed, document=document, context={}, by=by, at=at)
    return plan


def figures(city: City, at: datetime, name: str, by_month: Mapping[str, str]) -> None:
    """Monthly figures of the clerk's unit for the indicator of a target."""
    indicator = Definition.objects.open().get(name=name, indicator__city=city.key).indicator_id
    for month, typed in by_month.items():
        reported(city, at, "市工信局", month, {indicator: typed})
