"""Ranking exact numbers: ties, groups, gaps. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Place:
    """A rank among `of` that have a number; `tied` shares it.

    `from_end` counts from the last, which is 1. Those that share a place are as far from the end
    as the place is.
    """

    rank: int
    of: int
    tied: bool
    from_end: int


def ranked(
    numbers: Mapping[str, Fraction | None],
    groups: Mapping[str, str],
    first: Literal["highest", "lowest"] = "highest",
    ties: Literal["skip", "dense"] = "skip",
) -> dict[str, Place]:
    """The places of those that have a number, within each group.

    `skip`: 1, 2, 2, 4 (as `kit.formulas`); `dense`: 1, 2, 2, 3. Who has no number has no place:
    missing isn't last. The order in which they are handed over changes nothing.
    """
    found: dict[str, Place] = {}
    for group in {groups.get(key, "") for key in numbers}:
        mine = {
            key: number
            for key, number in numbers.items()
            if number is not None and groups.get(key, "") == group
        }
        found |= _group(mine, first == "highest", ties == "dense")
    return found


def _group(mine: Mapping[str, Fraction], high: bool, dense: bool) -> dict[str, Place]:
    """Places within one group."""
    steps = sorted(set(mine.values()), reverse=high)
    counts = {step: sum(number == step for number in mine.values()) for step in steps}
    before = 0
    found: dict[Fraction, tuple[int, int]] = {}
    for place, step in enumerate(steps, start=1):
        found[step] = (place if dense else before + 1, len(steps) - place + 1)
        before += counts[step]
    return {
        key: Place(found[number][0], len(mine), counts[number] > 1, found[number][1])
        for key, number in mine.items()
    }


def is_behind(place: Place | None, behind: int) -> bool:
    """Whether a place is among the last `behind` steps; the first place never is."""
    return place is not None and place.rank > 1 and place.from_end <= behind
