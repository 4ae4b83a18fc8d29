"""Roll-ups: how many projects, and how much investment, by stage or by zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .rows import Row


@dataclass
class Total:
    """A sum over rows. What framework agreements intend stands apart from investment."""

    key: str
    label: str
    count: int = 0
    investment: Decimal = Decimal(0)
    intended: Decimal = Decimal(0)
    without: int = 0
    """Projects without an amount."""

    def add(self, row: Row) -> None:
        """Count one project in."""
        self.count += 1
        self.investment += row.investment or 0
        self.intended += row.intended or 0
        self.without += row.investment is None and row.intended is None


def totals_by(
    rows: Iterable[Row], key: Callable[[Row], Any], label: Callable[[Row], str]
) -> list[Total]:
    """One total for each key, in the order in which keys come up."""
    found: dict[Any, Total] = {}
    for row in rows:
        found.setdefault(key(row), Total(str(key(row)), label(row))).add(row)
    return list(found.values())
