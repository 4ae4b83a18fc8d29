"""The figures behind a pivot, read in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from .scope import readable_values

Spot = tuple[str, str, str]
"""Indicator, unit and period."""


@dataclass(frozen=True)
class Figure:
    """An amount at a scale, and what it came with."""

    amount: int
    scale: int
    origin: str


def figures(
    viewer: Viewer,
    indicators: Iterable[str],
    units: Iterable[str],
    periods: Iterable[str],
    purpose: str,
    moment: Moment,
) -> dict[Spot, Figure]:
    """The readable figures of one purpose by indicator, unit and period; all units if none."""
    rows = readable_values(viewer, moment).filter(
        indicator__in=set(indicators), period__in=set(periods), purpose=purpose
    )
    wanted = set(units)
    if wanted:
        rows = rows.filter(unit__in=wanted)
    fields = ("indicator", "unit", "period", "amount", "scale", "origin")
    return {
        (indicator, unit, period): Figure(amount, scale, origin)
        for indicator, unit, period, amount, scale, origin in rows.values_list(*fields)
    }
