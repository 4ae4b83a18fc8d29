"""The minute's tick: turns open and close by themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .actions import close_passed_turns, open_due_turns, remind_by_clock

CLOCK = "system:clock"


def keep_turns(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Open, close and chase turns as they come due; a second worker finds nothing to do."""
    open_due_turns(by=CLOCK, at=at)
    close_passed_turns(by=CLOCK, at=at)
    remind_by_clock(by=CLOCK, at=at)
