"""What was handed in with a filing each time, and what changed from one time to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from luodi.common.moments import Moment
from luodi.orgs.queries import names_of

from ..models import Submission
from .sheets import Sheet

MOST_SHOWN = 40


@dataclass(frozen=True)
class Change:
    """A cell that was handed in differently; '' for an empty one."""

    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Handed:
    """One time a filing was handed in. `more` counts the changes not shown."""

    edition: int
    at: datetime
    by: str
    asked: int
    spared: int
    explanations: tuple[str, ...]
    changes: tuple[Change, ...]
    more: int
    accepted: bool


def editions_of(sheet: Sheet, moment: Moment) -> list[Handed]:
    """Every submission of a filing, the last first, each against the one before."""
    filing, state = sheet.standing.filing, sheet.standing.state
    rows = list(
        Submission.objects.at(moment)
        .filter(filing=filing)
        .select_related("act")
        .order_by("edition")
    )
    people = names_of(row.act.by for row in rows)
    rows_named = {row.key: row.label for row in sheet.layout.rows}
    columns = {column.key: column.label for column in sheet.layout.columns}
    found, before = [], None
    for row in rows:
        changes = [] if before is None else _changes(before, row.cells, rows_named, columns)
        found.append(
            Handed(
                row.edition,
                row.act.at,
                people.get(row.act.by, "—"),
                row.asked,
                row.spared,
                tuple(row.explanations.values()),
                tuple(changes[:MOST_SHOWN]),
                max(0, len(changes) - MOST_SHOWN),
                row.edition == state.accepted,
            )
        )
        before = row.cells
    return found[::-1]


def _changes(
    before: Mapping[str, str],
    after: Mapping[str, str],
    rows: Mapping[str, str],
    columns: Mapping[str, str],
) -> list[Change]:
    found = []
    for cell in dict.fromkeys([*after, *before]):
        was, now = before.get(cell, ""), after.get(cell, "")
        if was != now:
            row, _colon, column = cell.rpartition(":")
            found.append(Change(rows.get(row, row), columns.get(column, column), was, now))
    return found
