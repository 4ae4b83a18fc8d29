"""What a written figure can stand for: every value that rounds to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.quantities import ratio, read_number, show, unit
from luodi.kit.refusals import Refusal

_PLAIN = re.compile(r"(\d{1,24})(?:\.(\d{1,12}))?", re.ASCII)
_ONE = Fraction(1)
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
    """A figure as written: `number` / 10 ** `places` times `factor` of its dimension's base unit.

    Most figures of a text are never compared: the fractions are made when asked for.
    """

    text: str
    unit: str
    number: int
    places: int
    dimension: str
    factor: Fraction

    @property
    def shown(self) -> str:
        """The figure with its unit, as written."""
        return f"{self.text}{self.unit}"

    @property
    def value(self) -> Fraction:
        """The exact value in the base unit of the dimension."""
        return Fraction(self.number, 10**self.places) * self.factor

    @property
    def bounds(self) -> Bounds:
        """All values that are written so: whole counts are exact, the rest to half its place."""
        exact = self.places == 0 and self.unit in COUNTED
        twice, margin, scale = 2 * self.number, 0 if exact else 1, 2 * 10**self.places
        return Bounds(
            Fraction(twice - margin, scale) * self.factor,
            Fraction(twice + margin, scale) * self.factor,
        )


def amount(text: str, unit_name: str) -> Amount | None:
    """A figure with its unit; None where the figure can't be read."""
    plain = _PLAIN.fullmatch(text)
    if plain:
        whole, rest = plain.groups(default="")
        number, places = int(whole + rest), len(rest)
    else:
        read = read_number(text)
        if isinstance(read, Refusal):
            return None
        places = read[1]
        number = int(read[0] * 10**places)
    known = unit(unit_name)
    if known:
        return Amount(text, unit_name, number, places, known.dimension, known.factor)
    return Amount(text, unit_name, number, places, unit_name, _ONE)


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
