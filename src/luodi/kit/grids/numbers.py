"""From the number a spreadsheet stores to the decimal a person typed."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?", re.ASCII)
SIGNIFICANT = 15
"""Digits Excel keeps and shows of a number; further ones are noise of binary fractions."""
MOST_DIGITS = 40


def exact(stored: str) -> str:
    """The plain decimal a stored number stands for: `0.30000000000000004` is 0.3.

    Numbers of at most 15 digits are taken as they stand, whole numbers as long as they are;
    others at 15 significant digits, which is what Excel itself keeps. What is beyond 40 digits
    (1E+308), infinite or no number is handed back as stored.
    """
    if len(stored) <= SIGNIFICANT and _PLAIN.fullmatch(stored):
        return stored
    plain = stored.strip()
    if len(plain) <= MOST_DIGITS and plain.removeprefix("-").isdecimal() and plain.isascii():
        return str(int(plain))
    try:
        number = float(plain)
    except ValueError:
        return stored
    if not abs(number) < 10.0**MOST_DIGITS:
        return stored
    return _written(f"{number:.{SIGNIFICANT - 1}e}")


def of_float(number: float) -> str:
    """The same for a number that is at hand as a float."""
    return exact(repr(number))


def _written(scientific: str) -> str:
    """`1.23e+05` without its exponent and closing zeros."""
    mantissa, _, power = scientific.partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    digits = mantissa.lstrip("-").replace(".", "")
    point = 1 + int(power)
    if point <= 0:
        digits, point = "0" * (1 - point) + digits, 1
    digits = digits.ljust(point, "0")
    whole, rest = digits[:point], digits[point:].rstrip("0")
    return (sign if digits.strip("0") else "") + whole + (f".{rest}" if rest else "")
