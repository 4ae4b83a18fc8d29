"""A moment of the record: everything acted up to a position, looked at from an instant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Moment:
    """`position` is the last act that counts (None: whatever is latest); `at` is the instant
    that clocks are read at, in UTC."""

    at: datetime
    position: int | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs an aware instant")

    @property
    def is_past(self) -> bool:
        """True where the record is looked at as of an earlier position: read-only."""
        return self.position is not None

    @property
    def today(self) -> date:
        """The civil date in China at this moment."""
        return self.at.astimezone(LOCAL).date()

    @property
    def local(self) -> datetime:
        """The instant on the office's clock."""
        return self.at.astimezone(LOCAL)


def as_utc(instant: datetime) -> datetime:
    """The same instant in UTC; a naive one is refused."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC)


def read_iso_day(text: str) -> date | None:
    """The day that YYYY-MM-DD in plain digits names; None for anything else (2026-02-30)."""
    if not ISO_DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
