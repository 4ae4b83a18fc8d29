"""Who decides a good-faith exemption, and by which conditions: the rules of a city's packs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from luodi.orgs.rules import Viewer
from luodi.packs import Stack
from luodi.packs.schemas.exemptions import BodyPart, ConditionRule, ExemptionRule

from ..choices import Finding


def exemption_rule(stack: Stack, day: date) -> ExemptionRule | None:
    """The body that looks into applications on a day; None where no pack has one."""
    rules = sorted(stack.all("exemptions", ExemptionRule, day), key=lambda rule: rule.key)
    return rules[0] if rules else None


def conditions_in(stack: Stack, day: date) -> tuple[ConditionRule, ...]:
    """The conditions in force on a day, the precondition among them, in order."""
    rules = stack.all("exemption_conditions", ConditionRule, day)
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.key)))


def belongs_to(parts: Iterable[BodyPart], viewer: Viewer, units: Mapping[str, str]) -> bool:
    """Whether the viewer is one of a body's people; `units` are keys by the names in the rule."""
    for part in parts:
        if not part.units and viewer.has(*part.roles):
            return True
        keys = (units.get(name, "") for name in part.units)
        if any(key and viewer.acts_for(key, *part.roles) for key in keys):
            return True
    return False


def missing_findings(
    rules: Iterable[ConditionRule], findings: Mapping[str, str]
) -> tuple[list[ConditionRule], list[ConditionRule]]:
    """The conditions nobody has looked at, and those found not to hold."""
    rules = list(rules)
    unseen = [rule for rule in rules if not findings.get(rule.key)]
    failing = [rule for rule in rules if findings.get(rule.key) == Finding.FAILS]
    return unseen, failing


def number_of(year: int, serial: int) -> str:
    """The number of an application in the register; it keeps it through to the decision."""
    return f"容错〔{year}〕{serial}号"
