"""Whether the order of a run holds when weights move: many seeded weightings, counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from luodi.kit.scoring.schemes.weighing import Places, Weighing, factors, steadiness, tally

from ..models import AppraisalRun
from .appraisals import AppraisalHeld
from .computing import replayed

TRIES = 1000
SPREAD = Fraction(1, 10)
SEED = 20_26


@dataclass(frozen=True)
class Piece:
    """A stretch of a strip: a place, how many of the weightings gave it, and where it is drawn
    on a strip of a thousand."""

    place: int
    count: int
    percent: str
    x: int = 0
    width: int = 0


@dataclass(frozen=True)
class Strip:
    """A unit and how often it came to each place, the best place first."""

    unit: str
    name: str
    rank: int | None
    kept: str
    pieces: tuple[Piece, ...]

    @property
    def drawn(self) -> list[Piece]:
        """The pieces with their stretch of the strip, one after the other."""
        found, past, tried = [], 0, sum(piece.count for piece in self.pieces)
        for piece in self.pieces:
            x, end = past * 1000 // tried, (past + piece.count) * 1000 // tried
            found.append(replace(piece, x=x, width=end - x))
            past += piece.count
        return found


def weighed_anew(
    run: AppraisalRun, progress: Callable[[int, int], None], tries: int = TRIES
) -> dict[str, Any]:
    """The places of each unit over `tries` weightings of a run, as plain data."""
    result = replayed(run).result
    weighing, places = Weighing(result), Places()
    moves = factors(SEED, tries, len(weighing.keys), SPREAD)
    for step in tally(weighing, moves, places):
        if step.tried % 20 == 0 or step.tried == tries:
            progress(step.tried, tries)
    ranks = {one.unit: one.rank for one in result.outcomes if one.rank is not None}
    held = steadiness(places, ranks)
    return {
        "tried": places.tried,
        "seed": SEED,
        "kept": f"{held.numerator}/{held.denominator}",
        "counts": {unit: dict(some) for unit, some in places.counts.items()},
    }


def strips_of(
    held: AppraisalHeld, found: Mapping[str, Any], ranks: Mapping[str, int | None]
) -> list[Strip]:
    """The strips of a computed sensitivity, in the order of the run."""
    tried = found["tried"]
    strips = []
    for unit, counts in found["counts"].items():
        ordered = sorted((int(place), count) for place, count in counts.items())
        rank = ranks.get(unit)
        kept = next((count for place, count in ordered if place == rank), 0)
        strips.append(
            Strip(
                unit=unit,
                name=held.names.get(unit, ""),
                rank=rank,
                kept=_percent(kept, tried),
                pieces=tuple(Piece(p, n, _percent(n, tried)) for p, n in ordered),
            )
        )
    return sorted(strips, key=lambda one: (one.rank is None, one.rank or 0, one.name))


def _percent(part: int, whole: int) -> str:
    """A share in per cent with one decimal."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10}.{tenths % 10}"


def kept_share(found: Mapping[str, Any]) -> str:
    """How many of all places were kept, in per cent."""
    kept = Fraction(found["kept"])
    return _percent(kept.numerator, kept.denominator)
