"""What is known already about the cells of a form: asked once, never twice."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import NamedTuple

from luodi.common.doors import find_subject
from luodi.common.keys import split_subject, subject_key
from luodi.common.moments import Moment
from luodi.indicators.models import Value
from luodi.indicators.rules import said

from ..models import Filing
from ..rules.layouts import Place

PORTION = 500


class KnownValue(NamedTuple):
    """What is known of a place: an integer at a scale, and what it came with."""

    amount: int
    scale: int
    origin: str

    @property
    def digits(self) -> str:
        """As a cell is typed."""
        return said(self.amount, self.scale).replace(",", "").replace("\u2212", "-")


Known = dict[tuple[str, str, str, str], KnownValue]
"""Values by (indicator, unit, enterprise, period)."""
COLUMNS = ("indicator", "unit", "enterprise", "period", "amount", "scale", "origin")


def cell_of(place: Place) -> tuple[str, str, str, str]:
    """What names the figure of a place."""
    return place[1:]


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
            portion = rows.filter(enterprise__in=enterprises[start : start + PORTION])
            for indicator, unit, enterprise, when, *rest in portion.values_list(*COLUMNS):
                found[indicator, unit, enterprise, when] = KnownValue(*rest)
    return found


@dataclass(frozen=True)
class Locked:
    """A cell that is known from elsewhere: its digits, and where they come from."""

    typed: str
    source: str
    address: str


def outranked(filing: Filing, places: Iterable[Place], known: Known) -> frozenset[str]:
    """The origins of figures that others' filings gave about this filing's respondent.

    A zone's table about its enterprises is second-hand: it spares the enterprise nothing, and
    gives way when the enterprise, or the unit a row is about, hands in its own figure.
    """
    own = (filing.unit, filing.enterprise)
    values = (known.get(cell_of(one)) for one in places if own == (one.unit, one.enterprise))
    kinds = [split_subject(value.origin) for value in values if value is not None]
    keys = {key for kind, key in kinds if kind == "filing"} - {filing.key}
    if not keys:
        return frozenset()
    rows = Filing.objects.filter(key__in=keys).values_list("key", "unit", "enterprise")
    return frozenset(subject_key("filing", key) for key, *theirs in rows if tuple(theirs) != own)


def locked_cells(
    filing: Filing, places: Iterable[Place], known: Known, below: Set[str] = frozenset()
) -> dict[str, Locked]:
    """The cells whose figure came with another filing, report or import than this one.

    `below` are the outranked origins: they lock none of the respondent's own figures.
    """
    names: dict[str, tuple[str, str]] = {}
    found = {}
    origin, own = subject_key("filing", filing.key), (filing.unit, filing.enterprise)
    for place in places:
        value = known.get(cell_of(place))
        if value is None or value.origin == origin:
            continue
        if value.origin in below and own == (place.unit, place.enterprise):
            continue
        if value.origin not in names:
            source = find_subject(value.origin)
            names[value.origin] = (source.title, source.address) if source else (value.origin, "")
        found[place.cell] = Locked(value.digits, *names[value.origin])
    return found


def figures_at(places: Iterable[Place], known: Known) -> dict[str, str]:
    """The digits of known values by cell."""
    found = {}
    for place in places:
        value = known.get(cell_of(place))
        if value is not None:
            found[place.cell] = value.digits
    return found
