"""Lists that somebody else exported: read, and what their columns are, as a person said once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, in_words
from luodi.kit.grids import read_grid
from luodi.kit.mapping import Named
from luodi.kit.refusals import Refusal

from ..models import ExportLayoutState
from ..rules.columns import Listed, listed, plain_head, proposed


@dataclass(frozen=True)
class ColumnGuess:
    """A field, the column it is taken to be, and whether that is sure."""

    field: str
    label: str
    column: int
    sure: bool


@dataclass(frozen=True)
class Change:
    """One thing a line would change: what stands there now and what would."""

    label: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Taken:
    """That a file was taken in: when, by whom, with what."""

    at: datetime
    who: str
    counts: dict[str, int]


def read_listed(
    name: str, data: bytes, known: Sequence[Named], missing: str, sheet: str = ""
) -> Listed:
    """The list in a file: on its first sheet with heads, or on the one of that name.

    `Incomplete` in the words of `missing` where there is none.
    """
    grid = read_grid(name, data)
    if isinstance(grid, Refusal):
        raise Incomplete(in_words(grid), grid.code)
    found = listed([one for one in grid.shown if sheet in ("", one.name)], known)
    if found is None:
        raise Incomplete(missing)
    others = tuple(one.name for one in grid.shown if one.cells and one is not found.sheet)
    return replace(found, others=others)


def layout_of(layout: str, moment: Moment) -> ExportLayoutState:
    """What is said of the columns of a layout at a moment."""
    return ExportLayoutState.objects.at(moment).get(layout=layout)


def columns_in(found: Listed, said: Mapping[str, str]) -> dict[str, int]:
    """Field to column, by the heads that a person named."""
    places = {text: column for column, text in found.heads.items()}
    return {field: places[head] for field, head in said.items() if head in places}


def guesses_for(
    found: Listed,
    state: ExportLayoutState,
    fields: Mapping[str, Any],
    known: Sequence[Named],
    city: str,
    moment: Moment,
) -> tuple[ColumnGuess, ...]:
    """What the columns are as was said, else probably: by what was said of such heads before,
    else by likeness."""
    if state.columns:
        chosen = columns_in(found, state.columns)
        return tuple(
            ColumnGuess(f, str(label), chosen.get(f, 0), f in chosen) for f, label in fields.items()
        )
    remembered: dict[str, str] = {}
    states = ExportLayoutState.objects.at(moment).filter(layout__city=city).order_by("since")
    for columns in states.values_list("columns", flat=True):
        heads = {plain_head(head): field for field, head in columns.items() if field in fields}
        remembered |= heads
    guessed = proposed(found.heads, known, remembered)
    return tuple(
        ColumnGuess(field, str(label), *guessed.get(field, (0, False)))
        for field, label in fields.items()
    )


def token_for(lines: Iterable[object]) -> str:
    """What stands for a dry run: another one where any line would come out otherwise."""
    said = "\n".join(map(str, lines))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
