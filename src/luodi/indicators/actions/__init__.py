"""Defining indicators, adopting targets, asking units, writing values."""

from .asking import ask, ask_unit, stop_asking
from .definitions import (
    adopt_pack_indicators,
    define_indicator,
    enter_indicator,
    revise_definition,
)
from .targets import adopt_targets, set_target, set_trajectory, share_out
from .values import Cell, Written, submit_values, withdraw, write_figures

__all__ = [
    "Cell",
    "Written",
    "adopt_pack_indicators",
    "adopt_targets",
    "ask",
    "ask_unit",
    "define_indicator",
    "enter_indicator",
    "revise_definition",
    "set_target",
    "set_trajectory",
    "share_out",
    "stop_asking",
    "submit_values",
    "withdraw",
    "write_figures",
]
