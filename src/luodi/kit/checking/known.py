"""What the checks may look at: figures of this and other periods, and who stands under whom."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from luodi.kit.formulas import Table


class Place(NamedTuple):
    """Where a figure stands: indicator, subject (unit or enterprise), period key."""

    indicator: str
    subject: str
    period: str


At = tuple[str, str, str]
"""A place as a plain tuple: a batch has twenty thousand of them."""


@dataclass(frozen=True)
class Known:
    """Figures as integers at the scales of their definitions.

    `answered` are places without a figure that need none: their cell holds the form's sign for
    "no figure", or a text whose fault is already told. `parents`: subject -> the one above it.
    """

    figures: Mapping[At, int]
    answered: Set[At] = frozenset()
    parents: Mapping[str, str] = field(default_factory=dict)

    def members(self, subject: str) -> tuple[str, ...]:
        """The subjects directly below."""
        return self.table.members(subject)

    @cached_property
    def table(self) -> Table:
        """The same as the reference engine of the formulas reads it."""
        return Table(self.figures, self.parents)
