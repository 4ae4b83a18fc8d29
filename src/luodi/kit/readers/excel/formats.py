"""What Excel shows of a number: its format's places, percent, words beside it, and dates.

ECMA-376-1, 18.8.30 (numFmt); the numbers 27 to 58 are the dates of Chinese Excel. Thousands are
not parted, exponents written out; colours, widths and conditions are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
MONTH, DAY, YEAR = 'm"月"', 'd"日"', 'yyyy"年"'
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: YEAR + MONTH, 28: MONTH + DAY, 29: MONTH + DAY, 30: MONTH + DAY, 31: YEAR + MONTH + DAY,
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"',
    36: YEAR + MONTH, 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
    50: YEAR + MONTH, 51: MONTH + DAY, 52: YEAR + MONTH, 53: MONTH + DAY, 54: MONTH + DAY,
    55: YEAR + MONTH, 56: MONTH + DAY, 57: YEAR + MONTH, 58: MONTH + DAY,
}  # fmt: skip

_TOKEN = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|AM/PM|A/P|上午/下午|y+|m+|d+|h+|s+|e+[+-]?0*|E[+-]0+'
    r"|[0#?]|.",
    re.IGNORECASE | re.DOTALL,
)
_DATED = re.compile(r"[ymdhs]", re.IGNORECASE)
_PLAIN = re.compile(r"-?[1-9]\d{0,7}(?:\.\d{0,5}[1-9])?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_BUG = 60
"""Days up to this one are numbered one less: Excel knows a 29 February 1900."""
_EXACT = Context(prec=400)
MOST_PLACES = 30
FARTHEST = Decimal("1e30")

Shown = Callable[[str], str]
"""From the number as it is stored to the text that is shown."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number format taken apart: words before and after the digits, places, scale."""

    before: str
    after: str
    places: int | None
    scale: int


_AS_IT_IS = _Figure("", "", None, 0)


def shown_by(code: str, *, since_1904: bool = False) -> Shown:
    """How a format shows a number; what can't be taken for one is shown as it is stored."""
    section = _first_section(code)
    tokens = _TOKEN.findall(section)
    if any(_DATED.fullmatch(token[0]) for token in tokens):
        epoch = _EPOCH_1904 if since_1904 else _EPOCH
        return lambda stored: _date(stored, tokens, epoch)
    figure = _figure(tokens)
    return lambda stored: _number(stored, figure)


@lru_cache(maxsize=4096)
def is_dated(code: str) -> bool:
    """Whether a format shows a number as a date or a time."""
    return any(_DATED.fullmatch(token[0]) for token in _TOKEN.findall(_first_section(code)))


@lru_cache(maxsize=4096)
def words_behind(code: str) -> tuple[str, int]:
    """The words a format writes behind a number, and the power of ten it is shown at.

    `0.0%` gives ("%", 2), `0.00"万元"` ("万元", 0), `#,##0` ("", 0).
    """
    figure = _figure(_TOKEN.findall(_first_section(code)))
    return figure.after.strip(), figure.scale


def _first_section(code: str) -> str:
    """The part of a format for positive numbers."""
    for match in _TOKEN.finditer(code):
        if match.group() == ";":
            return code[: match.start()]
    return code


def _literal(token: str) -> str:
    """The words a token stands for; empty for colours, widths and fillings."""
    if token[0] == '"':
        return token.strip('"')
    if token[0] == "\\":
        return token[1:]
    if token[0] == "[" and token[1:2] == "$":
        return token[2:].rstrip("]").partition("-")[0]
    return "" if token[0] in "_*[" else token


def _figure(tokens: list[str]) -> _Figure:
    digits = [n for n, token in enumerate(tokens) if token in ("0", "#", "?")]
    percent = 2 * tokens.count("%")
    if not digits:
        words = "".join(map(_literal, tokens)) if GENERAL not in "".join(tokens) else ""
        return _Figure("", words if percent else "", None, percent)
    first, last = digits[0], digits[-1]
    point = next((n for n in range(first, len(tokens)) if tokens[n] == "."), len(tokens))
    exponent = next((n for n, token in enumerate(tokens) if token[:2] in ("E+", "E-")), None)
    if "/" in tokens or exponent is not None:
        return _Figure("", "", None, 0)
    places = sum(1 for n in digits if n > point)
    whole_end = max((n for n in digits if n < point), default=first)
    commas = _run(tokens, whole_end + 1) + (_run(tokens, last + 1) if last > whole_end else 0)
    after = [_literal(token) for token in tokens[last + 1 :] if token != ","]
    return _Figure(
        "".join(map(_literal, tokens[:first])).lstrip("."),
        "".join(after),
        min(places, MOST_PLACES),
        percent - 3 * commas,
    )


def _run(tokens: list[str], start: int) -> int:
    """Commas in a row: each divides what is shown by a thousand."""
    end = start
    while end < len(tokens) and tokens[end] == ",":
        end += 1
    return end - start


def decimal_of(stored: str) -> Decimal | None:
    """The number a stored value means: the shortest that is the same double."""
    try:
        number = Decimal(repr(float(stored)))
    except (ValueError, OverflowError, InvalidOperation):
        return None
    return number if number.is_finite() and abs(number) < FARTHEST else None


def _number(stored: str, figure: _Figure) -> str:
    if figure == _AS_IT_IS and _PLAIN.fullmatch(stored):
        return stored
    number = decimal_of(stored)
    if number is None:
        return stored
    number = number.scaleb(figure.scale, _EXACT)
    if figure.places is not None:
        step = Decimal(1).scaleb(-figure.places)
        number = number.quantize(step, ROUND_HALF_UP, _EXACT)
    text = f"{number:f}"
    if figure.places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if number == 0:
        text = text.lstrip("-")
    return figure.before + text + figure.after


def _date(stored: str, tokens: list[str], epoch: datetime) -> str:
    number = decimal_of(stored)
    if number is None or not 0 <= number < 2_958_466:
        return stored
    early = epoch == _EPOCH and number < _LEAP_BUG
    seconds = round(float(number - int(number)) * 86_400)
    moment = epoch + timedelta(days=int(number) + early, seconds=seconds)
    halves = any(token.upper() in ("AM/PM", "A/P", "上午/下午") for token in tokens)
    parts: list[str] = []
    after_hour = False
    for place, token in enumerate(tokens):
        kind = token[0].lower()
        minute = kind == "m" and (after_hour or _before_seconds(tokens, place))
        parts.append(_part(token, moment, minute=minute, halves=halves))
        if kind in "ymdhs":
            after_hour = kind == "h"
    return "".join(parts).strip()


def _before_seconds(tokens: list[str], place: int) -> bool:
    """Whether the next part of a date is its seconds."""
    following = (token[0].lower() for token in tokens[place + 1 :])
    return next((kind for kind in following if kind in "ymdhs"), "") == "s"


def _part(token: str, moment: datetime, *, minute: bool, halves: bool) -> str:
    kind, long = token[0].lower(), len(token) > 1
    if token.upper() in ("AM/PM", "A/P", "上午/下午"):
        return "上午" if moment.hour < 12 else "下午"
    if kind == "y":
        return f"{moment.year:04}" if len(token) > 2 else f"{moment.year % 100:02}"
    if kind == "m" and not minute and len(token) > 2:
        return _MONTHS[moment.month - 1]
    if kind not in "mdhs":
        return _literal(token) if token != "@" else ""
    hour = (moment.hour - 1) % 12 + 1 if halves else moment.hour
    value = {"m": moment.minute if minute else moment.month, "d": moment.day, "h": hour}.get(
        kind, moment.second
    )
    return f"{value:02}" if long else str(value)
