"""The one place where numbers are divided and rounded."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from luodi.kit.refusals import Refusal

Mode = Literal["half_up", "half_even", "down", "up", "floor", "ceiling"]
LIMIT = 2**63 - 1
"""The largest integer every engine holds; beyond it a value is refused, never bent."""
MINUS = "\u2212"


def ratio(
    numerator: int | Fraction, denominator: int | Fraction, places: int, mode: Mode = "half_up"
) -> int | Refusal:
    """numerator ÷ denominator as an integer at the scale `places`, rounded once.

    `ratio(2990, 379, 2)` is 789 (7.89). Modes: half_up (四舍五入, halves away from zero),
    half_even (四舍六入五成双, GB/T 8170), down (towards zero), up (away from zero), floor,
    ceiling. Refusals: `quantity.zero_denominator`, `quantity.overflow`. ValueError for a negative
    `places`.
    """
    if places < 0:
        raise ValueError("places can't be negative")
    if denominator == 0:
        return Refusal("quantity.zero_denominator", "分母为零，无法计算", "The denominator is zero")
    above = numerator.numerator * denominator.denominator * 10**places
    below = numerator.denominator * denominator.numerator
    whole, rest = divmod(above, below)
    return fits(_rounded(Fraction(above, below), mode) if rest else whole)


def fits(number: int) -> int | Refusal:
    """The integer, or `quantity.overflow` beyond `LIMIT`."""
    if abs(number) > LIMIT:
        return Refusal(
            "quantity.overflow", "数值过大，无法存储", "The number is too large to store"
        )
    return number


def _rounded(exact: Fraction, mode: Mode) -> int:
    sign = -1 if exact < 0 else 1
    whole, rest = divmod(abs(exact.numerator), exact.denominator)
    twice = 2 * rest - exact.denominator
    more = {
        "half_up": twice >= 0,
        "half_even": twice > 0 or (twice == 0 and whole % 2 == 1),
        "down": False,
        "up": rest > 0,
        "floor": rest > 0 and sign < 0,
        "ceiling": rest > 0 and sign > 0,
    }[mode]
    return sign * (whole + more)


def show(number: int, scale: int, grouping: bool = False) -> str:
    """An integer at a scale as text, with the typographic minus (U+2212).

    `show(-12345, 1)` is `−1234.5`; grouping puts a comma at every third digit.
    """
    digits = str(abs(number)).rjust(scale + 1, "0")
    whole, rest = digits[: len(digits) - scale], digits[len(digits) - scale :]
    if grouping:
        whole = f"{int(whole):,}"
    return (MINUS if number < 0 else "") + whole + (f".{rest}" if rest else "")


def root(
    of: Fraction, degree: int, over: Fraction | int, places: int, less: int = 0
) -> int | Refusal:
    """(of^(1/degree) − less) ÷ over as an integer at the scale `places`, rounded half up once.

    `root(Fraction(3, 2), 5, Fraction(1, 100), 1, less=1)` is 84: 50 % in five years is 8.4 % a
    year. The root is found among integers, so no digit depends on floating point. Refusals:
    `quantity.negative_root`, `quantity.overflow`. ValueError for negative places, a degree
    below 1, or `over` not above zero.
    """
    if places < 0 or degree < 1 or over <= 0:
        raise ValueError("places ≥ 0, degree ≥ 1 and over > 0 are needed")
    if of < 0:
        return Refusal("quantity.negative_root", "负数不能开方", "A negative has no root")
    step = 10**places / Fraction(over)
    power = of * step**degree
    above = _integer_root(power.numerator // power.denominator, degree) + 1
    number = above - (less * step).__floor__()
    while not _reaches(number, of, degree, step, less):
        number -= 1
    return fits(number)


def _reaches(number: int, of: Fraction, degree: int, step: Fraction, less: int) -> bool:
    """True where the exact value rounds to this number or more; halves go away from zero."""
    edge = (Fraction(2 * number - 1, 2)) / step + less
    if edge <= 0:
        return True
    return of >= edge**degree if number > 0 else of > edge**degree


def _integer_root(number: int, degree: int) -> int:
    """The largest integer whose power isn't above the number (Newton from above)."""
    if number < 2 or degree == 1:
        return number
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better
