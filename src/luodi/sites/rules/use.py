"""The use rate of standard plants with its working: used floor area over built floor area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Space:
    """A floor as the rate counts it: its area in m², whether it is built, whether it is used."""

    key: str
    label: str
    area: Decimal | None
    built: bool
    used: bool


@dataclass(frozen=True)
class LeftOut:
    """A floor the rate doesn't count, and why."""

    key: str
    label: str
    why: str


@dataclass(frozen=True)
class UseRate:
    """`percent` to two places, rounded once, half up; None with a `reason` where there is none."""

    used: Decimal
    built: Decimal
    floors: int
    percent: Decimal | None
    reason: str
    left_out: tuple[LeftOut, ...]


def use_rate(spaces: Iterable[Space]) -> UseRate:
    """Used over built area; what is not built yet or has no area stays out of both."""
    counted, left_out = [], []
    for space in spaces:
        why = ""
        if not space.built:
            why = _("尚未建成")
        elif space.area is None:
            why = _("没有填面积")
        if why:
            left_out.append(LeftOut(space.key, space.label, why))
        else:
            counted.append(space)
    built = sum((one.area or Decimal(0) for one in counted), Decimal(0))
    used = sum((one.area or Decimal(0) for one in counted if one.used), Decimal(0))
    percent, reason = None, ""
    if built:
        percent = (100 * used / built).quantize(Decimal("0.01"), ROUND_HALF_UP)
    else:
        reason = _("没有已建成的面积，不能计算。")
    return UseRate(used, built, len(counted), percent, reason, tuple(left_out))
