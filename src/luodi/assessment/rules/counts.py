"""How often something was counted, as typed."""

from __future__ import annotations

from luodi.kit.quantities.numerals import read_number
from luodi.kit.refusals import Refusal

MOST = 999
UNREAD = Refusal("count.whole", "次数应是 0 到 999 的整数", "must be a whole number, 0–999")


def read_count(text: str) -> int | Refusal:
    """A typed count: a whole number from 0 to 999, as any number of the sheets is typed."""
    found = read_number(text)
    if isinstance(found, Refusal):
        return UNREAD
    value, _places = found
    return int(value) if value.denominator == 1 and 0 <= value <= MOST else UNREAD
