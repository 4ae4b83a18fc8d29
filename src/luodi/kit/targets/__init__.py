"""Indicators."""

from luodi.kit.targets.indicators import Indicator, indicators_of

__all__ = ["Indicator", "indicators_of"]
