"""Series of figures of the small city, written through the product's own actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from luodi.audit.actions import perform
from luodi.indicators.actions import Cell, define_indicator, submit_values, write_figures
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


def enterprise_rows(
    city: City,
    at: datetime,
    indicator: str,
    rows: Mapping[str, list[int]],
    period: str = "2026-01",
    purpose: str = Purpose.STATISTICS,
) -> None:
    """Rows of enterprises (ent-甲县-0 …) that report to units by name; amounts at scale 2."""
    cells = [
        Cell(indicator, city.units[unit], f"ent-{unit}-{n}", period, amount, 2)
        for unit, amounts in rows.items()
        for n, amount in enumerate(amounts)
    ]
    scope = {"city": city.key}
    with perform("report", by=MAKER, at=at, scope=scope) as deed:
        write_figures(
            deed=deed, city=city.key, cells=cells, origin=f"test:rows-{period}", purpose=purpose
        )
