"""What holds between the rules of a pack: keys are unique in time, and what is named exists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from luodi.packs.pack import Pack
from luodi.packs.placed import Placed, rules_below
from luodi.packs.problems import PackProblem
from luodi.packs.project_faults import project_faults
from luodi.packs.register_faults import register_faults
from luodi.packs.schemas import (
    AliasRule,
    AreaRule,
    CalendarRule,
    EnterpriseFactRule,
    FactRule,
    FormRule,
    IndicatorRule,
    PackHead,
    PaperRule,
    RuleBase,
    SchemeRule,
    UnitRule,
)

BRACKETED = re.compile(r"\[([^\]]+)\]")
"""The indicators a formula names."""


def cross_check(
    head: PackHead | None, placed: list[Placed], elsewhere: Mapping[str, Pack]
) -> Iterator[PackProblem]:
    """Every fault between rules."""
    yield from _overlaps(placed)
    yield from _same_year(placed)
    below = set(rules_below(head, elsewhere, "units"))
    yield from _unknown_packs(head, elsewhere)
    yield from _unknown_units(placed, below)
    yield from _unknown_indicators(placed, set(rules_below(head, elsewhere, "indicators")))
    yield from _same_name(placed)
    yield from _circles(placed)
    yield from project_faults(head, placed, elsewhere)
    yield from register_faults(head, placed, elsewhere)


def _unknown_packs(head: PackHead | None, elsewhere: Mapping[str, Pack]) -> Iterator[PackProblem]:
    for key in head.stacks_over if head else ():
        if key not in elsewhere:
            yield PackProblem(
                "pack.yaml", 0, "pack.no_base", f"找不到所依托的规则包“{key}”", "warning"
            )


def _overlaps(placed: list[Placed]) -> Iterator[PackProblem]:
    versions: dict[tuple[object, ...], list[Placed]] = {}
    for item in placed:
        same = versions.setdefault((item.kind, *item.rule.identity()), [])
        other = next((o for o in same if _meet(o.rule, item.rule)), None)
        if other:
            yield item.problem(
                "pack.overlap",
                f"“{item.rule.key}”与第 {other.line} 行的同名规则在同一时间有效",
            )
        same.append(item)


def _meet(a: RuleBase, b: RuleBase) -> bool:
    starts = max(a.since or date.min, b.since or date.min)
    ends = min(a.until or date.max, b.until or date.max)
    return starts <= ends


def _same_year(placed: list[Placed]) -> Iterator[PackProblem]:
    years: set[int] = set()
    for item in placed:
        if not isinstance(item.rule, CalendarRule):
            continue
        if item.rule.year in years:
            yield item.problem("pack.year_twice", f"{item.rule.year}年的安排写了两次")
        years.add(item.rule.year)


def _unknown_units(placed: list[Placed], below: set[str]) -> Iterator[PackProblem]:
    units = below | {item.rule.key for item in placed if item.kind == "units"}
    for item in placed:
        for key in _names_units(item.rule):
            if key not in units:
                yield item.problem("pack.unknown_unit", f"没有登记的单位“{key}”")


def _unknown_indicators(placed: list[Placed], below: set[str]) -> Iterator[PackProblem]:
    """What a fact, a form or a condition is about must be defined, here or in a pack below."""
    known = below | {item.rule.key for item in placed if item.kind == "indicators"}
    for item in placed:
        for key in sorted(_names_indicators(item.rule) - known):
            yield item.problem("pack.unknown_indicator", f"没有定义的指标“{key}”")


def _names_indicators(rule: RuleBase) -> set[str]:
    match rule:
        case FactRule():
            return {rule.indicator}
        case EnterpriseFactRule():
            return {rule.indicator.code} if rule.indicator else set()
        case FormRule():
            return set(rule.indicators())
        case SchemeRule():
            return {one.code for one in rule.indicators() if one.code}
        case IndicatorRule():
            return {*BRACKETED.findall(rule.formula), *filter(None, [rule.growth_by])}
        case _:
            return set()


def _names_units(rule: RuleBase) -> tuple[str, ...]:
    match rule:
        case UnitRule():
            return (*rule.members, *([rule.parent] if rule.parent else []))
        case AliasRule() | AreaRule():
            return (rule.means,)
        case IndicatorRule():
            return (rule.answers,)
        case FormRule():
            asked = rule.respondents
            return (rule.asks, *asked.units, *asked.enterprises_of)
        case PaperRule():
            return (rule.issuer,)
        case _:
            return ()


def _same_name(placed: list[Placed]) -> Iterator[PackProblem]:
    names: dict[str, Placed] = {}
    for item in placed:
        if not isinstance(item.rule, UnitRule):
            continue
        for name in item.rule.names():
            other = names.setdefault(name, item)
            if other.rule.key != item.rule.key:
                yield item.problem(
                    "pack.same_name", f"“{name}”已是“{other.rule.key}”的名称，读文件时会有歧义"
                )


def _circles(placed: list[Placed]) -> Iterator[PackProblem]:
    parents = {i.rule.key: i.rule.parent for i in placed if isinstance(i.rule, UnitRule)}
    for item in placed:
        seen, here = {item.rule.key}, parents.get(item.rule.key)
        while isinstance(item.rule, UnitRule) and here:
            if here in seen:
                yield item.problem("pack.circle", f"“{item.rule.key}”的上级关系成环")
                break
            seen.add(here)
            here = parents.get(here)
