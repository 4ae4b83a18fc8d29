"""Reading supervision: how units stand at a moment, and what was done about it."""

from .standings import KINDS, Lit, UnitStanding, by_unit, lit, lit_in

__all__ = ["KINDS", "Lit", "UnitStanding", "by_unit", "lit", "lit_in"]
