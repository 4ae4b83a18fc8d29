"""Since when a project has been somewhere, and whether it is stuck there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from luodi.packs import Stack
from luodi.packs.schemas import PipelineRule, StuckRule

from .rates import Step


def stuck_rules(stack: Stack, day: date) -> tuple[StuckRule, ...]:
    """The rules of a stack in force on a day, in order."""
    return tuple(sorted(stack.all("stuck", StuckRule, day), key=lambda rule: rule.order))


def since(
    opened: date, steps: Iterable[Step], order: int, stages: Mapping[str, PipelineRule], day: date
) -> date | None:
    """The day since which a project has stood at a place of the pipeline or behind, unbroken.

    None where it doesn't stand there on the day, or has ended. `opened` is the day it was
    registered, at the place its first step left.
    """
    steps = list(steps)
    here = stages.get(steps[0].from_stage) if steps else None
    found = opened if order <= (here.order if here else _first(stages)) else None
    for step in steps:
        if step.happened_on > day:
            break
        rule = stages.get(step.to_stage)
        if rule is None or rule.final or rule.order < order:
            found = None
        else:
            found = found or step.happened_on
    return found


def _first(stages: Mapping[str, PipelineRule]) -> int:
    return min((rule.order for rule in stages.values()), default=0)


def waited(
    rule: StuckRule,
    opened: date,
    steps: Sequence[Step],
    stages: Mapping[str, PipelineRule],
    day: date,
    *,
    invested: bool,
) -> int | None:
    """For how many days more than none a project has been stuck by a rule; None where it isn't."""
    reached, without = stages.get(rule.reached), stages.get(rule.without)
    if reached is None or without is None:
        return None
    begun = since(opened, steps, reached.order, stages, day)
    if begun is None or since(opened, steps, without.order, stages, day) is not None:
        return None
    if rule.lacks == "money" and invested:
        return None
    days = (day - begun).days
    return days if days > rule.days else None
