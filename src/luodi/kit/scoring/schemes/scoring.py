"""Totals, ranks and tiers, with every contribution.

Everything is exact until a total is rounded, once, half up, at the scheme's
places. Ranks and tiers go by the rounded total: what is published equal stands equal (1, 2, 2, 4).
A total never falls below zero. The weight of an indicator left out is spread over the others of its
group in proportion, that of a group left out over the other groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from luodi.kit.quantities import ratio
from luodi.kit.refusals import Refusal
from luodi.kit.scoring.schemes.judging import bounded, judged, pool_of, raw_share
from luodi.kit.scoring.schemes.ranking import ranked
from luodi.kit.scoring.schemes.values import (
    NONE,
    Contribution,
    Entrant,
    Extra,
    ExtraPoints,
    Figures,
    Indicator,
    Outcome,
    Pool,
    Result,
    Scheme,
)

ENGINE = "1"
"""Goes up with every change of what a score comes out as."""

ZERO = Fraction(0)

NOTHING = Refusal(
    "scoring.nothing", "没有一项指标有数，总分不可计算", "No indicator has a figure: no total"
)


def score(scheme: Scheme, entrants: Mapping[str, Entrant]) -> Result:
    """Score entrants by key: totals, ranks, tiers and every contribution.

    The order of entrants changes nothing. ValueError for a negative count of an extra.
    """
    rows: dict[str, list[Contribution]] = {unit: [] for unit in entrants}
    for indicator in scheme.indicators:
        for together in _pools(scheme, indicator, entrants):
            for unit, one in _contest(indicator, together, entrants):
                rows[unit].append(one)
    outcomes = [_outcome(scheme, unit, entrants[unit], rows[unit]) for unit in entrants]
    return Result(scheme, ranked(scheme, outcomes))


def _pools(
    scheme: Scheme, indicator: Indicator, entrants: Mapping[str, Entrant]
) -> Iterable[list[str]]:
    """Those who are asked, by whom they are compared with."""
    found: dict[str, list[str]] = defaultdict(list)
    for unit, entrant in entrants.items():
        if entrant.category in indicator.weights:
            found[entrant.category if scheme.apart else ""].append(unit)
    return found.values()


def _contest(
    indicator: Indicator, units: Sequence[str], entrants: Mapping[str, Entrant]
) -> list[tuple[str, Contribution]]:
    """What an indicator gives those compared with one another."""
    found = []
    for unit in units:
        figures = entrants[unit].figures.get(indicator.key, NONE)
        found.append((unit, figures, judged(indicator, figures)))
    numbers = [number for _, _, number in found if isinstance(number, Fraction)]
    pool = pool_of(numbers, indicator.up)
    made = [
        (
            unit,
            _judged(indicator, indicator.weights[entrants[unit].category], figures, number, pool),
        )
        for unit, figures, number in found
    ]
    return _filled(indicator, made)


def _judged(
    indicator: Indicator,
    weight: Fraction,
    figures: Figures,
    number: Fraction | Refusal,
    pool: Pool,
) -> Contribution:
    """The contribution of one unit, without what the rule for missing figures gives."""
    if isinstance(number, Refusal):
        return Contribution(indicator, figures, weight, weight, pool=pool, fault=number)
    raw = raw_share(indicator, number, pool)
    if isinstance(raw, Refusal):
        return Contribution(indicator, figures, weight, weight, number, pool=pool, fault=raw)
    share = bounded(indicator, raw)
    return Contribution(indicator, figures, weight, weight, number, raw, share, pool)


def _filled(
    indicator: Indicator, made: list[tuple[str, Contribution]]
) -> list[tuple[str, Contribution]]:
    """Those without a share get what the scheme's rule for missing figures gives."""
    shares = [one.share for _, one in made if one.share is not None]
    if len(shares) == len(made):
        return made
    fill: Fraction | None = None
    if indicator.missing == "zero":
        fill = ZERO
    elif indicator.missing == "mean" and shares:
        fill = sum(shares, ZERO) / len(shares)
    return [
        (unit, one if one.share is not None else replace(one, share=fill)) for unit, one in made
    ]


def _outcome(scheme: Scheme, unit: str, entrant: Entrant, rows: Sequence[Contribution]) -> Outcome:
    """The total of one unit, not yet ranked."""
    vetoes = tuple(veto.key for veto in scheme.vetoes if entrant.counts.get(veto.key, 0) > 0)
    extras = (
        *_extras(scheme.additions, entrant, 1),
        *_extras(scheme.deductions, entrant, -1),
    )
    counted, fault = weighed(rows)
    made = Outcome(unit, entrant.category, counted, extras, vetoes, fault=fault)
    if fault is not None:
        return made
    exact = sum_exact(one.points for one in counted if one.points is not None)
    exact = max(exact + _bounded_extras(scheme, extras), ZERO)
    if any(veto.effect == "zero" and veto.key in vetoes for veto in scheme.vetoes):
        exact = ZERO
    total = ratio(exact, 1, scheme.places)
    if isinstance(total, Refusal):
        return replace(made, fault=total)
    return replace(made, exact=exact, total=total)


def weighed(rows: Sequence[Contribution]) -> tuple[tuple[Contribution, ...], Refusal | None]:
    """The contributions with the weights that count, or why there is no total.

    The weight of what is left out goes to the rest of its group, that of a group to the others.
    """
    if all(one.share is not None for one in rows) and any(one.weight for one in rows):
        return tuple(rows), None
    for one in rows:
        if one.share is None and one.indicator.missing != "exclude":
            return tuple(rows), one.fault
    whole = _by_group(rows)
    there = _by_group(one for one in rows if one.share is not None)
    kept = {group: weight for group, weight in there.items() if weight}
    if not kept:
        return tuple(rows), NOTHING
    spread = sum(whole.values(), ZERO) / sum((whole[group] for group in kept), ZERO)
    times = {group: spread * whole[group] / weight for group, weight in kept.items()}
    return tuple(
        one
        if one.share is None
        else replace(one, counted=one.weight * times.get(one.indicator.group, ZERO))
        for one in rows
    ), None


def _by_group(rows: Iterable[Contribution]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for one in rows:
        found[one.indicator.group] += one.weight
    return found


def _extras(extras: Iterable[Extra], entrant: Entrant, sign: int) -> Iterable[ExtraPoints]:
    for extra in extras:
        times = entrant.counts.get(extra.key, 0)
        if times < 0:
            raise ValueError(f"a count can't be negative: {extra.key}")
        points = extra.each * times
        if extra.most is not None:
            points = min(points, extra.most)
        yield ExtraPoints(extra, times, sign, points)


def _bounded_extras(scheme: Scheme, extras: Iterable[ExtraPoints]) -> Fraction:
    """What additions and deductions give together, each sum within its bound."""
    sums = {1: ZERO, -1: ZERO}
    for one in extras:
        sums[one.sign] += one.points
    added, taken = sums[1], sums[-1]
    if scheme.most_added is not None:
        added = min(added, scheme.most_added)
    if scheme.most_deducted is not None:
        taken = min(taken, scheme.most_deducted)
    return added - taken


def sum_exact(parts: Iterable[Fraction]) -> Fraction:
    """The sum of fractions, reduced once at the end: the terms needn't be reduced on the way."""
    above: dict[int, int] = defaultdict(int)
    for part in parts:
        above[part.denominator] += part.numerator
    total, below = 0, 1
    for denominator, numerator in above.items():
        total, below = total * denominator + numerator * below, below * denominator
    return Fraction(total, below)
