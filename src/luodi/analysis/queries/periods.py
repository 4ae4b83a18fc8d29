"""Periods in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language

from luodi.kit.calendars import Period


def period_label(period: Period) -> str:
    """A period in words: 2026年3月, Mar 2026."""
    return period.label("en" if (get_language() or "").startswith("en") else "zh")
