"""Reading the rules that matter here out of the pack in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from luodi.kit.calendars import WorkCalendar
from luodi.kit.lights import Rule
from luodi.packs.schemas import CadenceRule, CalendarRule, LightRule

from .lights import Subject
from .rhythm import Rhythm

OWNERS = ("task_force", "leading_group", "city", "zone", "province", "state")
"""Whose rhythm counts for a plan's reports: its task force's, else the next above."""


def _rows(pack: Mapping[str, Any], kind: str) -> list[Mapping[str, Any]]:
    """The rules of a kind in a stored pack."""
    rows: list[Mapping[str, Any]] = pack.get("rules", {}).get(kind, [])
    return rows


def light_rules(pack: Mapping[str, Any], subject: Subject, today: date) -> list[Rule]:
    """The pack's light rules for a subject in force on a day, in the order they are tried."""
    rules = [LightRule.model_validate(row) for row in _rows(pack, "lights")]
    rules = [rule for rule in rules if rule.subject == subject and rule.holds_on(today)]
    return [rule.rule() for rule in sorted(rules, key=lambda rule: rule.rank)]


def work_calendar(pack: Mapping[str, Any]) -> WorkCalendar:
    """The published years of the pack as a calendar."""
    rows = _rows(pack, "calendars")
    return WorkCalendar(tuple(CalendarRule.model_validate(row).table() for row in rows))


def report_rhythm(pack: Mapping[str, Any], today: date) -> Rhythm | None:
    """The rhythm of the monthly report in the pack, or None where it sets none.

    Where several bodies set one, the task force's comes first.
    """
    found = [
        (CadenceRule.model_validate(row), row)
        for row in _rows(pack, "cadence")
        if row.get("what") == "report"
    ]
    found = [(rule, row) for rule, row in found if rule.kind == "rule" and rule.holds_on(today)]
    if not found:
        return None
    rule, row = min(found, key=lambda pair: OWNERS.index(_body(pair[0])))
    return Rhythm(rule.cadence(), work_calendar(pack), row)


def _body(rule: CadenceRule) -> str:
    return rule.owner.body if rule.owner.body in OWNERS else OWNERS[-1]
