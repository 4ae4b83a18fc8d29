"""Commitments in figures: indicators with value, unit, comparator, period and kind."""

from luodi.kit.targets.indicators import Indicator, indicators_of
from luodi.kit.targets.numbers import Figure, figures_in
from luodi.kit.targets.periods import period_before, period_marks
from luodi.kit.targets.tables import table_indicators

__all__ = [
    "Figure",
    "Indicator",
    "figures_in",
    "indicators_of",
    "period_before",
    "period_marks",
    "table_indicators",
]
