"""Does the order hold when weights move? Many seeded weightings, and the places they give.

Shares stay as they are; only the weights move, each by its own factor within ±`spread`, and are
spread again as the scheme says. Inside, shares are integers at `PLACES` decimals, so that a
thousand weightings of hundreds of units take seconds; the scheme's own weighting gives the totals
of `score` to within that last place.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, lcm
from operator import mul

from luodi.kit.scoring.schemes.ranking import places_of
from luodi.kit.scoring.schemes.values import FULL, Outcome, Result

PLACES = 12
UNIT = 10**PLACES
FINE = 10_000
"""A factor is a whole number of ten-thousandths."""


@dataclass(frozen=True)
class _Row:
    """A unit that has a place: its shares by indicator (None: left out) and its fixed points."""

    unit: str
    apart: str
    category: str
    shares: tuple[int, ...]
    left_out: tuple[int, ...]
    fixed: int


@dataclass
class Places:
    """How often each unit came to each place, and how many weightings were tried."""

    tried: int = 0
    counts: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def share(self, unit: str, place: int) -> Fraction:
        """The share of weightings in which a unit came to a place."""
        return Fraction(self.counts[unit][place], self.tried) if self.tried else Fraction(0)


class Weighing:
    """The shares of a result, ready to be weighed anew.

    A unit without a place takes no part. `keys` are the indicators in the order of factors.
    """

    def __init__(self, result: Result) -> None:
        self.places = result.scheme.places
        self.keys = tuple(one.key for one in result.scheme.indicators)
        self._groups = [one.group for one in result.scheme.indicators]
        weights = [one.weights for one in result.scheme.indicators]
        below = lcm(*(w.denominator for some in weights for w in some.values()))
        categories = {one.category for one in result.outcomes}
        self._weights = {
            category: [int(some.get(category, Fraction(0)) * below) for some in weights]
            for category in categories
        }
        zeroed = {v.key for v in result.scheme.vetoes if v.effect == "zero"}
        self._rows = [
            self._row(one, result.scheme.apart)
            for one in result.outcomes
            if one.rank is not None and not zeroed & set(one.vetoes)
        ]

    def _row(self, one: Outcome, apart: bool) -> _Row:
        given = {each.key: each for each in one.contributions}
        shares, left_out = [], []
        for n, key in enumerate(self.keys):
            share = given[key].share if key in given else None
            shares.append(0 if share is None else _whole(share))
            if key in given and share is None:
                left_out.append(n)
        points = sum((each.points or Fraction(0) for each in one.contributions), Fraction(0))
        fixed = (one.exact or Fraction(0)) - points
        category = one.category if apart else ""
        return _Row(one.unit, category, one.category, tuple(shares), tuple(left_out), _whole(fixed))

    def totals(self, factors: list[int]) -> dict[str, int]:
        """The rounded total of each unit, where each weight is multiplied by factor ÷ `FINE`."""
        moved = {c: list(map(mul, weights, factors)) for c, weights in self._weights.items()}
        wholes = {category: sum(weights) for category, weights in moved.items()}
        found: dict[str, int] = {}
        for row in self._rows:
            weights = moved[row.category]
            if row.left_out:
                above, below = self._spread(row, weights)
            else:
                above, below = sum(map(mul, weights, row.shares)), wholes[row.category]
            found[row.unit] = _rounded(above, below, row.fixed, self.places)
        return found

    def _spread(self, row: _Row, weights: list[int]) -> tuple[int, int]:
        """Weighed shares and weights where some indicators are left out, over one denominator."""
        whole: dict[str, int] = defaultdict(int)
        kept: dict[str, int] = defaultdict(int)
        points: dict[str, int] = defaultdict(int)
        for n, (group, weight) in enumerate(zip(self._groups, weights, strict=True)):
            whole[group] += weight
            if n not in row.left_out:
                kept[group] += weight
                points[group] += weight * row.shares[n]
        there = [group for group in kept if kept[group]]
        total = sum((Fraction(points[g] * whole[g], kept[g]) for g in there), Fraction(0))
        return total.numerator, total.denominator * sum(whole[g] for g in there)

    def ranks(self, factors: list[int]) -> dict[str, int]:
        """The place of each unit under these factors."""
        totals = self.totals(factors)
        apart: dict[str, list[str]] = defaultdict(list)
        for row in self._rows:
            apart[row.apart].append(row.unit)
        found: dict[str, int] = {}
        for units in apart.values():
            places = places_of([totals[unit] for unit in units])
            found |= {unit: places[totals[unit]] for unit in units}
        return found


def _whole(number: Fraction) -> int:
    whole: int = floor(number * UNIT + Fraction(1, 2))
    return whole


def _rounded(above: int, below: int, fixed: int, places: int) -> int:
    """(100 × above ÷ below + fixed) ÷ `UNIT`, not below zero, at `places`, rounded half up."""
    top: int = (int(FULL) * above + fixed * below) * 10**places
    bottom = UNIT * below
    rounded: int = (2 * top + bottom) // (2 * bottom)
    return max(rounded, 0)


def factors(seed: int, count: int, width: int, spread: Fraction) -> Iterator[list[int]]:
    """Seeded factors for `width` weights: the same seed always gives the same ones."""
    chance = random.Random(seed)
    most = int(spread * FINE)
    for _ in range(count):
        yield [FINE + chance.randint(-most, most) for _ in range(width)]


def tally(weighing: Weighing, moves: Iterator[list[int]], places: Places) -> Iterator[Places]:
    """Try weightings one after the other; yields the running count after each."""
    for move in moves:
        for unit, place in weighing.ranks(move).items():
            places.counts[unit][place] += 1
        places.tried += 1
        yield places


def steadiness(places: Places, ranks: Mapping[str, int]) -> Fraction:
    """The share of (unit, weighting) in which units kept the place they have."""
    kept = sum(places.counts[unit][rank] for unit, rank in ranks.items())
    tried = places.tried * len(ranks)
    return Fraction(kept, tried) if tried else Fraction(0)
