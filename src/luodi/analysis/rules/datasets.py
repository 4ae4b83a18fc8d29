"""A released vintage as data: series with their observations, ready for any format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from luodi.kit.calendars import Period

FREQUENCIES = {"week": "W", "month": "M", "quarter": "Q", "half": "S", "year": "A"}
"""Kinds of period -> codes of the SDMX list CL_FREQ."""


@dataclass(frozen=True)
class Measured:
    """An indicator as a reader of the data needs it."""

    key: str
    name: str
    measured_in: str
    decimals: int
    meaning: str
    source: str


@dataclass(frozen=True)
class Observation:
    """One cell. `value` is the digits or '' ; `status` as in the SDMX list CL_OBS_STATUS:
    A normal, L not collected, M cannot exist, Q suppressed."""

    indicator: str
    area: str
    period: Period
    value: str
    status: str
    why: str = ""

    @property
    def confidential(self) -> str:
        """C for a suppressed cell, F for a free one (CL_CONF_STATUS)."""
        return "C" if self.status == "Q" else "F"

    @property
    def frequency(self) -> str:
        """The code of its kind of period."""
        return FREQUENCIES[self.period.kind]

    @property
    def time(self) -> str:
        """The period as SDMX writes it: 2026-03, 2026-Q1, 2026-S1, 2026-W09, 2026."""
        if self.period.kind in ("year", "month"):
            return self.period.key
        letter = {"half": "S", "quarter": "Q", "week": "W"}[self.period.kind]
        digits = 2 if self.period.kind == "week" else 1
        return f"{self.period.year}-{letter}{self.period.number:0{digits}}"


@dataclass(frozen=True)
class Dataset:
    """A vintage with everything a reader needs to cite it."""

    key: str
    number: int
    title: str
    note: str
    publisher: str
    purpose: str
    basis: str
    released_at: datetime
    position: int
    indicators: tuple[Measured, ...]
    periods: tuple[Period, ...]
    areas: tuple[tuple[str, str], ...] = ()
    observations: tuple[Observation, ...] = ()

    @property
    def citation(self) -> str:
        """How to name it: publisher, title, number, position of the record."""
        day = self.released_at.date().isoformat()
        return f"{self.publisher}：{self.title}（{self.number}，{day}，{self.position}）"
