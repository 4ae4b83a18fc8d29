"""Requests of the small city's enterprises."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from luodi.common.moments import LOCAL
from luodi.services import actions
from luodi.services.models import Request

from .city import FIRMS, City

FIRM = FIRMS[0][0]
"""The firm somebody speaks for; its home is the zone."""


def ahead(days: int) -> str:
    """A day so far ahead of the real clock, by which pages read what is typed."""
    return (datetime.now(LOCAL).date() + timedelta(days=days)).isoformat()


def asked(city: City, at: datetime, mark: str = "", **given: Any) -> Request:
    """A request that the firm asks itself."""
    said: dict[str, Any] = {
        "firm": city.enterprises[FIRM],
        "category": "power",
        "title": f"{mark}厂区频繁停电",
        "text": f"{mark}上月停电三次，影响生产线，请协调增容。",
        "by": city.people["enterprise"],
        "at": at,
    }
    return actions.ask(**(said | given))


def noted(city: City, at: datetime, mark: str = "", **given: Any) -> Request:
    """A request that the zone's staff enter for the firm."""
    said: dict[str, Any] = {
        "category": "labour",
        "title": f"{mark}缺焊工二十名",
        "text": f"{mark}新线投产在即，请帮助招工。",
        "channel": "phone",
        "by": city.people["zone_staff"],
    }
    return asked(city, at, mark, **(said | given))


def in_hand(city: City, at: datetime, mark: str = "", **given: Any) -> Request:
    """A request that was responded to."""
    one = asked(city, at, mark, **given)
    actions.respond(
        request=one.key, text=f"{mark}已安排专人。", by=city.people["zone_staff"], at=at
    )
    return one


def answered(city: City, at: datetime, mark: str = "", **given: Any) -> Request:
    """A request that was answered and waits for the firm's word."""
    one = in_hand(city, at, mark, **given)
    actions.answer(request=one.key, text=f"{mark}已增容。", by=city.people["zone_staff"], at=at)
    return one


def planned(city: City, at: datetime, mark: str = "", **given: Any) -> str:
    """The key of a visit that the zone plans for the next day."""
    said: dict[str, Any] = {
        "firm": city.enterprises[FIRM],
        "kind": "visit",
        "purpose": f"{mark}了解投产准备",
        "on": at.date() + timedelta(days=1),
        "by": city.people["zone_staff"],
        "at": at,
    }
    return actions.plan_visit(**(said | given)).key


def visited(city: City, at: datetime, mark: str = "", **given: Any) -> str:
    """The key of a visit that was made today."""
    said: dict[str, Any] = {
        "firm": city.enterprises[FIRM],
        "kind": "visit",
        "purpose": f"{mark}看新线",
        "on": at.date(),
        "summary": f"{mark}新线调试中，缺工。",
        "by": city.people["zone_staff"],
        "at": at,
    }
    return actions.log_new_visit(**(said | given)).key


def gathered(city: City, at: datetime, mark: str = "") -> str:
    """The key of a breakfast with the firm."""
    return actions.hold_gathering(
        kind="breakfast", title=f"{mark}三月早餐会", held_on=at.date(), place="管委会",
        firms=[city.enterprises[FIRM]], by=city.people["zone_staff"], at=at,
    ).key  # fmt: skip


def drawn(city: City, at: datetime, mark: str = "", count: int = 1) -> str:
    """The key of a draw of the office, for a month later."""
    return actions.draw_inspections(
        count=count, purpose=f"{mark}用电安全抽查", on=at.date() + timedelta(days=40),
        by=city.people["office"], at=at,
    ).key  # fmt: skip


def complained(city: City, at: datetime, mark: str = "", **given: Any) -> str:
    """The key of a complaint of the firm about its zone, citing the list."""
    said: dict[str, Any] = {
        "item": "extort",
        "about": city.units["开发区管委会"],
        "text": f"{mark}示例：上门检查时索要礼品",
        "by": city.people["enterprise"],
        "at": at,
    }
    return actions.complain(**(said | given)).key


def at_work(city: City, at: datetime, mark: str = "") -> dict[str, list[str]]:
    """A request that waits for the firm's word and one just entered; a visit planned and one
    made; a breakfast with an ask."""
    breakfast = gathered(city, at, mark)
    actions.note_ask(
        gathering=breakfast, firm=city.enterprises[FIRM], category="sales",
        line=f"{mark}想找本地配套厂", by=city.people["zone_staff"], at=at,
    )  # fmt: skip
    actions.name_sponsor(
        firm=city.enterprises[FIRM], person=city.people["zone_leader"],
        by=city.people["zone_staff"], at=at,
    )  # fmt: skip
    return {
        "request": [answered(city, at, mark).key, noted(city, at, mark).key],
        "service_visit": [planned(city, at, mark), visited(city, at, mark)],
        "gathering": [breakfast],
        "draw": [drawn(city, at, mark)],
        "complaint": [complained(city, at, mark)],
    }
