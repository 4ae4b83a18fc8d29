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
from .draws import drawn_of
from .likeness import likeness
from .months import Met, Share, satisfaction_of, share_within
from .quiet import Coming, Quiet, quiet_of, visit_limits_of
from .vocabulary import (
    Word,
    categories_of,
    channels_of,
    conduct_of,
    gathering_kinds_of,
    levels_of,
    number_of,
    words_by_key,
)

__all__ = [
    "POLICY",
    "Coming",
    "Counted",
    "Met",
    "Quiet",
    "Running",
    "Share",
    "Story",
    "Word",
    "categories_of",
    "channels_of",
    "check_steps",
    "conduct_of",
    "counted",
    "drawn_of",
    "end_of_day",
    "gathering_kinds_of",
    "is_late",
    "levels_of",
    "light_at",
    "lights_of",
    "likeness",
    "limits_of",
    "number_of",
    "policy_of",
    "quiet_of",
    "rule_of",
    "satisfaction_of",
    "share_within",
    "spell",
    "visit_limits_of",
    "words_by_key",
    "working_of",
]
