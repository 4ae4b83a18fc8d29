"""Reading a typed figure for a definition, and names of indicators. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from luodi.kit.calendars import Period
from luodi.kit.quantities import Quantity, Unit, show, unit
from luodi.kit.refusals import Refusal

EXACT = frozenset({"money", "dollars", "share", "points", "area", "money per area"})
"""Dimensions that are kept with two decimals at least; counts are whole."""


@dataclass(frozen=True)
class Measured:
    """What reading a figure needs of a definition."""

    name: str
    measured_in: str
    scale: int


def unit_of(measured_in: str) -> Unit:
    """A unit by its name; one the kit doesn't know is a dimension of its own."""
    return unit(measured_in) or Unit(measured_in, f"as written: {measured_in}")


def read_figure(definition: Measured, typed: str) -> Quantity | Refusal:
    """A typed figure at the definition's scale; text, another unit, too many decimals refused."""
    return Quantity.parse(typed, unit_of(definition.measured_in), definition.scale)


def least_scale(measured_in: str) -> int:
    """How many decimals a new definition keeps at least."""
    return 2 if unit_of(measured_in).dimension in EXACT else 0


def code_of(name: str, measured_in: str) -> str:
    """The code of an indicator that a plan, not a pack, brought in."""
    return f"{name}|{measured_in}"[:80]


def said(amount: int | None, scale: int) -> str:
    """An amount in digits, grouped; '' for none."""
    return "" if amount is None else show(amount, scale, grouping=True)


class Versioned(Protocol):
    """A version of a definition: from which period it holds, and whether the series goes on."""

    @property
    def valid_from(self) -> str: ...
    @property
    def comparable(self) -> bool: ...


V = TypeVar("V", bound=Versioned)


def holds_for(version: Versioned, period: str) -> bool:
    """Whether a version's first period begins no later than `period`."""
    if not version.valid_from:
        return True
    return Period.parse(version.valid_from).start <= Period.parse(period).start


def version_for(versions: Sequence[V], period: str) -> V | None:
    """The version a figure about `period` is read by: the last one entered that holds for it."""
    return next((v for v in reversed(versions) if holds_for(v, period)), None)


def break_between(versions: Sequence[V], base: str, period: str) -> V | None:
    """The version that parts two periods of a series from one another, if one does.

    A series breaks where a version that isn't comparable begins after the base and by the period.
    """
    if Period.parse(base).start > Period.parse(period).start:
        base, period = period, base
    parting = (v for v in versions if v.valid_from and not v.comparable)
    return next((v for v in parting if holds_for(v, period) and not holds_for(v, base)), None)
