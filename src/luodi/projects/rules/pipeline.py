"""The pipeline of a city's pack, and what a move along it needs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luodi.packs import Stack
from luodi.packs.schemas import ModeRule, PipelineRule

if TYPE_CHECKING:
    from ..models import ProjectState

NEEDS = {
    "investor": _("投资方"),
    "mode": _("招商模式"),
    "source": _("线索来源"),
    "industry": _("行业"),
    "zone": _("落地开发区或县区"),
    "signing": _("签约形式"),
    "contract": _("正式合同（框架协议不算）"),
    "investment": _("总投资"),
    "output": _("承诺年产值"),
    "land": _("用地面积"),
    "code": _("国家项目代码"),
    "planned_start": _("计划开工日期"),
    "planned_production": _("计划投产日期"),
    "planned_capacity": _("计划达产日期"),
    "reviewed": _("专家评审通过"),
    "evidence": _("佐证材料"),
}
"""What a stage may ask for, in words."""

BENEFIT = "at_promised_benefit"
"""The stage with which the actual output is told."""

HARD = frozenset({"contract"})
"""Nobody can override it: a framework agreement doesn't become a contract by leave."""


@dataclass(frozen=True)
class Pipeline:
    """The stages in force on a day, in order."""

    stages: tuple[PipelineRule, ...]

    def get(self, key: str) -> PipelineRule | None:
        """The stage of that key; None where the rules no longer have it."""
        return next((stage for stage in self.stages if stage.key == key), None)

    @property
    def first(self) -> PipelineRule:
        """Where a project begins."""
        return self.stages[0]

    def between(self, after: int, upto: int) -> list[PipelineRule]:
        """The stages behind one place up to another, the final ones not among them."""
        return [s for s in self.stages if after < s.order <= upto and not s.final]


def pipeline_of(stack: Stack, day: date) -> Pipeline:
    """The pipeline of a stack on a day."""
    rules = stack.all("pipeline", PipelineRule, day)
    return Pipeline(tuple(sorted(rules, key=lambda rule: rule.order)))


def modes_of(stack: Stack, day: date) -> tuple[ModeRule, ...]:
    """The modes of attracting investment on a day, in order."""
    return tuple(sorted(stack.all("modes", ModeRule, day), key=lambda rule: rule.order))


@dataclass(frozen=True)
class Judged:
    """One possible move: `unmet` stands in its way, `told` doesn't; `allowed` is about the role."""

    target: PipelineRule
    back: bool
    unmet: tuple[str, ...]
    told: tuple[str, ...]
    allowed: bool

    @property
    def open(self) -> bool:
        """Whether the viewer can make it now."""
        return self.allowed and not self.unmet

    @property
    def hard(self) -> bool:
        """Whether something is missing that no override replaces."""
        return bool(HARD.intersection(self.unmet))


def judge(
    state: ProjectState,
    here: int,
    target: PipelineRule,
    pipeline: Pipeline,
    roles: Collection[str],
    evidence: bool,
) -> Judged:
    """What a move from the place `here` into a stage needs by the rules of today.

    The needs of every stage on the way forward must be met. What today's rules ask of stages the
    project is in or has passed is told only: a new rule never traps an old record. `evidence` says
    whether a file comes with the move. Going back and ending ask for nothing but a reason.
    """
    back = target.order < here
    if back or target.final:
        return Judged(target, back, (), (), _may(target, roles, back=back))
    ahead = pipeline.between(here, target.order)
    asked = dict.fromkeys(need for stage in ahead for need in stage.requires)
    unmet = [need for need in asked if not is_met(state, need)]
    if target.evidence and not evidence:
        unmet.append("evidence")
    passed = dict.fromkeys(need for stage in pipeline.between(0, here) for need in stage.requires)
    told = [need for need in passed if need not in asked and not is_met(state, need)]
    return Judged(target, False, tuple(unmet), tuple(told), _may(target, roles, back=False))


def _may(target: PipelineRule, roles: Collection[str], *, back: bool) -> bool:
    """Going back is for whoever may move into the stage gone back to, and the office."""
    return bool(set(target.movers).intersection(roles)) or (back and "office" in roles)


SPECIAL: dict[str, Callable[[ProjectState], bool]] = {
    "signing": lambda state: state.signing != "none",
    "contract": lambda state: state.signing == "contract",
    "investment": lambda state: state.investment is not None,
    "output": lambda state: state.output is not None,
    "land": lambda state: state.land is not None,
}


def is_met(state: ProjectState, need: str) -> bool:
    """Whether a project shows what is asked for."""
    check = SPECIAL.get(need)
    return check(state) if check else bool(getattr(state, need))
