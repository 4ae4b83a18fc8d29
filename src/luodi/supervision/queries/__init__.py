"""Reading supervision: how units stand at a moment, and what was done about it."""

from .exempting import coverable, people_of_unit
from .exemptions import (
    Exempt,
    ExemptionPage,
    ExemptionRow,
    exemption_for,
    exemption_page,
    exemptions,
    exemptions_of,
    files_of,
)
from .standings import KINDS, Lit, UnitStanding, by_unit, lit, lit_in

__all__ = [
    "KINDS",
    "Exempt",
    "ExemptionPage",
    "ExemptionRow",
    "Lit",
    "UnitStanding",
    "by_unit",
    "coverable",
    "exemption_for",
    "exemption_page",
    "exemptions",
    "exemptions_of",
    "files_of",
    "lit",
    "lit_in",
    "people_of_unit",
]
