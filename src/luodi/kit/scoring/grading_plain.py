"""The meaning of a grading, said plainly with fractions: slow, obvious, one firm after another.

`explain` unfolds one firm's score term by term; `plain_grade` grades everybody with it. The fast
engine (`grading.grade`) agrees with it to the last digit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.quantities import ratio
from luodi.kit.scoring.grading import (
    Fault,
    Firm,
    Formula,
    Graded,
    Means,
    Result,
    Scheme,
    Term,
    faults_of,
)


@dataclass(frozen=True)
class Unfolded:
    """One term of a firm: its figures, their ratio, the base it is held against, its points.

    `note`: '' as computed; capped, floored; missing_zero, missing_mean; zero_nothing, zero_mean,
    zero_cap, zero_points for a denominator of zero.
    """

    term: Term
    numerator: Fraction | None
    denominator: Fraction | None
    ratio: Fraction | None
    base: Fraction
    points: Fraction
    note: str = ""


def explain(scheme: Scheme, firm: Firm, means: Means) -> tuple[Unfolded, ...]:
    """The terms of a firm that is graded, in the order of its formula."""
    formula = scheme.formula(firm.group)
    assert formula is not None
    return tuple(
        _unfold(scheme, term, firm, means.get((firm.group, term.key))) for term in formula.terms
    )


def _unfold(scheme: Scheme, term: Term, firm: Firm, mean_number: int | None) -> Unfolded:
    mean = None if mean_number is None else Fraction(mean_number, 10**scheme.mean_places)
    base = term.base if term.base is not None else mean
    assert base is not None
    above, below = _figure(firm, term.numerator), _figure(firm, term.denominator)
    if term.denominator == "":
        below = Fraction(1)
    found, note = None, ""
    if above is None or below is None:
        found = mean if term.missing == "mean" else None
        note = "missing_mean" if term.missing == "mean" else "missing_zero"
    elif below == 0:
        found = mean if term.zero == "mean" else None
        note = f"zero_{term.zero}" if term.zero in ("mean", "cap", "points") else "zero_nothing"
    else:
        found = above / below
    points, bound = points_of(term, found, base, note, above)
    return Unfolded(term, above, below, found, base, points, note or bound)


def points_of(
    term: Term, found: Fraction | None, base: Fraction, note: str, above: Fraction | None
) -> tuple[Fraction, str]:
    """The points within floor and cap, and which of them it met."""
    if note == "zero_cap" and above is not None and above > 0:
        return term.most, ""
    points = term.points if note == "zero_points" else Fraction(0)
    if found is not None:
        points = found / base * term.points
    if term.cap is not None and points > term.cap * term.points:
        return term.cap * term.points, "capped"
    if term.floor is not None and points < term.floor * term.points:
        return term.floor * term.points, "floored"
    return points, ""


def _figure(firm: Firm, name: str) -> Fraction | None:
    figure = firm.figures.get(name)
    return None if figure is None else Fraction(*figure)


def plain_score(terms: Iterable[Unfolded], places: int) -> int:
    """The sum of the terms, rounded half up once."""
    return rounded(sum((one.points for one in terms), Fraction(0)), places)


def rounded(exact: Fraction, places: int) -> int:
    """An exact score as an integer at its places."""
    found = ratio(exact.numerator, exact.denominator, places)
    assert isinstance(found, int)
    return found


def plain_grade(scheme: Scheme, firms: Sequence[Firm]) -> Result:
    """Grade firms, said plainly."""
    faults = {firm.key: faults_of(scheme.formula(firm.group), firm) for firm in firms}
    means: dict[tuple[str, str], int] = {}
    for formula in scheme.formulas:
        there = [firm for firm in firms if firm.group == formula.group and not faults[firm.key]]
        means |= _means(scheme, formula, there)
    scores: dict[str, int] = {}
    for firm in firms:
        faults[firm.key] = faults[firm.key] or _meanless(scheme, firm, means)
        if not faults[firm.key]:
            scores[firm.key] = plain_score(explain(scheme, firm, means), scheme.places)
    rivals: dict[str, list[int]] = {}
    for firm in firms:
        if firm.key in scores:
            rivals.setdefault("" if scheme.together else firm.group, []).append(scores[firm.key])
    for some in rivals.values():
        some.sort()
    graded = [
        _place(scheme, firm, scores[firm.key], rivals["" if scheme.together else firm.group])
        if firm.key in scores
        else Graded(firm.key, firm.group, faults=faults[firm.key])
        for firm in firms
    ]
    graded.sort(key=lambda one: (one.rank is None, one.group, one.rank or 0, one.key))
    return Result(tuple(graded), means)


def _means(scheme: Scheme, formula: Formula, firms: Sequence[Firm]) -> dict[tuple[str, str], int]:
    found = {}
    for term in formula.terms:
        ratios = []
        for firm in firms:
            above, below = _figure(firm, term.numerator), _figure(firm, term.denominator)
            below = Fraction(1) if term.denominator == "" else below
            if above is not None and below is not None and below > 0:
                ratios.append(above / below)
        if term.needs_mean and ratios:
            mean = _total(ratios) / len(ratios)
            found[formula.group, term.key] = rounded(mean, scheme.mean_places)
    return found


def _total(numbers: Sequence[Fraction]) -> Fraction:
    """The sum of fractions, halves first: thousands of denominators stay bearable."""
    if len(numbers) < 3:
        return sum(numbers, Fraction(0))
    middle = len(numbers) // 2
    return _total(numbers[:middle]) + _total(numbers[middle:])


def _meanless(scheme: Scheme, firm: Firm, means: Means) -> tuple[Fault, ...]:
    """The terms that lean on a mean which isn't there, or on one that can't be a base."""
    formula = scheme.formula(firm.group)
    found = []
    for term in formula.terms if formula else ():
        mean = means.get((firm.group, term.key))
        gone = mean is None or (term.base is None and mean <= 0)
        if gone and (term.base is None or _leans(term, firm)):
            found.append(Fault("no_mean", term.key))
    return tuple(found)


def _leans(term: Term, firm: Firm) -> bool:
    above, below = _figure(firm, term.numerator), _figure(firm, term.denominator)
    below = Fraction(1) if term.denominator == "" else below
    if above is None or below is None:
        return term.missing == "mean"
    return below == 0 and term.zero == "mean"


def _place(scheme: Scheme, firm: Firm, mine: int, rivals: Sequence[int]) -> Graded:
    """Rank and grade of one firm by counting who is above it; `rivals` from the lowest."""
    rank = 1 + len(rivals) - bisect_right(rivals, mine)
    place = rank if scheme.ties == "better" else len(rivals) - bisect_left(rivals, mine)
    before = scheme.bands[-1].grade
    for band in reversed(scheme.bands):
        if place <= _reaches(scheme, band.up_to * len(rivals)):
            before = band.grade
    grade = before
    if firm.protected and scheme.lowest:
        names = [band.grade for band in scheme.bands]
        grade = names[min(names.index(before), names.index(scheme.lowest))]
    return Graded(firm.key, firm.group, mine, rank, len(rivals), grade, before)


def _reaches(scheme: Scheme, exact: Fraction) -> int:
    mode = {"floor": "floor", "half_up": "half_up", "ceiling": "ceiling"}[scheme.cut]
    rounded = ratio(exact.numerator, exact.denominator, 0, mode)  # type: ignore[arg-type]
    assert isinstance(rounded, int)
    return rounded
