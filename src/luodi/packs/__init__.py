"""City policy as data: folders of YAML, checked by schemas, stacked, chosen by area and date."""

from luodi.packs.builtin_packs import builtin, builtin_packs, for_area, resolve
from luodi.packs.loader import load
from luodi.packs.meaning import (
    cadence,
    clock,
    clock_for,
    expand,
    light_rules,
    unit_names,
    work_calendar,
)
from luodi.packs.pack import (
    OWN_LEVELS,
    Pack,
    Stack,
    missing_below,
    own_packs,
    stack,
    stacked_over,
)
from luodi.packs.problems import PackProblem
from luodi.packs.registry import known_kinds, register_schema, schema_for

__all__ = [
    "OWN_LEVELS",
    "Pack",
    "PackProblem",
    "Stack",
    "builtin",
    "builtin_packs",
    "cadence",
    "clock",
    "clock_for",
    "expand",
    "for_area",
    "known_kinds",
    "light_rules",
    "load",
    "missing_below",
    "own_packs",
    "register_schema",
    "resolve",
    "schema_for",
    "stack",
    "stacked_over",
    "unit_names",
    "work_calendar",
]
