"""Requests of the small city's enterprises."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from luodi.services import actions
from luodi.services.models import Request

from .city import FIRMS, City

FIRM = FIRMS[0][0]
"""The firm somebody speaks for; its home is the zone."""


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


def at_work(city: City, at: datetime, mark: str = "") -> dict[str, list[str]]:
    """A request that waits for the firm's word, and one just entered."""
    return {"request": [answered(city, at, mark).key, noted(city, at, mark).key]}
