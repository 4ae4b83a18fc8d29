"""What is scored, by what, and what comes out: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from luodi.kit.refusals import Refusal

Of = Literal["value", "growth", "completion"]
Method = Literal["completion", "growth", "efficacy", "rank", "bands"]
Missing = Literal["zero", "exclude", "mean", "refuse"]
Effect = Literal["zero", "unranked", "tier"]

FULL = Fraction(100)
"""The points of all groups together."""


@dataclass(frozen=True)
class Indicator:
    """One thing judged. `weights` are its points by category; a category not in it isn't asked.

    Shares are fractions of the weight (1 is all of it). `full`, and for growth and completion
    `best`, `worst` and the reaches of `bands`, are fractions too (15 % is 3/20). `bands` are
    (reach, share) from the best to the worst. `up`: more is better. `scale`: decimals of a figure.
    """

    key: str
    group: str
    weights: Mapping[str, Fraction]
    method: Method
    of: Of = "value"
    up: bool = True
    target: Fraction | None = None
    full: Fraction = Fraction(1)
    best: Fraction | None = None
    worst: Fraction | None = None
    base: Fraction = Fraction(0)
    step: Fraction | None = None
    bands: tuple[tuple[Fraction, Fraction], ...] = ()
    cap: Fraction = Fraction(1)
    floor: Fraction = Fraction(0)
    missing: Missing = "refuse"
    scale: int = 2


@dataclass(frozen=True)
class Extra:
    """Points added or taken: `each` a time, at most `most`."""

    key: str
    each: Fraction
    most: Fraction | None = None


@dataclass(frozen=True)
class Veto:
    """What one occurrence does: the total is zero, no place, or no better tier than `tier`."""

    key: str
    effect: Effect
    tier: str = ""


@dataclass(frozen=True)
class Tier:
    """A tier, the best first: from a total of `least`, or up to a cumulated share of places."""

    key: str
    least: Fraction | None = None
    places: Fraction | None = None


@dataclass(frozen=True)
class Scheme:
    """A scheme. `places`: decimals of a total; `apart`: each category compared for itself."""

    indicators: tuple[Indicator, ...]
    places: int = 2
    apart: bool = False
    additions: tuple[Extra, ...] = ()
    deductions: tuple[Extra, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    most_added: Fraction | None = None
    most_deducted: Fraction | None = None
    tiers: tuple[Tier, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The figures of a unit for an indicator; None where there is none. 0 is a figure."""

    actual: Fraction | None = None
    base: Fraction | None = None
    target: Fraction | None = None


NONE = Figures()


@dataclass(frozen=True)
class Entrant:
    """Somebody scored: category, figures by indicator, and how often each extra or veto occurred.

    An extra or veto without a count did not occur: they are recorded events.
    """

    category: str = ""
    figures: Mapping[str, Figures] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Pool:
    """What the numbers of an indicator are compared with: how many, the ends, and the places."""

    size: int
    best: Fraction
    worst: Fraction
    places: Mapping[Fraction, int]


@dataclass(frozen=True)
class Contribution:
    """What one indicator gave a unit.

    `number` is what was judged (value, growth or completion), `raw` its share before cap and
    floor, `share` after; `weight` is the weight in the scheme, `counted` the one after the weight
    of indicators left out was spread. `points` is share × counted, exact. `fault` says why there
    is no number; then `share` is what the scheme's rule for missing figures gives, if anything.
    """

    indicator: Indicator
    figures: Figures
    weight: Fraction
    counted: Fraction
    number: Fraction | None = None
    raw: Fraction | None = None
    share: Fraction | None = None
    pool: Pool | None = None
    fault: Refusal | None = None

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def points(self) -> Fraction | None:
        """Exact points; None where the indicator isn't counted or can't be."""
        return None if self.share is None else self.share * self.counted


@dataclass(frozen=True)
class ExtraPoints:
    """What an addition (`sign` 1) or deduction (−1) gave: times, and points after its own cap."""

    extra: Extra
    times: int
    sign: int
    points: Fraction


@dataclass(frozen=True)
class Outcome:
    """What a unit got. `exact` is the total before rounding; `total` the integer at the scheme's
    places; both None with `fault` where it can't be computed. `rank` None: no place."""

    unit: str
    category: str
    contributions: tuple[Contribution, ...]
    extras: tuple[ExtraPoints, ...]
    vetoes: tuple[str, ...]
    exact: Fraction | None = None
    total: int | None = None
    rank: int | None = None
    tier: str = ""
    fault: Refusal | None = None


@dataclass(frozen=True)
class Result:
    """All outcomes, the best first; those without a place last, by key."""

    scheme: Scheme
    outcomes: tuple[Outcome, ...]

    def of(self, unit: str) -> Outcome:
        """The outcome of a unit; KeyError for one that wasn't scored."""
        found = next((one for one in self.outcomes if one.unit == unit), None)
        if found is None:
            raise KeyError(unit)
        return found
