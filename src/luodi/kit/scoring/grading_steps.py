"""What a firm would need for the next grade: by one figure alone, all others as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.scoring.grading import Graded, Scheme, reach
from luodi.kit.scoring.grading_plain import Unfolded


@dataclass(frozen=True)
class Step:
    """To reach `score` the numerator of a term would have to be `needed`; None: it can't alone."""

    term: str
    input: str
    now: Fraction | None
    needed: Fraction | None


@dataclass(frozen=True)
class NextGrade:
    """The next grade, the score that reaches it now, and the ways by one figure each."""

    grade: str
    score: int
    steps: tuple[Step, ...]


def next_grade(
    scheme: Scheme, one: Graded, scores: Sequence[int], terms: Sequence[Unfolded]
) -> NextGrade | None:
    """What it takes, the others and the bases standing still; None for the best grade.

    `scores` are those of everybody ranked with it, itself among them. A band that is empty by
    its cut is passed over.
    """
    if one.score is None or one.before == scheme.bands[0].grade:
        return None
    reaches = reach(scheme, len(scores))
    better = scheme.grades.index(one.before)
    found = next((n for n in reversed(range(better)) if reaches[n] > 0), None)
    if found is None:
        return None
    rivals = sorted(scores, reverse=True)
    rivals.remove(one.score)
    target = _target(scheme, rivals, reaches[found])
    return NextGrade(
        scheme.bands[found].grade, target, tuple(_step(scheme, one.score, target, t) for t in terms)
    )


def _target(scheme: Scheme, rivals: Sequence[int], place: int) -> int:
    """The least score that stands at `place` or before, among rivals from the highest."""
    if place > len(rivals):
        return min(rivals, default=0)
    edge = rivals[place - 1]
    return edge if scheme.ties == "better" else edge + 1


def _step(scheme: Scheme, now: int, target: int, one: Unfolded) -> Step:
    term = one.term
    short = Fraction(target - now, 10**scheme.places)
    points = one.points + short
    if one.denominator is None or one.denominator <= 0 or one.numerator is None:
        return Step(term.key, term.numerator, one.numerator, None)
    if term.cap is not None and points > term.cap * term.points:
        return Step(term.key, term.numerator, one.numerator, None)
    needed = points / term.points * one.base * one.denominator
    return Step(term.key, term.numerator, one.numerator, needed)
