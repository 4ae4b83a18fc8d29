"""One criterion over two values: yes, no or cannot tell, and how much credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from luodi.kit.matching.criteria import Criterion, Operator, Value
from luodi.kit.quantities import Quantity

Answer = Literal["yes", "no", "cannot_tell"]
Why = Literal[
    "met", "unmet", "no_need", "no_fact", "other_unit", "other_kind", "no_order", "unordered"
]  # fmt: skip
Compared = tuple[Answer, Why, Fraction]
"""The answer, why, and the credit: 0 to 1, 0 where it can't be told."""

_NONE, _WHOLE = Fraction(0), Fraction(1)
_OF_SETS = ("one_of", "includes", "excludes")


@dataclass(frozen=True)
class Plain:
    """A value ready to be compared: its kind, and a number, words or truth of that kind."""

    kind: str
    value: Fraction | frozenset[str] | bool | None
    dimension: str = ""


def plain(criterion: Criterion, value: Value | None) -> Plain | None:
    """The value as this criterion compares it; None where it is missing."""
    match value:
        case None:
            return None
        case Quantity():
            return Plain("quantity", value.value * value.unit.factor, value.unit.dimension)
        case bool():
            return Plain("truth", value)
        case int() | Decimal() | Fraction():
            return Plain("number", Fraction(value))
        case date():
            return Plain("date", Fraction(value.toordinal()))
        case str() if criterion.order and criterion.operator not in _OF_SETS:
            place = criterion.order.index(value) if value in criterion.order else None
            return Plain("step", None if place is None else Fraction(place))
        case str():
            return Plain("words", frozenset({value}))
        case _:
            return Plain("words", value)


def compared(criterion: Criterion, need: Plain | None, found: Plain | None) -> Compared:
    """Hold what an offer has against what is needed. A missing side is never a no."""
    if need is None:
        return "cannot_tell", "no_need", _NONE
    if found is None:
        return "cannot_tell", "no_fact", _NONE
    clash = _clash(criterion.operator, need, found)
    if clash:
        return "cannot_tell", clash, _NONE
    if _holds(criterion.operator, need, found):
        return "yes", "met", _WHOLE
    return "no", "unmet", _partly(criterion, need, found)


def _clash(operator: Operator, need: Plain, found: Plain) -> Why | None:
    if need.kind != found.kind:
        return "other_kind"
    if need.dimension != found.dimension:
        return "other_unit"
    if need.value is None or found.value is None:
        return "no_order"
    words = need.kind == "words"
    if operator in _OF_SETS:
        return None if words else "other_kind"
    if operator in ("at_least", "at_most") and (words or need.kind == "truth"):
        return "unordered"
    return None


def _holds(operator: Operator, need: Plain, found: Plain) -> bool:
    has, wanted = found.value, need.value
    if isinstance(has, Fraction) and isinstance(wanted, Fraction):
        if operator == "at_least":
            return has >= wanted
        if operator == "at_most":
            return has <= wanted
    if isinstance(has, frozenset) and isinstance(wanted, frozenset):
        if operator == "one_of":
            return bool(has) and has <= wanted
        if operator == "includes":
            return has >= wanted
        if operator == "excludes":
            return not has & wanted
    return (has == wanted) == (operator == "equals")


def _partly(criterion: Criterion, need: Plain, found: Plain) -> Fraction:
    """The credit of a value beside the need: 1 at it, 0 at the distance of the fade."""
    if not isinstance(need.value, Fraction) or not isinstance(found.value, Fraction):
        return _NONE
    fade = plain(criterion, criterion.fade)
    if fade is None or not isinstance(fade.value, Fraction) or fade.dimension != need.dimension:
        return _NONE
    return max(_NONE, 1 - abs(need.value - found.value) / fade.value)
