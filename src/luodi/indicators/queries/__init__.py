"""Definitions, targets, values; who is asked for what; at a moment, in a viewer's scope."""

from .asking import AskedFigure, asked_for, asked_of
from .definitions import (
    FIXED,
    Proposal,
    codes_of,
    definitions_by_key,
    measured,
    proposals,
    versions_by_key,
)
from .pages import (
    IndicatorPage,
    IndicatorRow,
    definition_for,
    find_indicator,
    indicator_page,
    indicators_list,
)
from .values import (
    Figure,
    figure_problems,
    figures_of,
    open_values,
    value_of,
)

__all__ = [
    "FIXED",
    "AskedFigure",
    "Figure",
    "IndicatorPage",
    "IndicatorRow",
    "Proposal",
    "asked_for",
    "asked_of",
    "codes_of",
    "definition_for",
    "definitions_by_key",
    "figure_problems",
    "figures_of",
    "find_indicator",
    "indicator_page",
    "indicators_list",
    "measured",
    "open_values",
    "proposals",
    "value_of",
    "versions_by_key",
]
