"""What waits for somebody: each module says its own, the page of today gathers them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

RETURNED = "returned"
"""What came back to its writer stands before every light."""

RANK = {RETURNED: 0, "red": 1, "yellow": 2, "green": 3, "none": 4, "done": 5}


NEAR = timedelta(days=3)
"""How long before it is due something that waits turns yellow, where no pack has a rule for it."""


def pressing(due_at: datetime | None, at: datetime) -> str:
    """The light of what waits until `due_at`: red when it is over, yellow when near."""
    if due_at is None:
        return "none"
    if at > due_at:
        return "red"
    return "yellow" if due_at - at < NEAR else "green"


@dataclass(frozen=True)
class Duty:
    """Something a person has to do: what, why, where, until when, and how pressing it is.

    `light` is a light, or "returned".
    """

    what: str
    why: str
    address: str
    due_at: datetime | None = None
    light: str = "none"

    @property
    def shown(self) -> tuple[str, str]:
        """Light and reason, as a page shows them."""
        return ("red" if self.light == RETURNED else self.light), self.why

    @property
    def rank(self) -> tuple[int, float]:
        """Its place in the order of consequence; among equals the earlier due first."""
        return RANK[self.light], self.due_at.timestamp() if self.due_at else float("inf")
