"""Series of figures of the small city, written through the product's own actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from luodi.audit.actions import perform
from luodi.indicators.actions import define_indicator, submit_values
from luodi.indicators.choices import Purpose

from .city import MAKER, City


def defined(city: City, at: datetime, name: str, measured_in: str = "亿元", **said: Any) -> str:
    """Define an indicator of the city; returns its key."""
    said = {"scale": 2, **said}
    with perform("define", by=MAKER, at=at, scope={"city": city.key}) as deed:
        made = define_indicator(
            deed=deed, city=city.key, name=name, measured_in=measured_in, **said
        )
    return made.indicator_id


def reported(
    city: City,
    at: datetime,
    unit: str,
    period: str,
    figures: Mapping[str, str],
    purpose: str = Purpose.DISPATCH,
    origin: str = "",
) -> None:
    """Typed figures of a unit (by name) about a period."""
    key = city.units[unit]
    origin = origin or f"test:{key}-{period}"
    scope = {"city": city.key, "unit": key}
    with perform("report", by=city.people["clerk"], at=at, scope=scope) as deed:
        submit_values(
            deed=deed, city=city.key, unit=key, period=period, figures=figures, origin=origin,
            purpose=purpose,
        )  # fmt: skip
