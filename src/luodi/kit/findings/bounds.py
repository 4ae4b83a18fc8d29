"""What a written figure can stand for: every value that rounds to it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.quantities import ratio, read_number, show, unit
from luodi.kit.refusals import Refusal

COUNTED = frozenset("个家项条户名座处次场件台套所宗人期份支位部只笔村镇县类种辆艘架批款对组门张艘")
"""Units of whole things: 12 家 is twelve exactly, 12 亿元 is anything that rounds to it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A closed interval of exact numbers."""

    low: Fraction
    high: Fraction

    def over(self, other: Bounds) -> Bounds | None:
        """The quotients possible; None where the divisor may be zero or anything is negative."""
        if other.low <= 0 or self.low < 0:
            return None
        return Bounds(self.low / other.high, self.high / other.low)

    def minus(self, other: Bounds) -> Bounds:
        """The differences possible."""
        return Bounds(self.low - other.high, self.high - other.low)

    def plus(self, other: Bounds) -> Bounds:
        """The sums possible."""
        return Bounds(self.low + other.low, self.high + other.high)

    def times(self, factor: Fraction | int) -> Bounds:
        """Each value times a factor that isn't negative."""
        return Bounds(self.low * factor, self.high * factor)

    def moved(self, step: int) -> Bounds:
        """Each value plus a whole number."""
        return Bounds(self.low + step, self.high + step)

    def meets(self, other: Bounds) -> bool:
        """Whether one value can be both; the limit between two roundings counts as both."""
        return self.low <= other.high and other.low <= self.high

    def same(self, other: Bounds) -> bool:
        """Whether the two can be one value written to different places: 60.8 and 60.79."""
        return self == other or (self.low < other.high and other.low < self.high)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as written: its exact value in the base unit of its dimension, and its bounds."""

    text: str
    unit: str
    value: Fraction
    bounds: Bounds
    dimension: str
    factor: Fraction
    places: int

    @property
    def shown(self) -> str:
        """The figure with its unit, as written."""
        return f"{self.text}{self.unit}"


def amount(text: str, unit_name: str) -> Amount | None:
    """A figure with its unit; None where the figure can't be read.

    Whole counts are exact, everything else is known to half its last place.
    """
    read = read_number(text)
    if isinstance(read, Refusal):
        return None
    value, places = read
    known = unit(unit_name)
    factor = known.factor if known else Fraction(1)
    dimension = known.dimension if known else unit_name
    half = Fraction(0) if places == 0 and unit_name in COUNTED else Fraction(1, 2 * 10**places)
    bounds = Bounds((value - half) * factor, (value + half) * factor)
    return Amount(text, unit_name, value * factor, bounds, dimension, factor, places)


def decimal(value: Fraction, places: int) -> str:
    """A number rounded once to `places`, as text; an exact fraction where it is too large."""
    number = ratio(value, 1, places)
    return str(value) if isinstance(number, Refusal) else show(number, places)


def percent(value: Fraction, places: int) -> str:
    """A quotient as a percentage."""
    return decimal(value * 100, places) + "%"


def root(value: Fraction, degree: int, places: int = 6) -> Fraction:
    """The root of a positive number, cut off after `places` decimals; exact integers inside."""
    scale = 10**places
    target = value.numerator * scale**degree // value.denominator
    low, high = 0, max(1, scale * (value.numerator // value.denominator + 2))
    while low < high - 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= target else (low, middle)
    return Fraction(low, scale)
