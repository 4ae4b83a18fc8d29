"""What a firm is told of an article: once, and again only when the answer becomes another."""

from __future__ import annotations

NEWS = {
    "": frozenset({"fits", "near"}),
    "fits": frozenset({"near", "fails"}),
    "near": frozenset({"fits"}),
    "fails": frozenset({"fits", "near"}),
}
"""By what it was told last, which answers are news to a firm. That it can't be told is none: what
is missing or has run out is asked for elsewhere."""


def is_news(last: str, now: str) -> bool:
    """Whether an answer is to be told after the `last` one ('' for none)."""
    return now in NEWS.get(last, frozenset())
