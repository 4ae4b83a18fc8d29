"""Where something was seen: a pair of degrees as typed or as a telephone tells it."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from luodi.common.refusals import Incomplete

MILLION = 1_000_000
WITHIN = {"latitude": (3, 54), "longitude": (73, 136)}
"""Degrees that China lies within, islands included."""


def read_place(latitude: str, longitude: str) -> tuple[int | None, int | None]:
    """Both in millionths of a degree; neither where neither was given."""
    told = {"latitude": latitude.strip(), "longitude": longitude.strip()}
    if not any(told.values()):
        return None, None
    if not all(told.values()):
        raise Incomplete(_("纬度和经度要一起填，或者都不填。"))
    north, east = (_degrees(name, text) for name, text in told.items())
    return north, east


def _degrees(name: str, written: str) -> int:
    words = {"text": written[:20]}
    try:
        degrees = Decimal(unicodedata.normalize("NFKC", written)[:30])
    except InvalidOperation as error:
        raise Incomplete(_("读不出坐标“%(text)s”，应是十进制的度，如 35.49。") % words) from error
    low, high = WITHIN[name]
    if not degrees.is_finite() or not low <= degrees <= high:
        raise Incomplete(_("坐标“%(text)s”不在国内；纬度和经度是不是填反了？") % words)
    return int((degrees * MILLION).to_integral_value())
