"""Registers by the pack: which there are, what a stage and a level are called, what is due."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.languages import titled
from luodi.orgs.rules import Viewer
from luodi.packs import Stack
from luodi.packs.schemas import RegisterRule, referred

from .goals import Aim

Given = Mapping[str, Any]
"""What a step was given: level, number, from_on, until_on, tutor, reason, reply, evidence."""


def registers_in(stack: Stack, on: date) -> tuple[RegisterRule, ...]:
    """The registers in force on a day, in order."""
    return tuple(sorted(stack.all("registers", RegisterRule, on), key=lambda rule: rule.order))


def rule_for(kept: Mapping[str, Any], stage: str, now: Mapping[str, RegisterRule]) -> RegisterRule:
    """The rule an entry goes by: today's, or the one kept with it where today's lost its stage."""
    rule = now.get(str(kept["key"]))
    return rule if rule and rule.stage(stage) else _parsed(json.dumps(kept, sort_keys=True))


@lru_cache(maxsize=256)
def _parsed(text: str) -> RegisterRule:
    return RegisterRule.model_validate_json(text)


def stage_title(rule: RegisterRule, key: str) -> str:
    """A stage in the reader's language; its key where the rule has lost it."""
    found = rule.stage(key)
    return titled(found) if found else key


def level_title(rule: RegisterRule, key: str) -> str:
    """A level in the reader's language."""
    found = rule.level(key)
    return titled(found) if found else key


def level_word(rule: RegisterRule) -> str:
    """What the levels of a register are called: cases have kinds."""
    return _("类别") if rule.group == "rights" else _("级别")


def keeps_register(viewer: Viewer, rule: RegisterRule, unit: str) -> bool:
    """Whether a viewer may enter something that `unit` looks after: the office for all units."""
    if "office" in rule.keepers and viewer.has("office"):
        return True
    return any(viewer.acts_for(unit, role) for role in rule.keepers)


def roles_for(viewer: Viewer, unit: str, referred_to: str = "") -> frozenset[str]:
    """The roles a viewer has towards an entry of a unit; the office's holds for all.

    Roles in the unit it was referred to are told apart (`referred:clerk`) and nobody else's.
    """
    own = {role for at, role in viewer.unit_roles if at == unit}
    lent = {referred(role) for at, role in viewer.unit_roles if at and at == referred_to}
    return frozenset(own | lent | (viewer.roles & {"office"}))


def last_day(rule: RegisterRule, from_on: date | None, until_on: date | None) -> date | None:
    """The last day of a recognition: as given, else as many years as the rule says."""
    if until_on or not from_on or not rule.years:
        return until_on
    year = from_on.year + rule.years
    leap = (from_on.month, from_on.day) == (2, 29)
    return (date(year, 3, 1) if leap else from_on.replace(year=year)) - timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """How an entry stands on a day: its light, and why."""

    light: str
    why: str
    days: int | None = field(default=None)


def ending(rule: RegisterRule, counts: bool, until_on: date | None, today: date) -> Standing | None:
    """What the end of a recognition asks for: nothing while it is far, or where none is set."""
    if until_on is None or not counts:
        return None
    left = (until_on - today).days
    if left < 0:
        return Standing("red", _("有效期已于 %(day)s 届满") % {"day": until_on}, left)
    if left <= rule.warn:
        words = {"day": until_on, "n": left}
        return Standing("yellow", _("有效期到 %(day)s，还有 %(n)d 天") % words, left)
    return None


def expected(rule: RegisterRule, year: int) -> int | None:
    """How many a straight line from the base to the goal asks for by a year's end; None outside."""
    goal = rule.goal
    return Aim(goal.base_year, goal.base, goal.year, goal.target).expected(year) if goal else None
