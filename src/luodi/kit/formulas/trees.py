"""Units under units: who stands above, below and beside whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property


class Tree:
    """What tables of units have in common.

    `parents`: unit -> the unit above it (the cut that is added up: the enterprises of a zone, the
    zones of a city). `groupings`: name of a grouping -> unit -> group, for ranks.
    """

    parents: Mapping[str, str]
    groupings: Mapping[str, Mapping[str, str]]

    def members(self, unit: str) -> tuple[str, ...]:
        """The units directly below."""
        return self._members.get(unit, ())

    @cached_property
    def _members(self) -> Mapping[str, tuple[str, ...]]:
        below: defaultdict[str, list[str]] = defaultdict(list)
        for one, above in self.parents.items():
            below[above].append(one)
        return {above: tuple(ones) for above, ones in below.items()}

    def above(self, unit: str) -> str | None:
        """The unit above; None at the top."""
        return self.parents.get(unit)

    def peers(self, unit: str, grouping: str) -> tuple[str, ...]:
        """Units under the same unit, in the same group of the grouping where one is named."""
        group = self.groupings.get(grouping, {})
        above = self.above(unit)
        together = self.members(above) if above is not None else (unit,)
        return tuple(one for one in together if group.get(one) == group.get(unit))
