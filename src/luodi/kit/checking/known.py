"""What the checks may look at: figures of this and other periods, and who stands under whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Place(NamedTuple):
    """Where a figure stands: indicator, subject (unit or enterprise), period key."""

    indicator: str
    subject: str
    period: str


@dataclass(frozen=True)
class Known:
    """Figures as integers at the scales of their definitions.

    `answered` are places without a figure that need none: their cell holds the form's sign for
    "no figure", or a text whose fault is already told. `parents`: subject -> the one above it.
    """

    figures: Mapping[tuple[str, str, str], int]
    answered: Set[tuple[str, str, str]] = frozenset()
    parents: Mapping[str, str] = field(default_factory=dict)

    def members(self, subject: str) -> tuple[str, ...]:
        """The subjects directly below."""
        return self._members.get(subject, ())

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = defaultdict(list)
        for one, above in self.parents.items():
            below[above].append(one)
        return {above: tuple(ones) for above, ones in below.items()}
