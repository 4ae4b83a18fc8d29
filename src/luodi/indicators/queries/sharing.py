"""Sharing a goal out: even parts of it, whose they are, and what they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext

from luodi.common.moments import Moment
from luodi.kit.calendars import Period
from luodi.orgs.queries import unit_names

from ..rules import Place, left_over, split
from .targets import Goal


def proposed(goal: Goal, units: Sequence[str], periods: Sequence[Period]) -> dict[Place, int]:
    """Even parts that make the whole exactly: over units and periods, or over units each period."""
    shares = split(goal.whole, [1] * len(units))
    found: dict[Place, int] = {}
    for unit, share in zip(units, shares, strict=True):
        each = split(share, [1] * len(periods)) if goal.adds else [share] * len(periods)
        found |= {(unit, p.key): part for p, part in zip(periods, each, strict=True)}
    return found


def part_units(parts: Mapping[Place, int], moment: Moment) -> dict[str, str]:
    """Names of the units that parts are for, in their order; '' is the whole."""
    keys = list(dict.fromkeys(unit for unit, _ in parts))
    names = unit_names([key for key in keys if key], moment)
    return {key: names.get(key, key) if key else gettext("全部") for key in keys}


def remainder(goal: Goal, parts: Mapping[Place, int]) -> int:
    """What the parts miss (or exceed, negative) of the whole, at the goal's scale."""
    return left_over(goal.whole, parts, goal.adds)
