"""A small adopted plan, its months, and reports on their way, through the product's actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from factories.city import City
from luodi.audit.actions import perform
from luodi.common.doors import AdoptedCard, AdoptedDocument
from luodi.common.moments import Moment
from luodi.orgs.models import Account
from luodi.orgs.queries import viewer_of
from luodi.orgs.rules import Viewer
from luodi.plans import actions
from luodi.plans.actions.drafts import Words
from luodi.plans.actions.reporting import Entry
from luodi.plans.models import Plan, Report
from luodi.plans.receivers import adopt_measures

CLOCK = "system:clock"
MARCH = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
"""Morning of the day after March opens by the pack's rhythm (the 25th)."""
APRIL = datetime(2026, 4, 26, 1, 0, tzinfo=UTC)

MEASURES: list[dict[str, Any]] = [
    {
        "label": "1.",
        "title": "建设中试基地",
        "text": "建设中试基地，年底前投用。（责任单位：市工信局）",
        "path": ["一、", "（一）"],
        "deadline": "2026年12月底前",
        "units": [{"name": "市工信局", "role": "responsible"}],
    },
    {
        "label": "2.",
        "title": "推进标准厂房",
        "text": "推进标准厂房建设。（牵头单位：开发区管委会；责任单位：市工信局、市数据局）",
        "path": ["一、", "（一）"],
        "deadline": "",
        "units": [
            {"name": "开发区管委会", "role": "lead"},
            {"name": "市工信局", "role": "responsible"},
            {"name": "市数据局", "role": "responsible"},
        ],
    },
    {
        "label": "3.",
        "title": "完善统计台账",
        "text": "完善统计台账，6月底前完成。（责任单位：甲县、各县（市、区）人民政府）",
        "path": ["二、"],
        "deadline": "2026年6月底前",
        "units": [
            {"name": "甲县", "role": "responsible"},
            {"name": "各县（市、区）人民政府", "role": "responsible"},
        ],
    },
]


def card(order: int, data: dict[str, Any], city: City) -> AdoptedCard:
    """A measure as the reading room hands it over; unknown names have no unit."""
    units = [{"unit": city.units.get(u["name"], ""), "confirmed_by": ""} | u for u in data["units"]]
    key = f"{'a' * 64}:{order * 100}:{order * 100 + 50}"
    return AdoptedCard(
        "measure", data | {"units": units}, key, order * 100, order * 100 + 50, order
    )


def adopted_plan(
    city: City, at: datetime, measures: Sequence[dict[str, Any]] = MEASURES, key: str = "papers"
) -> Plan:
    """A plan adopted by the office."""
    document = AdoptedDocument(
        key, "示例工作方案", "示例办发〔2026〕1号", "示例市", "2026-02-27", city.key, "a" * 64
    )
    cards = [card(n, data, city) for n, data in enumerate(measures, start=1)]
    by = city.people["office"]
    with perform("adopt_document", by=by, at=at, scope={"city": city.key}) as deed:
        adopt_measures(cards, deed=deed, document=document, context={"organ": ""}, by=by, at=at)
    return Plan.objects.get(document=key)


def opened(at: datetime = MARCH) -> None:
    """Whatever month is due by `at` is open."""
    actions.open_due_rounds(by=CLOCK, at=at)


def viewer(city: City, username: str) -> Viewer:
    """That person of the small city, with their present roles."""
    return viewer_of(Account.objects.get(pk=city.accounts[username].pk))


def report_of(city: City, label: str, unit: str, period: str = "2026-03") -> Report:
    """The report of a unit on a measure in a month."""
    return Report.objects.get(measure__label=label, unit=city.units[unit], round__period=period)


def submitted(
    city: City,
    username: str,
    report: Report,
    text: str = "完成选址。",
    at: datetime = MARCH,
    **more: Any,
) -> None:
    """The clerk hands in a report."""
    who = viewer(city, username)
    entry = Entry(report.key, Words(text=text, **more))
    actions.submit_reports(entries=[entry], viewer=who, by=who.person, at=at)


def passed(city: City, username: str, report: Report, at: datetime = MARCH) -> None:
    """A section head or leader lets a report go on."""
    who = viewer(city, username)
    actions.pass_on_reports(reports=[report.key], viewer=who, by=who.person, at=at)


def accepted(city: City, report: Report, at: datetime = MARCH) -> None:
    """The office accepts."""
    who = viewer(city, "office")
    actions.accept_reports(reports=[report.key], viewer=who, by=who.person, at=at)


def returned(city: City, username: str, report: Report, why: str, at: datetime = MARCH) -> None:
    """Somebody returns a report."""
    who = viewer(city, username)
    actions.return_reports(reports=[report.key], why=why, viewer=who, by=who.person, at=at)


def stage_of(report: Report) -> str:
    """Where the report is now."""
    return report.states.open().get().stage


def now(at: datetime = MARCH) -> Moment:
    """The latest position, looked at from an instant."""
    return Moment(at)
