"""Drawing firms at random so that anybody can draw them again."""

from __future__ import annotations

import random
from collections.abc import Iterable


def drawn_of(pool: Iterable[str], count: int, seed: str) -> list[str]:
    """So many of a pool by a seed: the same pool and seed give the same firms in the same order.

    The pool counts as a set; ValueError where it holds fewer.
    """
    ordered = sorted(set(pool))
    return random.Random(f"luodi:{seed}").sample(ordered, count)
