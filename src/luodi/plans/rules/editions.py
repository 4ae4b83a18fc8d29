"""Reading the rules that matter here out of the packs in force."""

from __future__ import annotations

from datetime import date

from luodi.packs import Stack, work_calendar
from luodi.packs.schemas import CadenceRule

from .rhythm import Rhythm

OWNERS = ("task_force", "leading_group", "city", "zone", "province", "state")
"""Whose rhythm counts for a plan's reports: its task force's, else the next above."""


def report_rhythm(stack: Stack, today: date) -> Rhythm | None:
    """The rhythm of the monthly report in the packs, or None where they set none.

    Where several bodies set one, the task force's comes first.
    """
    found = [
        rule
        for rule in stack.all("cadence", CadenceRule, today)
        if rule.what == "report" and rule.kind == "rule"
    ]
    if not found:
        return None
    rule = min(found, key=_rank)
    words = rule.model_dump(mode="json", by_alias=True)
    return Rhythm(rule.cadence(), work_calendar(stack), words)


def _rank(rule: CadenceRule) -> int:
    return OWNERS.index(rule.owner.body) if rule.owner.body in OWNERS else len(OWNERS)
