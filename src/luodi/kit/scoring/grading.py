"""Per-mu grading of firms (亩均效益评价): scores by a published formula, ranks, bands.

How it is used::

    term = Term("tax_per_mu", "tax", "land", points=Fraction(30), base=Fraction("24.097"))
    scheme = Scheme((Formula("above_scale", (term, …), needs=("land",)),), bands, …)
    result = grade(scheme, [Firm("f1", "above_scale", {"tax": (120_50, 100), "land": (30, 1)})])
    result.firms[0].score       # an integer at `scheme.places`

A figure is a pair of integers (amount, per): `(12050, 100)` is 120.50; `per` is above zero. The
score is the exact sum of the terms, rounded half up once. What is not stated by a formula's text
(missing, negative, zero denominators, caps, ties) has a declared answer in the scheme.

This engine adds whole numbers only and divides once for each firm; `grading_plain` says the same
with fractions, slowly and plainly, and the tests hold both to one another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Amount = tuple[int, int]
"""A figure: an integer over a positive integer."""

Missing = Literal["refuse", "zero", "mean"]
Zero = Literal["refuse", "zero", "mean", "cap", "points"]
Cut = Literal["floor", "half_up", "ceiling"]


@dataclass(frozen=True)
class Term:
    """`numerator` ÷ `denominator` ÷ `base` × `points`; '' as denominator takes the figure as is.

    `base` None is the mean of the group. `cap` and `floor` bound the term, as multiples of its
    points. `missing`: a firm without the figure isn't graded, gets nothing, or is taken at the
    group's mean. `zero`: the same of a denominator of zero; `cap` gives the most there is (the
    points, where nothing caps them) if the numerator is above zero, `points` the points.
    """

    key: str
    numerator: str
    denominator: str
    points: Fraction
    base: Fraction | None
    cap: Fraction | None = None
    floor: Fraction | None = Fraction(0)
    missing: Missing = "refuse"
    zero: Zero = "refuse"

    @property
    def needs_mean(self) -> bool:
        """Whether the group's mean may be asked for."""
        return self.base is None or "mean" in (self.missing, self.zero)

    @property
    def most(self) -> Fraction:
        """What a denominator of zero gives at best."""
        return self.points * (self.cap if self.cap is not None else 1)


@dataclass(frozen=True)
class Formula:
    """The terms of one group; `needs` are inputs that must be there and above zero (land)."""

    group: str
    terms: tuple[Term, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Band:
    """A grade, from the best: it reaches to the share `up_to` of those ranked."""

    grade: str
    up_to: Fraction


@dataclass(frozen=True)
class Scheme:
    """Formulas by group, bands, and what is declared about ties, cuts and rounding.

    `ties`: firms of one score all take the better grade, or all the worse. `cut`: how a share of
    those ranked becomes a whole number. `together`: all groups are ranked as one. A protected
    firm never falls below the grade `lowest`.
    """

    formulas: tuple[Formula, ...]
    bands: tuple[Band, ...]
    ties: Literal["better", "worse"] = "better"
    cut: Cut = "half_up"
    together: bool = False
    places: int = 2
    mean_places: int = 4
    lowest: str = ""

    def formula(self, group: str) -> Formula | None:
        """The formula of a group."""
        return next((one for one in self.formulas if one.group == group), None)

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades from the best."""
        return tuple(band.grade for band in self.bands)


@dataclass(frozen=True)
class Firm:
    """A firm and its figures by input. An `exempt` one (a kind, else '') takes no part."""

    key: str
    group: str
    figures: Mapping[str, Amount]
    exempt: str = ""
    protected: bool = False


@dataclass(frozen=True)
class Fault:
    """Why a firm isn't graded: a code and the input it is about.

    Codes: exempt, no_formula, missing, not_positive, negative, zero_denominator, no_mean.
    """

    code: str
    about: str = ""


@dataclass(frozen=True)
class Graded:
    """What became of a firm. `before` is the grade without protection."""

    key: str
    group: str
    score: int | None = None
    rank: int | None = None
    of: int = 0
    grade: str = ""
    before: str = ""
    faults: tuple[Fault, ...] = ()


Means = Mapping[tuple[str, str], int]
"""The mean of (group, term) as an integer at `Scheme.mean_places`."""


@dataclass(frozen=True)
class Result:
    """Firms by group, rank and key, those not graded last; the means that were used."""

    firms: tuple[Graded, ...]
    means: Means = field(default_factory=dict)


def faults_of(formula: Formula | None, firm: Firm) -> tuple[Fault, ...]:
    """What keeps a firm from being graded, whatever the others have; each once, in order."""
    if firm.exempt:
        return (Fault("exempt", firm.exempt),)
    if formula is None:
        return (Fault("no_formula", firm.group),)
    found: dict[Fault, None] = {}
    for need in formula.needs:
        figure = firm.figures.get(need)
        if figure is None:
            found[Fault("missing", need)] = None
        elif figure[0] <= 0:
            found[Fault("not_positive", need)] = None
    for term in formula.terms:
        found.update(dict.fromkeys(_term_faults(term, firm.figures, formula.needs)))
    return tuple(found)


def _term_faults(
    term: Term, figures: Mapping[str, Amount], needs: Sequence[str]
) -> Iterable[Fault]:
    for name in (term.numerator, term.denominator):
        if name and name not in needs and term.missing == "refuse" and name not in figures:
            yield Fault("missing", name)
    below = figures.get(term.denominator) if term.denominator not in needs else None
    if below is None:
        return
    if below[0] < 0:
        yield Fault("negative", term.denominator)
    elif below[0] == 0 and term.zero == "refuse":
        yield Fault("zero_denominator", term.denominator)


def grade(scheme: Scheme, firms: Iterable[Firm]) -> Result:
    """Grade firms; the order they come in changes nothing."""
    out: list[Graded] = []
    standing: dict[str, list[Firm]] = {}
    for firm in firms:
        faults = faults_of(scheme.formula(firm.group), firm)
        if faults:
            out.append(Graded(firm.key, firm.group, faults=faults))
        else:
            standing.setdefault(firm.group, []).append(firm)
    means: dict[tuple[str, str], int] = {}
    scored: list[tuple[Firm, int]] = []
    for formula in scheme.formulas:
        mine = standing.get(formula.group, [])
        missing = _take_means(scheme, formula, mine, means)
        terms = [_Prepared(term, scheme, means.get((formula.group, term.key)))
                 for term in formula.terms]  # fmt: skip
        for firm in mine:
            if missing and (gone := _without_mean(missing, firm)):
                out.append(Graded(firm.key, firm.group, faults=gone))
            else:
                scored.append((firm, _score(terms, firm.figures, scheme.places)))
    ranked = [one for population in _populations(scheme, scored)
              for one in _rank(scheme, population)]  # fmt: skip
    ranked.sort(key=lambda one: (one.group, one.rank, one.key))
    out.sort(key=lambda one: (one.group, one.key))
    return Result((*ranked, *out), means)


def _take_means(
    scheme: Scheme, formula: Formula, firms: Sequence[Firm], means: dict[tuple[str, str], int]
) -> list[Term]:
    """Fill in the means a formula may ask for; returns the terms that have none to give."""
    missing = []
    for term in formula.terms:
        if not term.needs_mean:
            continue
        parts = []
        for firm in firms:
            above = firm.figures.get(term.numerator)
            below = firm.figures.get(term.denominator) if term.denominator else (1, 1)
            if above is not None and below is not None and below[0] > 0:
                parts.append((above[0] * below[1], above[1] * below[0]))
        if parts:
            total, per = _sum(parts)
            means[formula.group, term.key] = half_up(total, per * len(parts), scheme.mean_places)
        if not parts or (term.base is None and means[formula.group, term.key] <= 0):
            missing.append(term)
    return missing


def _sum(parts: list[Amount]) -> Amount:
    """The sum over a common denominator, in pairs: numbers grow as little as they must."""
    while len(parts) > 1:
        odd = parts[-1:] if len(parts) % 2 else []
        parts = [
            (a * d + c * b, b * d)
            for (a, b), (c, d) in zip(parts[::2], parts[1::2], strict=False)
        ] + odd  # fmt: skip
    return parts[0]


def _without_mean(terms: Iterable[Term], firm: Firm) -> tuple[Fault, ...]:
    """The terms that ask for a mean nobody can give."""
    return tuple(
        Fault("no_mean", term.key)
        for term in terms
        if term.base is None or _asks_mean(term, firm.figures)
    )


def _asks_mean(term: Term, figures: Mapping[str, Amount]) -> bool:
    below = figures.get(term.denominator) if term.denominator else (1, 1)
    if below is None or term.numerator not in figures:
        return term.missing == "mean"
    return below[0] == 0 and term.zero == "mean"


class _Prepared:
    """A term with everything that is the same for all firms worked out."""

    __slots__ = (
        "above",
        "below",
        "cap",
        "floor",
        "mean",
        "missing",
        "most",
        "per",
        "times",
        "zero",
    )

    def __init__(self, term: Term, scheme: Scheme, mean: int | None) -> None:
        self.above, self.below = term.numerator, term.denominator
        scale = 10**scheme.mean_places
        base = term.base if term.base is not None else Fraction(mean or 0, scale)
        worth = term.points / base if base > 0 else Fraction(0)
        self.times, self.per = worth.numerator, worth.denominator
        self.cap = _pair(None if term.cap is None else term.cap * term.points)
        self.floor = _pair(None if term.floor is None else term.floor * term.points)
        self.mean = self.bounded((mean or 0) * self.times, scale * self.per)
        self.missing = self.mean if term.missing == "mean" else self.bounded(0, 1)
        self.most = term.most.as_integer_ratio()
        points = self.bounded(*term.points.as_integer_ratio())
        self.zero = {
            "mean": self.mean, "points": points, "cap": None,
        }.get(term.zero, self.bounded(0, 1))  # fmt: skip

    def bounded(self, above: int, below: int) -> Amount:
        """A term's worth within its floor and cap."""
        if self.cap is not None and above * self.cap[1] > self.cap[0] * below:
            return self.cap
        if self.floor is not None and above * self.floor[1] < self.floor[0] * below:
            return self.floor
        return above, below

    def worth(self, figures: Mapping[str, Amount]) -> Amount:
        """What the term gives a firm."""
        above = figures.get(self.above)
        below = figures.get(self.below) if self.below else (1, 1)
        if above is None or below is None:
            return self.missing
        if below[0] == 0:
            if self.zero is not None:
                return self.zero
            return self.most if above[0] > 0 else self.bounded(0, 1)
        return self.bounded(
            above[0] * below[1] * self.times, above[1] * below[0] * self.per
        )  # fmt: skip


def _pair(value: Fraction | None) -> Amount | None:
    return None if value is None else value.as_integer_ratio()


def _score(terms: Iterable[_Prepared], figures: Mapping[str, Amount], places: int) -> int:
    total, per = 0, 1
    for term in terms:
        above, below = term.worth(figures)
        total, per = total * below + above * per, per * below
    return half_up(total, per, places)


def half_up(above: int, below: int, places: int) -> int:
    """above ÷ below as an integer at `places`; halves go away from zero. `below` is positive."""
    scale: int = 10**places
    rounded = (2 * abs(above) * scale + below) // (2 * below)
    return rounded if above >= 0 else -rounded


def _populations(
    scheme: Scheme, scored: list[tuple[Firm, int]]
) -> Iterable[list[tuple[Firm, int]]]:
    if scheme.together:
        return [scored] if scored else []
    groups: dict[str, list[tuple[Firm, int]]] = {}
    for firm, score in scored:
        groups.setdefault(firm.group, []).append((firm, score))
    return groups.values()


def reach(scheme: Scheme, number: int) -> tuple[int, ...]:
    """To which place each band reaches among so many ranked, from the best."""
    found = []
    for band in scheme.bands:
        exact = band.up_to * number
        whole, rest = divmod(exact.numerator, exact.denominator)
        more = {
            "floor": 0,
            "half_up": 2 * rest >= exact.denominator,
            "ceiling": rest > 0,
        }[scheme.cut]
        found.append(whole + int(more))
    return tuple(found)


def _rank(scheme: Scheme, population: list[tuple[Firm, int]]) -> Iterable[Graded]:
    """Rank from the highest score; equal scores share the best place (1, 2, 2, 4)."""
    number, reaches = len(population), reach(scheme, len(population))
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, score in enumerate(sorted((score for _f, score in population), reverse=True), 1):
        first.setdefault(score, place)
        last[score] = place
    places = first if scheme.ties == "better" else last
    named = {score: _grade_at(scheme, reaches, place) for score, place in places.items()}
    for firm, score in population:
        before = named[score]
        yield Graded(
            firm.key, firm.group, score, first[score], number,
            _kept_up(scheme, before) if firm.protected else before, before,
        )  # fmt: skip


def _grade_at(scheme: Scheme, reaches: Sequence[int], place: int) -> str:
    for band, most in zip(scheme.bands, reaches, strict=True):
        if place <= most:
            return band.grade
    return scheme.bands[-1].grade


def _kept_up(scheme: Scheme, grade: str) -> str:
    """The grade of a protected firm."""
    if not scheme.lowest:
        return grade
    order = scheme.grades
    return min(grade, scheme.lowest, key=order.index)
