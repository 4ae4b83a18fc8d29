"""Whether two asks are the same one, by the pairs of characters they share."""

from __future__ import annotations

import unicodedata
from collections import Counter


def plain_text(text: str) -> str:
    """A text as it is compared: half-width, small letters, letters and figures only."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def likeness(one: str, other: str) -> int:
    """How much two texts share, 0 to 100: twice the common pairs over all pairs, rounded down."""
    a, b = plain_text(one), plain_text(other)
    if len(a) < 2 or len(b) < 2:
        return 100 if a == b else 0
    first, second = (Counter(t[i : i + 2] for i in range(len(t) - 1)) for t in (a, b))
    common = (first & second).total()
    return 200 * common // (first.total() + second.total())
