"""What a firm would need for the next grade: by one figure alone, all others as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.scoring.grading import Graded, Scheme, reach
from luodi.kit.scoring.grading_plain import Unfolded, points_of, rounded


@dataclass(frozen=True)
class Step:
    """One figure, the terms it is the numerator of, and the least it would have to be.

    `needed` None: this figure alone can't, because its terms are at their caps, it isn't there,
    or it is also the denominator of a term, so that more of it is not simply better.
    """

    input: str
    terms: tuple[str, ...]
    now: Fraction | None
    needed: Fraction | None

    @property
    def rise(self) -> Fraction | None:
        """By what share of itself the figure has to grow; None where that can't be said."""
        if self.needed is None or not self.now or self.now < 0:
            return None
        return (self.needed - self.now) / self.now


@dataclass(frozen=True)
class NextGrade:
    """The next grade, the score that reaches it now, and the ways by one figure each."""

    grade: str
    score: int
    steps: tuple[Step, ...]


def next_grade(
    scheme: Scheme,
    one: Graded,
    scores: Sequence[int],
    terms: Sequence[Unfolded],
    scales: Mapping[str, int],
) -> NextGrade | None:
    """What it takes, the others and the bases standing still; None for the best grade.

    `scores` are those of everybody ranked with it, itself among them. A band that is empty by
    its cut is passed over. `scales` are the decimals each input is reported with: what is needed
    is the least figure that can be reported and is enough, in all the terms it stands in. The
    ways are in order: the smallest rise first, those that can't alone last.
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
    inputs = dict.fromkeys(t.term.numerator for t in terms)
    steps = [_step(scheme, target, name, terms, scales.get(name, 0)) for name in inputs]
    return NextGrade(scheme.bands[found].grade, target, tuple(sorted(steps, key=_order)))


def _order(step: Step) -> tuple[int, Fraction]:
    if step.needed is None:
        return 2, Fraction(0)
    return (1, step.needed) if step.rise is None else (0, step.rise)


def _target(scheme: Scheme, rivals: Sequence[int], place: int) -> int:
    """The least score that stands at `place` or before, among rivals from the highest."""
    if place > len(rivals):
        return min(rivals, default=0)
    edge = rivals[place - 1]
    return edge if scheme.ties == "better" else edge + 1


def _step(scheme: Scheme, target: int, name: str, terms: Sequence[Unfolded], places: int) -> Step:
    mine = [one for one in terms if one.term.numerator == name]
    keys, now = tuple(one.term.key for one in mine), mine[0].numerator
    if now is None or any(one.term.denominator == name for one in terms):
        return Step(name, keys, now, None)
    rest = sum((one.points for one in terms if one not in mine), Fraction(0))

    def enough(number: int) -> bool:
        """Whether the score is reached with so many of the last reported decimal."""
        value = Fraction(number, 10**places)
        return rounded(sum((_worth(one, value) for one in mine), rest), scheme.places) >= target

    low = now.numerator * 10**places // now.denominator
    found = _least(enough, low, _ceiling(mine, places))
    return Step(name, keys, now, None if found is None else Fraction(found, 10**places))


def _worth(one: Unfolded, value: Fraction) -> Fraction:
    """What a term would give with another numerator; one that doesn't hang on it stays."""
    if one.denominator is None or (one.denominator == 0 and one.note != "zero_cap"):
        return one.points
    found = value / one.denominator if one.denominator else None
    return points_of(one.term, found, one.base, one.note if found is None else "", value)[0]


def _ceiling(mine: Sequence[Unfolded], places: int) -> int | None:
    """From which number on nothing more is gained; None where a term knows no cap."""
    most = 1
    for one in mine:
        if not one.denominator:
            continue
        if one.term.cap is None:
            return None
        full = one.term.cap * one.base * one.denominator
        most = max(most, -(-full.numerator * 10**places // full.denominator))
    return most


def _least(enough: Callable[[int], bool], low: int, most: int | None) -> int | None:
    """The least number above `low` that is enough; what is gained only grows with it."""
    high = most
    if high is None:
        high, stride = low + 1, 1
        while not enough(high):
            stride *= 2
            high += stride
    if high <= low or not enough(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
