"""Definitions, targets, values; who is asked for what; at a moment, in a viewer's scope."""

from .asking import AskedFigure, asked_for, asked_of
from .books import FORMING, breaks_of, declarations, declare, formula_fault
from .definitions import (
    FIXED,
    Proposal,
    codes_of,
    definitions_by_key,
    measured,
    proposals,
    rates_of,
    versions_by_key,
)
from .facts import FactRow, stated_facts
from .mirror import read
from .pages import (
    IndicatorPage,
    IndicatorRow,
    definition_for,
    find_indicator,
    indicator_page,
    indicators_list,
)
from .totals import (
    Total,
    Version,
    counts,
    missing,
    readable,
    revised_cells,
    series,
    top,
    totals,
)
from .values import (
    Figure,
    figure_problems,
    figures_of,
    open_amounts,
    open_values,
    value_of,
)

__all__ = [
    "FIXED",
    "FORMING",
    "AskedFigure",
    "FactRow",
    "Figure",
    "IndicatorPage",
    "IndicatorRow",
    "Proposal",
    "Total",
    "Version",
    "asked_for",
    "asked_of",
    "breaks_of",
    "codes_of",
    "counts",
    "declarations",
    "declare",
    "definition_for",
    "definitions_by_key",
    "figure_problems",
    "figures_of",
    "find_indicator",
    "formula_fault",
    "indicator_page",
    "indicators_list",
    "measured",
    "missing",
    "open_amounts",
    "open_values",
    "proposals",
    "rates_of",
    "read",
    "readable",
    "revised_cells",
    "series",
    "stated_facts",
    "top",
    "totals",
    "value_of",
    "versions_by_key",
]
