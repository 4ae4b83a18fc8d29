"""A quantity: an integer at a scale, with its unit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from luodi.kit.quantities.exact import Mode, fits, ratio, show
from luodi.kit.quantities.numerals import read_number
from luodi.kit.quantities.units import UNITS, Unit, unit
from luodi.kit.refusals import Refusal

_MOST_PLACES = 18
_LONGEST_UNIT = max(len(name) for name in UNITS)


@dataclass(frozen=True)
class Quantity:
    """`number` ÷ 10**`scale` of `unit`: Quantity(12345, 1, 万元) is 1234.5 万元."""

    number: int
    scale: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 <= self.scale <= _MOST_PLACES:
            raise ValueError(f"scale must be 0 to {_MOST_PLACES}")

    @classmethod
    def parse(cls, text: str, of: Unit | str, scale: int | None = None) -> Quantity | Refusal:
        """Read a number of a unit; a unit written behind it wins if it converts to `of`.

        With a `scale` the result stands at it, and more decimals than it holds are refused
        (`quantity.too_precise`), never rounded. Other refusals: `quantity.unknown_unit`,
        `quantity.unit_mismatch`, `quantity.empty`, `quantity.unread`, `quantity.overflow`.
        """
        wanted = of if isinstance(of, Unit) else unit(of)
        if wanted is None:
            return _unknown_unit(str(of))
        bare, written = _split(text)
        value = read_number(bare)
        if isinstance(value, Refusal):
            return value
        exact, places = value
        read = _made(exact, places, written or wanted)
        if isinstance(read, Refusal):
            return read
        return read.convert(wanted, scale)

    @property
    def value(self) -> Fraction:
        """The exact value in its own unit."""
        return Fraction(self.number, 10**self.scale)

    def convert(
        self, to: Unit | str, scale: int | None = None, mode: Mode | None = None
    ) -> Quantity | Refusal:
        """The same quantity in another unit of its dimension.

        Exact unless a rounding `mode` is named: without `scale` the fewest places that hold the
        value (but not fewer than written, where the unit stays); what no number of places holds
        (1 亩 in 平方米) is refused `quantity.inexact`, what `scale` doesn't hold
        `quantity.too_precise`.
        """
        wanted = to if isinstance(to, Unit) else unit(to)
        if wanted is None:
            return _unknown_unit(str(to))
        if wanted.dimension != self.unit.dimension:
            return _mismatch(self.unit, wanted)
        exact = self.value * self.unit.factor / wanted.factor
        if mode is not None and scale is not None:
            number = ratio(exact, 1, scale, mode)
            return number if isinstance(number, Refusal) else Quantity(number, scale, wanted)
        least = self.scale if wanted == self.unit and scale is None else 0
        return _made(exact, least, wanted) if scale is None else _at(exact, scale, wanted)

    def plus(self, other: Quantity) -> Quantity | Refusal:
        """The sum in this quantity's unit; a rate may take 个百分点, nothing else mixes."""
        return self._sum(other, 1)

    def minus(self, other: Quantity) -> Quantity | Refusal:
        """The difference; the difference of two rates (%) is in 个百分点."""
        result = self._sum(other, -1)
        if (
            isinstance(result, Refusal)
            or not self.unit.dimension == other.unit.dimension == "share"
        ):
            return result
        points = UNITS["个百分点"]
        return Quantity(result.number, result.scale, self.unit)._renamed(points)

    def times(self, factor: int) -> Quantity | Refusal:
        """The whole multiple."""
        number = fits(self.number * factor)
        return number if isinstance(number, Refusal) else Quantity(number, self.scale, self.unit)

    def over(self, other: Quantity, places: int, mode: Mode = "half_up") -> Quantity | Refusal:
        """This as a percentage of another quantity of the same dimension, rounded once."""
        if other.unit.dimension != self.unit.dimension:
            return _mismatch(self.unit, other.unit)
        part, whole = self.value * self.unit.factor, other.value * other.unit.factor
        number = ratio(100 * part, whole, places, mode)
        return number if isinstance(number, Refusal) else Quantity(number, places, UNITS["%"])

    def text(self, grouping: bool = False, with_unit: bool = True) -> str:
        """The quantity as written in a paper: `1234.5万元`, negative with U+2212."""
        return show(self.number, self.scale, grouping) + (self.unit.name if with_unit else "")

    def __str__(self) -> str:
        return self.text()

    def _sum(self, other: Quantity, sign: int) -> Quantity | Refusal:
        pair = (self.unit.dimension, other.unit.dimension)
        if pair[0] != pair[1] and pair != ("share", "points"):
            return _mismatch(self.unit, other.unit)
        more = sign * other.value * other.unit.factor / self.unit.factor
        return _made(self.value + more, max(self.scale, other.scale), self.unit)

    def _renamed(self, points: Unit) -> Quantity | Refusal:
        exact = self.value * self.unit.factor / points.factor
        return _made(exact, self.scale, points)


def _split(text: str) -> tuple[str, Unit | None]:
    """Cut a known unit off the end of the text; a bare 万 or 亿 stays with the number."""
    plain = text.strip()
    for length in range(min(len(plain), _LONGEST_UNIT), 0, -1):
        tail = plain[-length:]
        if tail not in ("万", "亿") and (found := unit(tail)):
            return plain[:-length], found
    return plain, None


def _made(exact: Fraction, least: int, of: Unit) -> Quantity | Refusal:
    """At the fewest places, at least `least`, that hold the value exactly."""
    for places in range(min(least, _MOST_PLACES), _MOST_PLACES + 1):
        if (exact * 10**places).denominator == 1:
            return _at(exact, places, of)
    return Refusal(
        "quantity.inexact",
        f"换算为{of.name}除不尽，请指定保留的小数位",
        f"The value has no finite decimal form in {of.en or of.name}",
        {"unit": of.name},
    )


def _at(exact: Fraction, scale: int, of: Unit) -> Quantity | Refusal:
    scaled = exact * 10**scale
    if scaled.denominator != 1:
        return Refusal(
            "quantity.too_precise",
            f"小数位过多：最多保留{scale}位小数（单位{of.name}）",
            f"Too many decimals: at most {scale} are kept in {of.en or of.name}",
            {"scale": scale, "unit": of.name},
        )
    number = fits(scaled.numerator)
    return number if isinstance(number, Refusal) else Quantity(number, scale, of)


def _unknown_unit(name: str) -> Refusal:
    return Refusal(
        "quantity.unknown_unit",
        f"没有登记的计量单位“{name}”",
        f"“{name}” is not a known unit",
        {"unit": name},
    )


def _mismatch(a: Unit, b: Unit) -> Refusal:
    return Refusal(
        "quantity.unit_mismatch",
        f"{a.name}与{b.name}不是同类计量单位，不能相加或换算",
        f"{a.en or a.name} and {b.en or b.name} are different kinds of quantity",
        {"units": [a.name, b.name]},
    )
