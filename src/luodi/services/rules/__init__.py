"""The limits of requests and their lights, levels, likeness; whose turn it is."""

from .clocks import (
    POLICY,
    Counted,
    Running,
    Story,
    check_steps,
    counted,
    end_of_day,
    is_late,
    light_at,
    lights_of,
    limits_of,
    policy_of,
    rule_of,
    spell,
    working_of,
)
from .likeness import likeness
from .vocabulary import Word, categories_of, channels_of, levels_of, number_of, words_by_key

__all__ = [
    "POLICY",
    "Counted",
    "Running",
    "Story",
    "Word",
    "categories_of",
    "channels_of",
    "check_steps",
    "counted",
    "end_of_day",
    "is_late",
    "levels_of",
    "light_at",
    "lights_of",
    "likeness",
    "limits_of",
    "number_of",
    "policy_of",
    "rule_of",
    "spell",
    "words_by_key",
    "working_of",
]
