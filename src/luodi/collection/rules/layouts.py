"""The layout of a form: rows × columns, and which figure each cell holds.

A layout is kept as data:

    {"rows": {"kind": "lines", "items": [{"key", "label", "indicator"?}]}      fixed rows
             | {"kind": "units", "kinds": [...] | "units": [...]}              a row for each unit
             | {"kind": "enterprises"},                                        … each enterprise
     "columns": [{"key", "label", "indicator"?, "about"?}],
     "cells": {"row:column": indicator},     cells that hold another figure than row or column say
     "blank": ["row:column", ...]}           cells that hold none

The indicator of a cell is the one named for it, else its column's, else its row's. `about` says
which period the column is about: this (the filing's), previous, last_year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from luodi.kit.calendars import Period

from ..choices import About, RowKind

MOST_ROWS, MOST_COLUMNS = 1_000, 120
KEY = re.compile(r"[A-Za-z0-9_.-]{1,40}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a line of the form, a unit, or an enterprise."""

    key: str
    label: str
    indicator: str = ""
    unit: str = ""
    enterprise: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column."""

    key: str
    label: str
    indicator: str = ""
    about: str = About.THIS


class Place(NamedTuple):
    """What a cell holds: a figure of a unit or enterprise about a period."""

    cell: str
    indicator: str
    unit: str
    enterprise: str
    period: str


@dataclass(frozen=True)
class Layout:
    """A layout with its rows filled in."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    named: Mapping[str, str]
    blank: frozenset[str]

    def indicator(self, row: Row, column: Column) -> str:
        """The indicator of a cell, '' where it holds none."""
        cell = f"{row.key}:{column.key}"
        if cell in self.blank:
            return ""
        return self.named.get(cell) or column.indicator or row.indicator

    def places(self, unit: str, enterprise: str, period: str) -> Iterator[Place]:
        """Every cell that holds a figure, row by row, for a respondent and a period."""
        columns = [
            (f":{column.key}", column.indicator, when)
            for column in self.columns
            if (when := period_about(period, column.about))
        ]
        blank, named = self.blank, self.named
        for row in self.rows:
            key, of_row = row.key, row.indicator
            of_unit, of_enterprise = row.unit or unit, row.enterprise or enterprise
            for tail, of_column, when in columns:
                cell = key + tail
                indicator = named.get(cell) or of_column or of_row
                if indicator and cell not in blank:
                    yield Place(cell, indicator, of_unit, of_enterprise, when)


def row_kind(layout: Mapping[str, Any]) -> str:
    """How the rows of a layout come about."""
    return str(layout.get("rows", {}).get("kind") or RowKind.LINES)


def fixed_rows(layout: Mapping[str, Any]) -> tuple[Row, ...]:
    """The rows that the form itself names."""
    items = layout.get("rows", {}).get("items", [])
    return tuple(Row(i["key"], i["label"], i.get("indicator", "")) for i in items)


def laid_out(layout: Mapping[str, Any], rows: Sequence[Row]) -> Layout:
    """A stored layout over its rows."""
    columns = tuple(
        Column(c["key"], c["label"], c.get("indicator", ""), c.get("about") or About.THIS)
        for c in layout.get("columns", [])
    )
    named = dict(layout.get("cells", {}))
    return Layout(tuple(rows), columns, named, frozenset(layout.get("blank", [])))


def period_about(period: str, about: str) -> str:
    """The period a column is about; '' where there is none (week 53 of a year without)."""
    if about == About.THIS:
        return period
    own = Period.parse(period)
    other = own.previous() if about == About.PREVIOUS else own.same_last_year()
    return other.key if other else ""


def indicators_in(layout: Mapping[str, Any]) -> frozenset[str]:
    """Every indicator a stored layout names."""
    parts = [*layout.get("rows", {}).get("items", []), *layout.get("columns", [])]
    named = {part.get("indicator", "") for part in parts} | set(layout.get("cells", {}).values())
    return frozenset(named - {""})


def layout_faults(layout: Mapping[str, Any]) -> list[str]:
    """What keeps a layout from being used, as codes with their subject: `code subject`."""
    columns = layout.get("columns", [])
    items = layout.get("rows", {}).get("items", [])
    kind = row_kind(layout)
    found = []
    if kind not in RowKind.values:
        found.append(f"row_kind {kind}")
    if not columns:
        found.append("no_columns ")
    if kind == RowKind.LINES and not items:
        found.append("no_rows ")
    if len(columns) > MOST_COLUMNS or len(items) > MOST_ROWS:
        found.append("too_big ")
    for parts in (columns, items):
        keys = [str(part.get("key", "")) for part in parts]
        found += [f"bad_key {key}" for key in keys if not KEY.fullmatch(key)]
        found += [f"key_twice {key}" for key in sorted({k for k in keys if keys.count(k) > 1})]
        found += [
            f"no_label {p.get('key', '')}" for p in parts if not str(p.get("label") or "").strip()
        ]
    found += [
        f"about {c.get('about')}" for c in columns if c.get("about", About.THIS) not in About.values
    ]
    if not indicators_in(layout):
        found.append("no_figures ")
    return found or [f"cell_twice {cell}" for cell in _cells_twice(layout)]


def _cells_twice(layout: Mapping[str, Any]) -> list[str]:
    """Cells that hold the same figure as one before: it would be asked twice."""
    rows = fixed_rows(layout) if row_kind(layout) == RowKind.LINES else (Row("row", ""),)
    laid = laid_out(layout, rows)
    seen: set[tuple[str, str]] = set()
    found = []
    for row in laid.rows:
        for column in laid.columns:
            figure = (laid.indicator(row, column), column.about)
            if figure[0] and figure in seen:
                found.append(f"{row.key}:{column.key}")
            seen.add(figure)
    return found
