"""Scores by a scheme: 300 zones by 60 indicators, and a thousand weightings of them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from luodi.kit.scoring.schemes import Entrant, Figures, Indicator, Result, Scheme, Tier, score
from luodi.kit.scoring.schemes.weighing import Places, Weighing, factors, tally

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

ZONES, INDICATORS, WEIGHTINGS = 300, 60, 1000
QUICK_WEIGHTINGS = 200
METHODS = ("completion", "growth", "efficacy", "rank", "bands")
MISSING = ("zero", "exclude", "mean")
SHARES = (Fraction(1), Fraction(3, 5), Fraction(3, 10))
REACHES = (Fraction(800), Fraction(500), Fraction(100))
RUNS = 3
SPREAD = Fraction(1, 10)


def measure(quick: bool) -> list[Figure]:
    """Scoring at full size either way; `quick` tries fewer weightings and reckons up."""
    scheme, entrants = _made()
    seconds, result = _best(lambda: score(scheme, entrants))
    tries = QUICK_WEIGHTINGS if quick else WEIGHTINGS
    weighing, places = Weighing(result), Places()
    begun = time.perf_counter()
    for _step in tally(weighing, factors(1, tries, INDICATORS, SPREAD), places):
        pass
    weighed = (time.perf_counter() - begun) * WEIGHTINGS / tries
    size = f"{ZONES} zones × {INDICATORS} indicators"
    return [
        {
            "name": "score_300x60_seconds",
            "value": seconds,
            "unit": "s",
            "yardstick": f"exact totals, ranks and contributions; best of {RUNS}",
            "goal": 1.0,
            "size": size,
        },
        {
            "name": "sensitivity_1000_seconds",
            "value": weighed,
            "unit": "s",
            "yardstick": "1,000 weightings within ±10 %, one process",
            "goal": None,
            "size": f"{size}, {tries} weightings tried",
        },
    ]


def _best(work: Callable[[], Result]) -> tuple[float, Result]:
    begun = time.perf_counter()
    found = work()
    took = [time.perf_counter() - begun]
    for _run in range(RUNS - 1):
        begun = time.perf_counter()
        found = work()
        took.append(time.perf_counter() - begun)
    return min(took), found


def _made() -> tuple[Scheme, dict[str, Entrant]]:
    """A generated city: every method and every rule for missing figures is in it."""
    chance = random.Random(1)
    indicators = tuple(_indicator(n) for n in range(INDICATORS))
    scheme = Scheme(indicators, tiers=(Tier("first", places=Fraction(1, 4)), Tier("rest")))
    return scheme, {
        f"z{zone:03}": Entrant("", {one.key: _figures(chance) for one in indicators})
        for zone in range(ZONES)
    }


def _figures(chance: random.Random) -> Figures:
    if chance.random() < 0.03:
        return Figures()
    return Figures(*(Fraction(chance.randint(1, 10**5), 100) for _ in range(3)))


def _indicator(n: int) -> Indicator:
    up = n % 7 != 0
    reaches = REACHES if up else tuple(reversed(REACHES))
    return Indicator(
        key=f"i{n}",
        group=f"g{n // 12}",
        weights={"": Fraction(100, INDICATORS)},
        method=METHODS[n % len(METHODS)],
        up=up,
        full=Fraction(3, 20),
        missing=MISSING[n % len(MISSING)],
        bands=tuple(zip(reaches, SHARES, strict=True)),
    )
