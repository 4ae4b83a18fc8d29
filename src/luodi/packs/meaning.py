"""Rules of a stack as the kit's values: what callers compute with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from luodi.kit.calendars import Cadence, Clock, OfficeHours, WorkCalendar
from luodi.kit.lights import Rule
from luodi.packs.pack import Stack
from luodi.packs.schemas import CadenceRule, CalendarRule, ClockRule, LightRule, UnitRule


def work_calendar(stack: Stack, office: OfficeHours | None = None) -> WorkCalendar:
    """The published years of the stack as one calendar."""
    rules = sorted(stack.all("calendars", CalendarRule), key=lambda rule: rule.year)
    tables = tuple(rule.table() for rule in rules)
    return WorkCalendar(tables, office) if office else WorkCalendar(tables)


def cadence(stack: Stack, key: str, on: date) -> tuple[CadenceRule, Cadence] | None:
    """A rhythm in force on a day, with the rule that carries owner and source."""
    rule = stack.one("cadence", CadenceRule, key, on)
    return (rule, rule.cadence()) if rule else None


def clock(stack: Stack, key: str, on: date) -> tuple[ClockRule, Clock] | None:
    """A clock in force on a day, with its rule."""
    rule = stack.one("clocks", ClockRule, key, on)
    return (rule, rule.clock()) if rule else None


def clock_for(stack: Stack, step: str, on: date) -> tuple[ClockRule, Clock] | None:
    """The clock that starts with a step (`applies_to`), with its rule."""
    rules = stack.all("clocks", ClockRule, on)
    rule = next((r for r in reversed(rules) if r.applies_to == step), None)
    return (rule, rule.clock()) if rule else None


def light_rules(stack: Stack, subject: str, on: date) -> tuple[Rule, ...]:
    """The light rules of a subject in force on a day, in the order they are tried."""
    rules = [rule for rule in stack.all("lights", LightRule, on) if rule.subject == subject]
    return tuple(rule.rule() for rule in sorted(rules, key=lambda rule: rule.rank))


def unit_names(stack: Stack, on: date | None = None) -> dict[str, str]:
    """Every name a unit goes by -> the unit's key."""
    units = stack.all("units", UnitRule, on)
    return {name: unit.key for unit in units for name in unit.names()}


def expand(stack: Stack, keys: Iterable[str], on: date | None = None) -> tuple[str, ...]:
    """Unit keys with collective bodies replaced by their members, in order, once each."""
    members = {unit.key: unit.members for unit in stack.all("units", UnitRule, on)}
    found: dict[str, None] = {}
    for key in keys:
        found.update(dict.fromkeys(members.get(key) or (key,)))
    return tuple(found)
