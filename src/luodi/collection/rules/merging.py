"""Two people in one form: cells merge one by one, and what both typed is kept twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ALL = ""
"""The stamp of every cell that has none of its own: of a draft begun with an empty sheet."""


@dataclass(frozen=True)
class Merged:
    """A draft after somebody's cells came in.

    `theirs` are the cells others changed since the version typed over; `clashes` those of them
    that were typed differently now: they keep what they held, and the other text stands beside.
    """

    version: int
    cells: dict[str, str]
    stamps: dict[str, Any]
    conflicts: dict[str, Any]
    theirs: dict[str, str]
    clashes: dict[str, Any]


def first(typed: Mapping[str, str], by: str) -> Merged:
    """The draft that `by` begins with an empty sheet: one stamp for all its cells."""
    cells = {cell: said for cell, said in typed.items() if said != ""}
    return Merged(1, cells, {ALL: [1, by]}, {}, {}, {})


def merge(
    *,
    cells: Mapping[str, str],
    stamps: Mapping[str, Any],
    conflicts: Mapping[str, Any],
    typed: Mapping[str, str],
    seen: int,
    version: int,
    by: str,
) -> Merged:
    """Put `typed` over a draft that was last seen at version `seen`; the result is `version`.

    A cell somebody else typed after `seen` isn't overwritten: both texts are kept, and whoever
    types it again, having seen both, decides.
    """
    after, marks, kept = dict(cells), dict(stamps), dict(conflicts)
    every = marks.get(ALL)
    clashes: dict[str, Any] = {}
    for cell, said in typed.items():
        mark = marks.get(cell) or (every if cell in cells else None)
        held = after.get(cell, "")
        if mark and mark[0] > seen and mark[1] != by and held != said:
            clashes[cell] = kept[cell] = {"typed": said, "by": by, "held": held, "held_by": mark[1]}
            continue
        kept.pop(cell, None)
        if held != said:
            after[cell] = said
            marks[cell] = [version, by]
    changed = {cell for cell, mark in marks.items() if mark[0] > seen and cell != ALL}
    if every and every[0] > seen:
        changed |= cells.keys() - marks.keys()
    theirs = {cell: after.get(cell, "") for cell in changed - typed.keys()}
    theirs |= {cell: both["held"] for cell, both in clashes.items()}
    return Merged(version, after, marks, kept, theirs, clashes)
