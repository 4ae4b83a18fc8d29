"""What is known already about the cells of a form: asked once, never twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luodi.common.doors import find_subject
from luodi.common.moments import Moment
from luodi.indicators.models import Value
from luodi.indicators.rules import said

from ..rules.layouts import Place

PORTION = 500

Known = dict[tuple[str, str, str, str], Value]
"""Values by (indicator, unit, enterprise, period)."""


def cell_of(place: Place) -> tuple[str, str, str, str]:
    """What names the figure of a place."""
    return (place.indicator, place.unit, place.enterprise, place.period)


def known_values(places: Iterable[Place], purpose: str, moment: Moment) -> Known:
    """The values known at a moment in the places of a form, one query a period and portion."""
    found: Known = {}
    by_period: dict[str, list[Place]] = {}
    for place in places:
        by_period.setdefault(place.period, []).append(place)
    for period, some in by_period.items():
        rows = Value.objects.at(moment).filter(
            purpose=purpose,
            period=period,
            indicator__in={place.indicator for place in some},
            unit__in={place.unit for place in some},
        )
        enterprises = sorted({place.enterprise for place in some})
        for start in range(0, len(enterprises), PORTION):
            for row in rows.filter(enterprise__in=enterprises[start : start + PORTION]):
                found[row.indicator_id, row.unit, row.enterprise, row.period] = row
    return found


@dataclass(frozen=True)
class Locked:
    """A cell that is known from elsewhere: its digits, and where they come from."""

    typed: str
    source: str
    address: str


def locked_cells(places: Iterable[Place], known: Known, origin: str) -> dict[str, Locked]:
    """The cells whose figure came with another filing, report or import than `origin`."""
    names: dict[str, tuple[str, str]] = {}
    found = {}
    for place in places:
        value = known.get(cell_of(place))
        if value is None or value.origin == origin:
            continue
        if value.origin not in names:
            source = find_subject(value.origin)
            names[value.origin] = (source.title, source.address) if source else (value.origin, "")
        found[place.cell] = Locked(digits(value), *names[value.origin])
    return found


def digits(value: Value) -> str:
    """A value as a cell is typed."""
    return said(value.amount, value.scale).replace(",", "").replace("\u2212", "-")


def figures_at(
    places: Iterable[Place], known: Mapping[tuple[str, str, str, str], Value]
) -> dict[str, str]:
    """The digits of known values by cell."""
    found = {}
    for place in places:
        value = known.get(cell_of(place))
        if value is not None:
            found[place.cell] = digits(value)
    return found
