"""What holds between the rules about projects: the stages and lists they name exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luodi.packs.pack import Pack
from luodi.packs.placed import Placed, rules_below
from luodi.packs.problems import PackProblem
from luodi.packs.schemas import GateRule, PackHead, PermitRule, RateRule, RuleBase, YearListRule


def project_faults(
    head: PackHead | None, placed: list[Placed], elsewhere: Mapping[str, Pack]
) -> Iterator[PackProblem]:
    """Every fault between a pack's rules about projects.

    What a pack names may stand in one below it: where that isn't at hand, it can't be told.
    """
    if head and not all(key in elsewhere for key in head.stacks_over):
        return

    def known(kind: str) -> set[str]:
        below = rules_below(head, elsewhere, kind)
        return {*below, *(item.rule.key for item in placed if item.kind == kind)}

    yield from _unknown_stages(placed, known("pipeline"))
    yield from _unknown_lists(placed, known("year_lists"))
    yield from _unknown_types(placed, known("project_types"))
    yield from _unknown_permits(placed, known("permits"))
    yield from _permit_circles(placed, rules_below(head, elsewhere, "permits"))


def _unknown_stages(placed: list[Placed], known: set[str]) -> Iterator[PackProblem]:
    for item in placed:
        for key in _names_stages(item.rule):
            if key not in known:
                yield item.problem("pack.unknown_stage", f"没有定义的项目环节“{key}”")


def _names_stages(rule: RuleBase) -> tuple[str, ...]:
    match rule:
        case YearListRule():
            return (rule.signed, rule.started, rule.produced)
        case GateRule():
            return tuple(stage for part in rule.parts for stage in part.stages)
        case RateRule() if rule.by != "enterprise":
            return (rule.reached,)
        case _:
            return ()


def _unknown_lists(placed: list[Placed], known: set[str]) -> Iterator[PackProblem]:
    for item in placed:
        if isinstance(item.rule, GateRule) and item.rule.of and item.rule.of not in known:
            yield item.problem("pack.unknown_list", f"没有定义的年度名单“{item.rule.of}”")


def _unknown_types(placed: list[Placed], known: set[str]) -> Iterator[PackProblem]:
    for item in placed:
        if isinstance(item.rule, PermitRule):
            for key in item.rule.types:
                if key not in known:
                    yield item.problem("pack.unknown_type", f"没有定义的项目类型“{key}”")


def _unknown_permits(placed: list[Placed], known: set[str]) -> Iterator[PackProblem]:
    for item in placed:
        if isinstance(item.rule, PermitRule):
            for key in item.rule.after:
                if key not in known:
                    yield item.problem("pack.unknown_permit", f"没有定义的前置手续“{key}”")


def _permit_circles(placed: list[Placed], below: Mapping[str, RuleBase]) -> Iterator[PackProblem]:
    """Permits that wait for each other, each circle told once, at its first rule in the file."""
    own = [item for item in placed if isinstance(item.rule, PermitRule)]
    rules = {**below, **{item.rule.key: item.rule for item in own}}
    after = {key: rule.after for key, rule in rules.items() if isinstance(rule, PermitRule)}
    told: set[str] = set()
    for item in own:
        circle = _circle(item.rule.key, after)
        if circle and not told.intersection(circle):
            told.update(circle)
            names = " → ".join([*circle, circle[0]])
            yield item.problem("pack.permit_circle", f"手续的前置关系成环：{names}")


def _circle(key: str, after: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The way from a permit along its predecessors back to itself, shortest first; else nothing."""
    waiting, seen = [[key]], {key}
    while waiting:
        path = waiting.pop(0)
        for before in after.get(path[-1], ()):
            if before == key:
                return path
            if before not in seen:
                seen.add(before)
                waiting.append([*path, before])
    return []
