"""What holds between the rules about projects: the stages and lists they name exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from luodi.packs.pack import Pack
from luodi.packs.placed import Placed, rules_below
from luodi.packs.problems import PackProblem
from luodi.packs.schemas import GateRule, PackHead, RuleBase, YearListRule


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
        case _:
            return ()


def _unknown_lists(placed: list[Placed], known: set[str]) -> Iterator[PackProblem]:
    for item in placed:
        if isinstance(item.rule, GateRule) and item.rule.of and item.rule.of not in known:
            yield item.problem("pack.unknown_list", f"没有定义的年度名单“{item.rule.of}”")
