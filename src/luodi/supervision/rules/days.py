"""Days somebody types: a year that is a slip of the pen is asked back. Pure."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from luodi.common.refusals import Incomplete

YEARS = 10
"""No matter handled here lies further back or ahead; the plan's own terms are shorter."""


def check_year(day: date | None, today: date) -> None:
    """Refuse a day whose year is more than `YEARS` from today; no day is none to refuse."""
    if day is not None and abs(day.year - today.year) > YEARS:
        raise Incomplete(
            _("%(day)s 离今天超过 %(n)s 年，请核对年份。") % {"day": day.isoformat(), "n": YEARS}
        )
