"""Rates over a batch's lists, exact: who counts, who lags, who is left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luodi.kit.quantities import ratio
from luodi.packs import Stack
from luodi.packs.schemas import RateRule
from luodi.packs.schemas.pipeline import PipelineRule

PLACES = 2
"""Decimal places of a rate in per cent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A project in one of the lists of a batch.

    `also` are projects merged into it that stand in the list, `listed` how many entries it has.
    """

    project: str
    part: str
    excluded: bool = False
    why: str = ""
    also: tuple[str, ...] = ()
    listed: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """A move as it happened: from one stage to another, on a day."""

    from_stage: str
    to_stage: str
    happened_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a project; outputs of a year in 万元, `stage` where no step is known.

    `firm` is the key of the enterprise that carries it, `grown` the steps that firm has taken.
    """

    stage: str
    contract: bool
    promised: Fraction | None
    actual: Fraction | None
    firm: str = ""
    grown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stood on a day, and the stages it had entered and not gone back behind."""

    stage: str
    entered: frozenset[str]


@dataclass(frozen=True)
class Rate:
    """One rate with its working; keys of projects in the order of the entries.

    `percent` is rounded once, half up; None where it can't be computed, for `reason`.
    """

    rule: RateRule
    numerator: Fraction
    base: Fraction
    reached: tuple[str, ...]
    behind: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    percent: Decimal | None
    reason: str


def rates_in(stack: Stack, day: date) -> tuple[RateRule, ...]:
    """The rates of a stack in force on a day, in order."""
    return tuple(sorted(stack.all("rates", RateRule, day), key=lambda rule: rule.order))


def standing(
    stage: str, steps: Sequence[Step], day: date, stages: Mapping[str, PipelineRule]
) -> Standing:
    """Where a project stood at the end of a day, by its steps in their order.

    Going back takes back what had been entered behind; an end takes nothing back, but is no place.
    """
    here = steps[0].from_stage if steps else stage
    entered = {here}
    for step in steps:
        if step.happened_on > day:
            break
        here = step.to_stage
        rule = stages.get(here)
        if rule is None or not rule.final:
            entered = {past for past in entered if _order(past, stages) < _order(here, stages)}
        entered.add(here)
    return Standing(here, frozenset(entered))


def _order(stage: str, stages: Mapping[str, PipelineRule]) -> int:
    rule = stages.get(stage)
    return rule.order if rule else 0


def distinct(entries: Iterable[Entry]) -> list[Entry]:
    """Each project once in each list, across batches; it counts where one batch counts it."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = (entry.part, entry.project)
        if key not in found or (found[key].excluded and not entry.excluded):
            found[key] = entry
    return list(found.values())


def rate(
    rule: RateRule,
    entries: Iterable[Entry],
    standings: Mapping[str, Standing],
    known: Mapping[str, Known],
    stages: Mapping[str, PipelineRule],
) -> Rate:
    """A rate over the entries of its list; others are passed over."""
    target = stages.get(rule.reached)
    counted, left_out = [], []
    for entry in entries:
        if entry.part != rule.base:
            continue
        reason = _left_out(rule, entry, known[entry.project])
        if reason:
            left_out.append((entry.project, reason))
        else:
            counted.append(entry.project)
    if rule.by == "enterprise":
        return _by_enterprise(rule, counted, left_out, known)
    there = {key for key in counted if target and _is_there(rule, standings[key], target, stages)}
    if rule.by == "count":
        base, numerator = Fraction(len(counted)), Fraction(len(there))
        reached = there
    else:
        base = sum((known[key].promised or Fraction(0) for key in counted), Fraction(0))
        came = {key: known[key].actual or Fraction(0) for key in there}
        numerator = sum(came.values(), Fraction(0))
        reached = {key for key in there if came[key] >= (known[key].promised or 0)}
    percent, why = per_cent(numerator, base)
    if target is None:
        percent, why = None, _("规则里没有“%(stage)s”这个环节。") % {"stage": rule.reached}
    return Rate(
        rule,
        numerator,
        base,
        tuple(key for key in counted if key in reached),
        tuple(key for key in counted if key not in reached),
        tuple(left_out),
        percent,
        why,
    )


def _by_enterprise(
    rule: RateRule,
    counted: Sequence[str],
    left_out: Sequence[tuple[str, str]],
    known: Mapping[str, Known],
) -> Rate:
    """A rate over the firms of the projects, each firm once however many projects it carries."""
    firms = {known[key].firm for key in counted}
    came = {known[key].firm for key in counted if rule.reached in known[key].grown}
    percent, why = per_cent(Fraction(len(came)), Fraction(len(firms)))
    return Rate(
        rule,
        Fraction(len(came)),
        Fraction(len(firms)),
        tuple(key for key in counted if known[key].firm in came),
        tuple(key for key in counted if known[key].firm not in came),
        tuple(left_out),
        percent,
        why,
    )


def _left_out(rule: RateRule, entry: Entry, known: Known) -> str:
    """Why an entry leaves numerator and base; '' where it doesn't."""
    if entry.excluded:
        return entry.why
    if entry.part == "signed" and not known.contract:
        return _("签约形式不是正式合同。")
    if rule.by == "value" and not known.promised:
        return _("没有承诺年产值，不能按产值计。")
    if rule.by == "enterprise" and not known.firm:
        return _("没有登记承担企业，不能按企业计。")
    return ""


def _is_there(
    rule: RateRule,
    stood: Standing,
    target: PipelineRule,
    stages: Mapping[str, PipelineRule],
) -> bool:
    here = stages.get(stood.stage)
    if here is None or here.final or here.order < target.order:
        return False
    return rule.skipped == "counts" or target.key in stood.entered


def per_cent(numerator: Fraction, base: Fraction) -> tuple[Decimal | None, str]:
    """A rate in per cent, rounded once; or nothing, and why."""
    if not base:
        return None, _("名单里没有可计的项目，不计算。")
    read = ratio(100 * numerator, base, PLACES)
    if not isinstance(read, int):
        return None, _("数值过大，不计算。")
    return Decimal(read).scaleb(-PLACES), ""
