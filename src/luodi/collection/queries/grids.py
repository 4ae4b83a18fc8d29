"""A sheet as a page or a program draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from luodi.common.moments import Moment
from luodi.indicators.choices import OverUnits
from luodi.indicators.rules import has_own_figure, is_joined
from luodi.orgs.queries import names_of
from luodi.orgs.rules import Viewer

from ..choices import About
from ..rules.layouts import Place, period_about
from .known import figures_at, known_values
from .sheets import Sheet


@dataclass(frozen=True)
class GridCell:
    """One cell of the plain form. `before` and `last_year` are the same figure's earlier ones."""

    key: str
    asked: bool
    typed: str
    locked: bool
    source: str
    address: str
    measured_in: str
    faults: tuple[str, ...]
    other: str
    before: str
    last_year: str


@dataclass(frozen=True)
class GridRow:
    """A row of the plain form."""

    key: str
    label: str
    cells: tuple[GridCell, ...]


def earlier(sheet: Sheet, moment: Moment) -> tuple[dict[str, str], dict[str, str]]:
    """The figures of the same cells in the period before, and a year before, by cell."""
    purpose = sheet.standing.edition.purpose
    found = []
    for about in (About.PREVIOUS, About.LAST_YEAR):
        places = list(_shifted(sheet, about))
        found.append(figures_at(places, known_values(places, purpose, moment)))
    return found[0], found[1]


def _shifted(sheet: Sheet, about: str) -> Iterator[Place]:
    for place in sheet.places.values():
        period = period_about(place.period, about)
        meant = sheet.definitions[place.indicator]
        apart = about == About.LAST_YEAR or not is_joined(meant, period or place.period)
        if period and apart and has_own_figure(meant, period):
            yield place._replace(period=period)


def grid_of(sheet: Sheet, viewer: Viewer, moment: Moment) -> list[GridRow]:
    """The rows of a sheet with everything a cell shows."""
    before, last_year = earlier(sheet, moment)
    faults: dict[str, list[str]] = {}
    for fault in sheet.faults:
        for cell in fault.cells:
            faults.setdefault(cell, []).append(fault.text)
    rows = []
    for row in sheet.layout.rows:
        cells = []
        for column in sheet.layout.columns:
            key = f"{row.key}:{column.key}"
            locked = sheet.locked.get(key)
            cells.append(
                GridCell(
                    key,
                    key in sheet.places,
                    locked.typed if locked else sheet.typed.get(key, ""),
                    bool(locked),
                    locked.source if locked else "",
                    locked.address if locked else "",
                    sheet.measured_in(key),
                    tuple(faults.get(key, ())),
                    sheet.conflicts.get(key, {}).get("typed", ""),
                    before.get(key, ""),
                    last_year.get(key, ""),
                )
            )
        rows.append(GridRow(row.key, row.label, tuple(cells)))
    return rows


def sheet_data(sheet: Sheet, viewer: Viewer, moment: Moment) -> dict[str, Any]:
    """The sheet as JSON: see `docs/adr/0010`. Cells go by `row:column`, both being keys.

    version, writable; columns [{key, label, unit}]; rows [{key, label, unit}]; cells {cell:
    typed}; units {cell: unit}, where it isn't the column's; blank [cell]; locked {cell: {typed,
    source, address}}; before and last_year {cell: digits}; conflicts {cell: {typed, by, held,
    held_by}}, people by name; faults [{cells, hard, text, rule}]; explanations {rule: text};
    totals {columns}, where rows of units or enterprises may be summed.
    """
    before, last_year = earlier(sheet, moment)
    rows, columns = sheet.layout.rows, sheet.layout.columns
    by_column = {c.key: _shared(sheet, [f"{r.key}:{c.key}" for r in rows]) for c in columns}
    cells = [f"{r.key}:{c.key}" for r in rows for c in columns]
    return {
        "version": sheet.version,
        "writable": sheet.writable,
        "stage": sheet.standing.state.stage,
        "columns": [{"key": c.key, "label": c.label, "unit": by_column[c.key]} for c in columns],
        "rows": [
            {
                "key": r.key,
                "label": r.label,
                "unit": _shared(sheet, [f"{r.key}:{c.key}" for c in columns]),
            }
            for r in rows
        ],
        "cells": sheet.typed,
        "units": {
            cell: sheet.measured_in(cell)
            for cell in sheet.places
            if sheet.measured_in(cell) != by_column[cell.rpartition(":")[2]]
        },
        "blank": [cell for cell in cells if cell not in sheet.places],
        "locked": {cell: asdict(known) for cell, known in sheet.locked.items()},
        "before": before,
        "last_year": last_year,
        "conflicts": by_name(sheet.conflicts),
        "faults": [asdict(fault) for fault in sheet.faults],
        "explanations": sheet.explanations,
        "totals": {"columns": list(_summed(sheet))},
    }


def by_name(conflicts: Mapping[str, Any]) -> dict[str, Any]:
    """Conflicts with the names of the people instead of their keys."""
    names = names_of(said[who] for said in conflicts.values() for who in ("by", "held_by"))
    return {
        cell: said | {who: names.get(said[who], said[who]) for who in ("by", "held_by")}
        for cell, said in conflicts.items()
    }


def _summed(sheet: Sheet) -> Iterator[str]:
    """The columns whose definition lets the rows, units or enterprises, be summed."""
    rows = sheet.layout.rows
    if len(rows) < 2 or not all(row.unit or row.enterprise for row in rows):
        return
    for column in sheet.layout.columns:
        asked = {sheet.layout.indicator(row, column) for row in rows} - {""}
        definitions = [sheet.definitions[key] for key in asked if key in sheet.definitions]
        if len(definitions) == 1 and definitions[0].over_units == OverUnits.SUM:
            yield column.key


def _shared(sheet: Sheet, cells: list[str]) -> str:
    """The unit that all these cells have, '' where they differ."""
    units = {sheet.measured_in(cell) for cell in cells if cell in sheet.places}
    return units.pop() if len(units) == 1 else ""
