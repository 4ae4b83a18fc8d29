"""January and February reported as one figure: which months have a figure of their own. Pure."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from luodi.kit.calendars import Period


class Meant(Protocol):
    """What the months of an indicator depend on."""

    combined: bool
    valid_from: str


def has_own_figure(meant: Meant, period: str) -> bool:
    """Whether an indicator has a figure of its own about a period: of January it may have none."""
    return not (_joined(meant, period) and _number(period) == 1)


def is_joined(meant: Meant, period: str) -> bool:
    """Whether the figure about a period is that of January and February."""
    return _joined(meant, period) and _number(period) == 2


def _joined(meant: Meant, period: str) -> bool:
    if not meant.combined or not period:
        return False
    at = Period.parse(period)
    since = Period.parse(meant.valid_from).start if meant.valid_from else date.min
    return at.kind == "month" and since <= date(at.year, 1, 31)


def _number(period: str) -> int:
    return Period.parse(period).number
