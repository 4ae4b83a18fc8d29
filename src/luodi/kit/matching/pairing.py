"""Many seekers and many offers: the pairs that fit, with whole points, without the sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from luodi.kit.matching.comparing import Plain, compared, plain
from luodi.kit.matching.criteria import Criterion, Facts, Offer
from luodi.kit.quantities import ratio

Pair = tuple[str, str]
"""Key of the seeker, key of the offer."""

_Side = tuple[Plain | None, ...]


def fitting_pairs(
    criteria: Sequence[Criterion], seekers: Mapping[str, Facts], offers: Iterable[Offer]
) -> dict[Pair, int]:
    """Points of every pair that `judge` answers yes: its score in ten-thousandths, half up.

    A pair that can't be told isn't among them. Values are read once a side, and a hard criterion
    that doesn't hold ends a pair, so 300 × 2,000 take seconds.
    """
    hard_first = sorted(criteria, key=lambda criterion: not criterion.hard)
    needs = {key: _needs(hard_first, facts) for key, facts in seekers.items()}
    asked: dict[str, list[bool]] = {}
    found: dict[Pair, int] = {}
    for offer in offers:
        asks = asked.setdefault(offer.kind, [one.asked_of(offer.kind) for one in hard_first])
        has = tuple(plain(one, offer.facts.get(one.fact)) for one in hard_first)
        for key, wanted in needs.items():
            points = _points(hard_first, asks, wanted, has)
            if points is not None:
                found[key, offer.key] = points
    return found


def _needs(criteria: Sequence[Criterion], facts: Facts) -> _Side:
    return tuple(plain(criterion, criterion.needed(facts)) for criterion in criteria)


def _points(
    criteria: Sequence[Criterion], asks: Sequence[bool], wanted: _Side, has: _Side
) -> int | None:
    weights, earned = 0, Fraction(0)
    for criterion, ask, need, found in zip(criteria, asks, wanted, has, strict=True):
        if not ask or (need is None and criterion.optional):
            continue
        answer, _, credit = compared(criterion, need, found)
        if criterion.weight is None:
            if answer != "yes":
                return None
        else:
            weights += criterion.weight
            earned += criterion.weight * credit
    score = earned / weights if weights else Fraction(1)
    points = ratio(score, 1, 4)
    return points if isinstance(points, int) else None
