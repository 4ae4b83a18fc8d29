"""What if: a run tried with other figures or weights; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from luodi.common.languages import language
from luodi.common.moments import Moment
from luodi.kit.quantities import show
from luodi.kit.scoring.schemes import Entrant, Figures, Outcome
from luodi.kit.scoring.schemes.costing import costs
from luodi.kit.scoring.schemes.saying import digits

from ..rules import scheme_of
from .appraisals import AppraisalHeld
from .computing import Computed, computed, worked
from .inputs import Inputs, inputs_at
from .runs import ScoreRow, Titles, score_row

Change = tuple[str, str]
"""Unit and indicator."""


@dataclass(frozen=True)
class Tried:
    """A unit before and after: totals and places."""

    unit: str
    name: str
    before: str
    after: str
    rank_before: int | None
    rank_after: int | None
    change: int | None
    row: ScoreRow

    @property
    def up(self) -> int | None:
        """Places won; negative: lost."""
        if self.rank_before is None or self.rank_after is None:
            return None
        return self.rank_before - self.rank_after


def tried(
    held: AppraisalHeld,
    moment: Moment,
    figures: Mapping[Change, Fraction | None],
    weights: Mapping[str, Fraction],
) -> list[Tried]:
    """The result with some actual figures (None: none) and weights changed, beside the present.

    Weights are spread to 100 again. The best first.
    """
    now = computed(held, moment)
    if held.rule is None:
        return []
    scheme = scheme_of(held.rule, weights)
    then = worked(scheme, Inputs(_changed(now.inputs.entrants, figures), now.inputs.known))
    before = {one.unit: one for one in now.result.outcomes}
    return [_tried(held, before[one.unit], one, then) for one in then.result.outcomes]


def _changed(
    entrants: Mapping[str, Entrant], figures: Mapping[Change, Fraction | None]
) -> dict[str, Entrant]:
    found = dict(entrants)
    for (unit, key), actual in figures.items():
        if unit in found:
            entrant = found[unit]
            changed = replace(entrant.figures.get(key, Figures()), actual=actual)
            found[unit] = replace(entrant, figures={**entrant.figures, key: changed})
    return found


def _tried(held: AppraisalHeld, one: Outcome, two: Outcome, then: Computed) -> Tried:
    places = then.result.scheme.places
    both = one.total is not None and two.total is not None
    return Tried(
        unit=one.unit,
        name=held.names.get(one.unit, ""),
        before="—" if one.total is None else show(one.total, places),
        after="—" if two.total is None else show(two.total, places),
        rank_before=one.rank,
        rank_after=two.rank,
        change=two.total - one.total if both else None,  # type: ignore[operator]
        row=score_row(
            held,
            unit=two.unit,
            category=two.category,
            total=two.total,
            rank=two.rank,
            tier=two.tier,
            fault=two.fault.code if two.fault is not None else "",
            working=then.workings[two.unit],
        ),
    )


@dataclass(frozen=True)
class CostSaid:
    """What one more point would cost from one indicator, in words."""

    title: str
    measured_in: str
    now: str
    needed: str
    change: str
    left: str
    why: str


def costs_in_words(held: AppraisalHeld, found: Computed, unit: str) -> list[CostSaid]:
    """For each indicator of a unit, the nearest figure that earns one more point.

    All else stays as it is; what is left says how many points the item still holds.
    """
    titles, lang = Titles(held.rule), language()
    figures = {one.key: one.figures.actual for one in found.result.of(unit).contributions}
    said = []
    for cost in costs(found.result, unit):
        rule, now = titles.indicators[cost.key], figures[cost.key]
        said.append(
            CostSaid(
                title=titles.titles[cost.key],
                measured_in=rule.measured_in,
                now="—" if now is None else digits(now),
                needed="" if cost.actual is None else digits(cost.actual),
                change="" if cost.change is None else _signed(cost.change),
                left=digits(cost.left, 2).replace("≈", ""),
                why="" if cost.fault is None else cost.fault.says(lang),
            )
        )
    return said


def _signed(change: Fraction) -> str:
    return f"+{digits(change)}" if change > 0 else digits(change)


@dataclass
class TrialLine:
    """A figure and a weight to try others for; as they stand, and as typed."""

    key: str
    title: str
    measured_in: str
    figure: str
    weight: str
    typed: str = ""
    typed_weight: str = ""


@dataclass
class TrialSheet:
    """The figures of one unit, and the weights of its category, to be tried."""

    unit: str
    units: list[tuple[str, str]]
    lines: list[TrialLine]


def trial_sheet(held: AppraisalHeld, moment: Moment, unit: str) -> TrialSheet:
    """What can be tried of a unit: the first by name where none, or an unknown one, is asked."""
    units = [(key, name) for key, name, _category in held.assessed]
    chosen = unit if unit in dict(units) else next((key for key, _name in units), "")
    titles, lines = Titles(held.rule), []
    if held.rule is not None and chosen:
        known = inputs_at(held, moment).known
        for group in held.rule.groups:
            for key, weight in group.weights(held.categories[chosen]).items():
                there = known.get((chosen, key, "actual"))
                value = there.value if there else None
                lines.append(
                    TrialLine(
                        key=key,
                        title=titles.titles[key],
                        measured_in=titles.indicators[key].measured_in,
                        figure="" if value is None else digits(value).replace("\u2212", "-"),
                        weight=digits(weight, 2).replace("≈", ""),
                    )
                )
    return TrialSheet(chosen, units, lines)
