"""Many seekers and many offers: the pairs that fit, with whole points, without the sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import cast

from luodi.kit.matching.comparing import Answer, Plain, compared, plain
from luodi.kit.matching.criteria import Criterion, Facts, Offer
from luodi.kit.quantities import ratio

Pair = tuple[str, str]
"""Key of the seeker, key of the offer."""

_Told = tuple[Answer, Fraction]


def fitting_pairs(
    criteria: Sequence[Criterion], seekers: Mapping[str, Facts], offers: Iterable[Offer]
) -> dict[Pair, int]:
    """Points of every pair that `judge` answers yes: its score in ten-thousandths, half up.

    A pair that can't be told isn't among them. A criterion compares two values once, however many
    seekers and offers share them, and only for the seekers that those before it have left.
    """
    hard = [_Asked(one, seekers) for one in criteria if one.hard]
    soft = [_Asked(one, seekers) for one in criteria if not one.hard]
    keys = list(seekers)
    found: dict[Pair, int] = {}
    for offer in offers:
        left: Iterable[int] = range(len(keys))
        for one in hard:
            if one.criterion.asked_of(offer.kind):
                left = one.holding(left, offer)
        told = [(one, one.answers(offer)) for one in soft if one.criterion.asked_of(offer.kind)]
        for number in left:
            found[keys[number], offer.key] = _points(
                [(one.weight, answers[one.places[number]]) for one, answers in told]
            )
    return found


class _Asked:
    """A criterion with the needs of all seekers, each different one once."""

    def __init__(self, criterion: Criterion, seekers: Mapping[str, Facts]) -> None:
        self.criterion = criterion
        self.weight = criterion.weight or 0
        places: dict[Plain | None, int] = {}
        self.places = [
            places.setdefault(plain(criterion, criterion.needed(facts)), len(places))
            for facts in seekers.values()
        ]
        self.needs = list(places)
        self._answers: dict[Plain | None, list[_Told | None]] = {}

    def answers(self, offer: Offer) -> list[_Told | None]:
        """The answer for each different need; None where it isn't asked."""
        has = plain(self.criterion, offer.facts.get(self.criterion.fact))
        if has not in self._answers:
            self._answers[has] = [self._told(need, has) for need in self.needs]
        return self._answers[has]

    def holding(self, seekers: Iterable[int], offer: Offer) -> list[int]:
        """Of the seekers those the criterion holds for or isn't asked by."""
        fine = [told is None or told[0] == "yes" for told in self.answers(offer)]
        return [number for number in seekers if fine[self.places[number]]]

    def _told(self, need: Plain | None, has: Plain | None) -> _Told | None:
        if need is None and self.criterion.optional:
            return None
        answer, _, credit = compared(self.criterion, need, has)
        return answer, credit


def _points(told: Sequence[tuple[int, _Told | None]]) -> int:
    weights = sum(weight for weight, one in told if one is not None)
    earned = sum((weight * one[1] for weight, one in told if one is not None), Fraction(0))
    # between 0 and 1, so never refused as too large
    return cast(int, ratio(earned, weights, 4)) if weights else 10_000
