"""What differs between a row and what was said now."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

SCALE = "_scale"


def changed(row: object, columns: Mapping[str, Any]) -> list[str]:
    """The names of the columns that differ from a row's.

    An amount and its scale are one value under the amount's name: 12.50 is 12.5.
    """
    before = {name: getattr(row, name) for name in columns}
    names = [name for name in columns if not _is_scale(name, columns)]
    return [name for name in names if _value(name, before) != _value(name, columns)]


def same_amount(one: int | None, scale: int | None, other: int | None, at: int | None) -> bool:
    """Whether two amounts, each an integer at a scale, are one; None is no amount."""
    return _exact(one, scale) == _exact(other, at)


def _is_scale(name: str, columns: Mapping[str, Any]) -> bool:
    return name.endswith(SCALE) and name.removesuffix(SCALE) in columns


def _value(name: str, columns: Mapping[str, Any]) -> Any:
    scale = f"{name}{SCALE}"
    return _exact(columns[name], columns[scale]) if scale in columns else columns[name]


def _exact(number: int | None, scale: int | None) -> Fraction | None:
    return None if number is None else Fraction(number, 10 ** (scale or 0))
