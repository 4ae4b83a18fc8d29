"""Registers by the pack, and lists as they are written."""

from .goals import Aim, Progress
from .lists import HEADS, Line, day_of, read_list
from .standing import (
    Standing,
    ending,
    expected,
    keeps_register,
    last_day,
    level_title,
    level_word,
    registers_in,
    roles_for,
    rule_for,
    stage_title,
)

__all__ = [
    "HEADS",
    "Aim",
    "Line",
    "Progress",
    "Standing",
    "day_of",
    "ending",
    "expected",
    "keeps_register",
    "last_day",
    "level_title",
    "level_word",
    "read_list",
    "registers_in",
    "roles_for",
    "rule_for",
    "stage_title",
]
