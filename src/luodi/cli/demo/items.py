"""The demo's supervised items: one of each source, in every stage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from luodi.common.moments import Moment
from luodi.ledger.actions import (
    acknowledge,
    apply_for_close_out,
    give_feedback,
    open_item,
    reopen,
    verify_close_out,
)
from luodi.ledger.choices import Source

from .calendar import Event, china
from .people import Cast


def item_events(cast: Cast, measures: Mapping[str, str], now: datetime) -> list[Event]:
    """What happens to the demo's items, with when."""
    made: dict[str, str] = {}
    return [
        *_instruction(cast, made),
        *_visit(cast, made),
        *_others(cast, measures, Moment(now).today),
    ]


def _instruction(cast: Cast, made: dict[str, str]) -> list[Event]:
    """A leader's instruction, done and verified."""
    office, clerk, units = cast.people["office"], cast.people["gongxin"], cast.units

    def begin(at: datetime) -> None:
        made["power"] = open_item(
            city=cast.city,
            source=Source.INSTRUCTION,
            title="核实园区供电能力缺口并提出方案",
            lead=units["市工信局"],
            cooperating=[units["市能源局"], units["开发区管委会"]],
            instruction="【演示】请工信局牵头，把企业反映的用电问题弄清楚，三周内报我。",
            instructed_by="示例领导",
            instructed_on=date(2026, 2, 2),
            reply_by=date(2026, 2, 23),
            due_on=date(2026, 2, 23),
            by=office,
            at=at,
        ).key

    def verify(at: datetime) -> None:
        verify_close_out(item=made["power"], note="【演示】方案已落实", by=office, at=at)

    said = "【演示】已测算缺口并形成增容方案。"
    return [
        Event(china(date(2026, 2, 3)), begin),
        *_handling(made, "power", clerk, date(2026, 2, 12), said),
        Event(china(date(2026, 2, 20)), verify),
    ]


def _visit(cast: Cast, made: dict[str, str]) -> list[Event]:
    """A problem found on a visit, closed, and reopened at a later look."""
    office, zone, units = cast.people["office"], cast.people["zone"], cast.units

    def begin(at: datetime) -> None:
        made["labour"] = open_item(
            city=cast.city,
            source=Source.VISIT,
            title="企业用工缺口对接",
            content="【演示】走访中三家企业反映一线工人不足。",
            lead=units["开发区管委会"],
            cooperating=[units["市人社局"]],
            due_on=date(2026, 12, 5),
            by=office,
            at=at,
        ).key

    def verify(at: datetime) -> None:
        verify_close_out(item=made["labour"], by=office, at=at)

    def look_again(at: datetime) -> None:
        reason = "【演示】回头看：仍有一家未解决"
        reopen(item=made["labour"], reason=reason, by=office, at=at)

    said = "【演示】举办招聘会，达成意向。"
    return [
        Event(china(date(2026, 3, 4)), begin),
        *_handling(made, "labour", zone, date(2026, 3, 16), said),
        Event(china(date(2026, 3, 20)), verify),
        Event(china(date(2026, 4, 8)), look_again),
    ]


def _handling(made: dict[str, str], name: str, person: str, day: date, said: str) -> list[Event]:
    """Signed for, fed back, close-out asked for."""
    return [
        Event(
            china(day - timedelta(days=6)),
            lambda at: acknowledge(item=made[name], by=person, at=at),
        ),
        Event(
            china(day, 10),
            lambda at: give_feedback(item=made[name], text=said, claimed=80, by=person, at=at),
        ),
        Event(
            china(day, 15),
            lambda at: apply_for_close_out(item=made[name], outcome=said, by=person, at=at),
        ),
    ]


def _others(cast: Cast, measures: Mapping[str, str], today: date) -> list[Event]:
    """Three that stay open: overdue, nearly due, undated."""
    rest = [
        (Source.MEETING, "地块手续衔接会商事项", "市规划和自然资源局", date(2026, 6, 30), ""),
        (Source.MEASURE, "链上缺失环节清单补充", "市工信局", today + timedelta(days=2), "1."),
        (Source.INSPECTION, "屋顶光伏协议签订进度", "市能源局", None, "8."),
    ]

    def begin(at: datetime, row: tuple[Source, str, str, date | None, str]) -> None:
        source, title, lead, due, label = row
        open_item(
            city=cast.city,
            source=source,
            title=title,
            content="【演示】演示事项。",
            lead=cast.units[lead],
            due_on=due,
            about=f"measure:{measures[label]}" if label else "",
            by=cast.people["office"],
            at=at,
        )

    return [
        Event(china(date(2026, 4, 9), 9 + n), lambda at, row=row: begin(at, row))
        for n, row in enumerate(rest)
    ]
