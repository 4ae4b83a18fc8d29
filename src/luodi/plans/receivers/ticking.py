"""The minute's tick: months open and close by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..actions import close_passed_rounds, open_due_rounds, remind_by_clock

CLOCK = "system:clock"


def keep_rounds(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Open, close and chase months as they come due; a second worker finds nothing to do."""
    open_due_rounds(by=CLOCK, at=at)
    close_passed_rounds(by=CLOCK, at=at)
    remind_by_clock(by=CLOCK, at=at)
