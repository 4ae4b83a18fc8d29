"""The demo's banks, special funds and bonds: generated and marked so."""

from __future__ import annotations

from datetime import date, datetime

from luodi.projects.actions import record_funding

from .calendar import Event, china
from .people import Cast

STEPS = [
    (1, "loan", "国开行", "recommended", "", date(2026, 3, 16)),
    (1, "loan", "国开行", "intended", "12000", date(2026, 3, 25)),
    (1, "loan", "国开行", "credited", "9000", date(2026, 4, 15)),
    (1, "loan", "国开行", "disbursed", "3000", date(2026, 5, 11)),
    (1, "loan", "国开行", "disbursed", "2500", date(2026, 6, 15)),
    (2, "loan", "工行", "recommended", "5000", date(2026, 3, 16)),
    (2, "loan", "工行", "intended", "4000", date(2026, 4, 2)),
    (2, "loan", "工行", "credited", "3200", date(2026, 5, 6)),
    (4, "loan", "示例村镇银行", "recommended", "2000", date(2026, 4, 20)),
    (3, "special_fund", "【演示】技改专项资金", "applied_for", "600", date(2026, 3, 18)),
    (3, "special_fund", "【演示】技改专项资金", "granted", "500", date(2026, 4, 8)),
    (3, "special_fund", "【演示】技改专项资金", "used", "180", date(2026, 5, 18)),
    (2, "special_bond", "【演示】园区基础设施专项债券", "applied_for", "8000", date(2026, 3, 20)),
    (2, "special_bond", "【演示】园区基础设施专项债券", "granted", "6000", date(2026, 5, 20)),
]
"""Number of a project, kind, who gives, step, amount in 万元, and the day."""


def funding_events(cast: Cast, keys: dict[int, str]) -> list[Event]:
    """Each step told on the day it happened."""
    return [
        Event(china(row[-1], 16), lambda at, row=row: _tell(cast, keys, row, at)) for row in STEPS
    ]


def _tell(
    cast: Cast,
    keys: dict[int, str],
    row: tuple[int, str, str, str, str, date],
    at: datetime,
) -> None:
    number, kind, giver, step, amount, day = row
    record_funding(
        project=keys[number],
        kind=kind,
        giver=giver,
        step=step,
        amount=amount,
        happened_on=day,
        by=cast.people["zone"],
        at=at,
    )
