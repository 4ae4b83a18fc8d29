"""What the leading group does with the facts."""

from .exemptions import (
    Exemption,
    ExemptionCondition,
    ExemptionCover,
    ExemptionReader,
    ExemptionState,
)

__all__ = [
    "Exemption",
    "ExemptionCondition",
    "ExemptionCover",
    "ExemptionReader",
    "ExemptionState",
]
