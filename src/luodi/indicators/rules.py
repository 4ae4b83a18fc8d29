"""Reading a typed figure for a definition, and names of indicators. Pure."""

from __future__ import annotations

from dataclasses import dataclass

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
