"""Periods in the reader's language."""

from __future__ import annotations

from luodi.common.languages import language
from luodi.kit.calendars import Period


def period_label(period: Period | str) -> str:
    """A period in words (2026年3月, Mar 2026); the text itself where it is no period."""
    if isinstance(period, str):
        try:
            period = Period.parse(period)
        except ValueError:
            return str(period)
    return period.label(language())
