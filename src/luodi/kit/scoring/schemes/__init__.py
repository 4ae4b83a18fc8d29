"""Scores of units by a scheme, exact until a total is rounded: contributions, ranks, tiers."""

from luodi.kit.scoring.schemes.scoring import ENGINE, score
from luodi.kit.scoring.schemes.values import (
    Contribution,
    Entrant,
    Extra,
    ExtraPoints,
    Figures,
    Indicator,
    Outcome,
    Pool,
    Result,
    Scheme,
    Tier,
    Veto,
)

__all__ = [
    "ENGINE",
    "Contribution",
    "Entrant",
    "Extra",
    "ExtraPoints",
    "Figures",
    "Indicator",
    "Outcome",
    "Pool",
    "Result",
    "Scheme",
    "Tier",
    "Veto",
    "score",
]
