"""What indicators mean at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.common.moments import Moment
from luodi.orgs.queries import pack_of, units_by_name
from luodi.packs.schemas import IndicatorRule, UnitRule

from ..choices import Purpose
from ..models import Definition, Indicator
from ..rules import Measured


def measured(definition: Definition) -> Measured:
    """What the rules need of a definition."""
    return Measured(definition.name, definition.measured_in, definition.scale)


def definitions_by_key(keys: Iterable[str], moment: Moment) -> dict[str, Definition]:
    """The definitions in force by indicator key."""
    rows = Definition.objects.at(moment).filter(indicator__in=set(keys))
    return {row.indicator_id: row for row in rows}


def versions_by_key(keys: Iterable[str], moment: Moment) -> dict[str, list[Definition]]:
    """All versions entered by a moment, by indicator key, the oldest first; one query."""
    found: dict[str, list[Definition]] = {}
    rows = Definition.objects.ever(moment).filter(indicator__in=set(keys)).select_related("since")
    for row in rows.order_by("since", "pk"):
        found.setdefault(row.indicator_id, []).append(row)
    return found


@dataclass(frozen=True)
class Proposal:
    """What a city's packs say about an indicator, beside what stands in the dictionary.

    `versions` hold the fields of a definition, the earliest first. `state` is new, changed, same,
    or parted: the pack means another unit or purpose, so it is another indicator. `indicator` is
    the key where the dictionary has it.
    """

    code: str
    name: str
    versions: tuple[Mapping[str, Any], ...]
    state: str
    indicator: str = ""

    @property
    def last(self) -> Mapping[str, Any]:
        """The fields of the version that holds now."""
        return self.versions[-1]

    @property
    def missing(self) -> tuple[Mapping[str, Any], ...]:
        """The versions that the dictionary would have to take, in order."""
        return self.versions if self.state == "new" else self.versions[-1:]


FIXED = frozenset({"measured_in", "purpose"})
"""What never changes in an indicator: figures already known would come to mean something else."""

PURPOSES = {"self_reported": Purpose.ENTERPRISE}
"""Where the pack's word for a purpose is another."""


def proposals(city: str, moment: Moment) -> list[Proposal]:
    """The indicators of the packs in force, in the packs' order, against the dictionary."""
    stack = pack_of(city, moment)
    units = units_by_name(city, moment)
    named = {rule.key: rule.name for rule in stack.all("units", UnitRule, moment.today)}
    keys = {key: units[name][0].of_id for key, name in named.items() if units.get(name)}
    grouped: dict[tuple[Any, ...], list[IndicatorRule]] = {}
    for rule in stack.all("indicators", IndicatorRule):
        grouped.setdefault(rule.identity(), []).append(rule)
    running = {
        row.indicator.code: row
        for row in Definition.objects.at(moment)
        .filter(indicator__city=city)
        .select_related("indicator")
    }
    taken: set[str] = set()
    found = []
    for rules in grouped.values():
        code = rules[0].key if rules[0].key not in taken else f"{rules[0].key}:{rules[0].purpose}"
        taken.add(code)
        found.append(_proposal(code, rules, keys, running.get(code)))
    return found


def _proposal(
    code: str, rules: list[IndicatorRule], units: Mapping[str, str], now: Definition | None
) -> Proposal:
    ordered = sorted(rules, key=lambda rule: (rule.since is not None, rule.since))
    versions = tuple(_fields(rule, units) for rule in ordered)
    state = "new"
    if now is not None:
        apart = {name for name, value in versions[-1].items() if getattr(now, name) != value}
        state = ("parted" if apart & FIXED else "changed") if apart else "same"
    return Proposal(code, rules[0].name, versions, state, now.indicator_id if now else "")


def _fields(rule: IndicatorRule, units: Mapping[str, str]) -> dict[str, Any]:
    """A pack's rule as the fields of a definition; a clause the schema may lack is empty."""
    return {
        "name": rule.name,
        "name_en": rule.name_en,
        "measured_in": rule.unit,
        "scale": rule.scale,
        "period_kind": rule.period,
        "purpose": str(PURPOSES.get(rule.purpose, rule.purpose)),
        "meaning": rule.definition,
        "scope": getattr(rule, "scope", ""),
        "answers": units.get(rule.answers, ""),
        "measure": rule.measure,
        "counts": rule.counts,
        "direction": rule.direction,
        "over_units": rule.over_units,
        "formula": getattr(rule, "formula", ""),
        "numerator": rule.numerator,
        "denominator": rule.denominator,
        "valid_from": getattr(rule, "valid_from", "") or "",
        "comparable": getattr(rule, "comparable", True),
        "confirmed": rule.confirmed,
        "combined": rule.combined,
        "prices": rule.prices,
        "growth_by": rule.growth_by,
        "source": rule.source[:200],
    }


def rates_of(city: str, moment: Moment) -> list[tuple[str, str]]:
    """The indicators of a city that state a rate in percent: code and name, by name."""
    rows = Definition.objects.at(moment).filter(indicator__city=city, measured_in="%")
    return list(rows.order_by("name").values_list("indicator__code", "name"))


def codes_of(city: str, codes: Iterable[str]) -> dict[str, str]:
    """Indicator keys of a city by code."""
    rows = Indicator.objects.filter(city=city, code__in=set(codes))
    return dict(rows.values_list("code", "key"))
