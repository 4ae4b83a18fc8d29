"""What a city's pack says of the procedure of an appraisal, and who comes under which reward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from luodi.packs import Stack
from luodi.packs.schemas import AppraisalRule, RewardRule, TermRule

R = TypeVar("R", AppraisalRule, RewardRule, TermRule)

CLOCKS = {
    "self_report": "appraisal.self_report",
    "verification": "appraisal.verification",
    "objection": "appraisal.objection",
    "review": "appraisal.review",
}
"""The clock of each step: what it starts with, in the pack's words."""

NOTICE_CLOCK = "appraisal.notice"


def _for_scheme(rules: Iterable[R], scheme: str) -> list[R]:
    """The rules for a scheme: those that name it, or else those for all schemes."""
    there = list(rules)
    named = [one for one in there if scheme in one.schemes]
    return named or [one for one in there if not one.schemes]


def procedure_in(stack: Stack, scheme: str, on: date) -> AppraisalRule | None:
    """The procedure of a scheme's appraisals in force on a day."""
    found = _for_scheme(stack.all("appraisals", AppraisalRule, on), scheme)
    return found[-1] if found else None


def rewards_in(stack: Stack, scheme: str, on: date) -> tuple[RewardRule, ...]:
    """The rules of reward and punishment for a scheme in force on a day."""
    return tuple(_for_scheme(stack.all("rewards", RewardRule, on), scheme))


def term_rule_in(stack: Stack, scheme: str, on: date) -> TermRule | None:
    """How the years of a term become one result."""
    found = _for_scheme(stack.all("terms", TermRule, on), scheme)
    return found[-1] if found else None


@dataclass(frozen=True)
class Standing:
    """What a run gave a unit: tier (key) and place."""

    unit: str
    tier: str
    place: int | None


def due_rewards(
    rules: Iterable[RewardRule], standings: Iterable[Standing]
) -> list[tuple[Standing, RewardRule]]:
    """Which rules cover whom, units by place, rules in the pack's order."""
    there = list(rules)
    ordered = sorted(standings, key=lambda s: (s.place is None, s.place or 0, s.unit))
    return [(one, rule) for one in ordered for rule in there if rule.covers(one.tier, one.place)]
