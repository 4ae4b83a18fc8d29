"""Numbers as people write them: `1,234.5`, `１２３４．５`, `3.5万`, `一千二百三十`."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from luodi.kit.refusals import Refusal

_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WESTERN = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(万亿|[十百千万亿])?", re.ASCII)
_CHINESE = re.compile(
    r"(负?)([零〇一二两三四五六七八九十百千万亿]+)(?:点([零〇一二三四五六七八九]+))?"
)
_MINUSES = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-"})
_PARTED = re.compile(r"\d\s*[\r\n]\s*\d|\d\s+(?!\d{3}(?!\d))\d")
"""Two numbers in one text, not the groups of three of one: `12 34`, `120` and `35` in two lines."""

_LONGEST = 64


def read_number(text: str) -> tuple[Fraction, int] | Refusal:
    """The exact value and the decimals it was written with (after any 万 or 亿 is applied).

    Full-width digits, thousands commas of either width, spaces, the minus signs in use, a power
    at the end (千 万 亿) and plain Chinese numerals are read. Refusals: `quantity.empty`,
    `quantity.unread` (wrong grouping is unread, not guessed; so are raised and circled digits,
    which are notes and powers: `12①` is not 121, `5²` not 52).
    """
    if any(unicodedata.category(char) == "No" for char in text):
        return _unread(text)
    plain = unicodedata.normalize("NFKC", text).translate(_MINUSES)
    if _PARTED.search(plain):
        return _unread(text)
    plain = re.sub(r"\s+", "", plain)
    if not plain:
        return Refusal("quantity.empty", "没有填写数值", "No number is given")
    if len(plain) <= _LONGEST:
        found = _WESTERN.fullmatch(plain)
        if found:
            return _western(found)
        spoken = _CHINESE.fullmatch(plain)
        if spoken and (value := _spoken(spoken)) is not None:
            return value
    return _unread(text)


def _unread(text: str) -> Refusal:
    short = text if len(text) <= 20 else text[:20] + "…"
    return Refusal(
        "quantity.unread",
        f"“{short}”不是可以识别的数值",
        f"“{short}” can't be read as a number",
        {"text": short},
    )


def _western(found: re.Match[str]) -> tuple[Fraction, int]:
    sign, whole, rest, power = found.groups(default="")
    number = Fraction(int(whole.replace(",", "") + rest), 10 ** len(rest))
    times = _POWERS.get(power, 1)
    value = number * times * (-1 if sign == "-" else 1)
    return value, max(len(rest) - (len(str(times)) - 1), 0)


def _spoken(found: re.Match[str]) -> tuple[Fraction, int] | None:
    sign, whole, rest = found.groups(default="")
    number = _whole(whole)
    if number is None:
        return None
    decimals = "".join(str(_DIGITS[c]) for c in rest)
    value = number + Fraction(int(decimals or "0"), 10 ** len(decimals))
    return (-value if sign else value), len(decimals)


def _whole(text: str) -> int | None:
    """A whole number in Chinese numerals; None where the numerals are out of order."""
    for power in ("亿", "万"):
        head, found, tail = text.rpartition(power)
        if found:
            high, low = _whole(head), _whole(tail) if tail else 0
            if power in head or high is None or low is None or low >= _POWERS[power]:
                return None
            return high * _POWERS[power] + low
    return _section(text)


def _section(text: str) -> int | None:
    """Below ten thousand: digits each followed by a smaller power than before."""
    total, digit, last = 0, None, 10_000
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
            continue
        power = _POWERS[char]
        if power >= last or digit == 0:
            return None
        total += (1 if digit is None else digit) * power
        digit, last = None, power
    return total + (digit or 0) if text else None
