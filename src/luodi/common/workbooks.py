"""A form as a workbook to fill in: known figures locked, a hidden sheet that says what it is.

The hidden sheet holds `format`, then names and values of the key, then for each cell to fill its
address, its name and what stood there; an upload is recognised and compared by it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from luodi.common.sheets import fitted, safe_title
from luodi.kit.grids import Grid, address
from luodi.kit.grids.filling import NUMBER

FORMAT = "luodi.form/1"
KEY_SHEET = "_luodi"
MOST_KEYS = 40
GIVEN, KNOWN = "#FFF9E5", "#ECEFF1"


@dataclass(frozen=True)
class EntryCell:
    """A cell to fill, or one that is known already: what stands in it and where it is from."""

    name: str
    text: str = ""
    locked: bool = False
    source: str = ""


@dataclass(frozen=True)
class EntryForm:
    """A form: its head as (label, value), columns and rows as (label, unit of measure)."""

    title: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, str]]
    cells: Sequence[Sequence[EntryCell | None]]
    key: Mapping[str, str]
    corner: str = ""


@dataclass(frozen=True)
class EntryKey:
    """What the hidden sheet of an uploaded form says."""

    key: dict[str, str]
    addresses: dict[str, str]
    """Name of a cell to its address."""
    before: dict[str, str]
    """Name of a cell to what stood there when the form was written."""


def entry_workbook(form: EntryForm) -> bytes:
    """The form as .xlsx: cells to fill in yellow, the others locked; texts never formulas."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        _Writer(book, form).write()
    return out.getvalue()


class _Writer:
    """Writes the sheet people see, then the hidden one."""

    def __init__(self, book: Any, form: EntryForm) -> None:
        self._book = book
        self._form = form
        self._sheet = book.add_worksheet(safe_title(form.title))
        self._measured = any(unit for _label, unit in form.rows)
        self._first = 2 if self._measured else 1
        self._top = 1 + (len(form.facts) + 1) // 2
        self._map: list[tuple[str, str, str]] = []

    def write(self) -> None:
        """The whole workbook."""
        self._head()
        self._body()
        self._look()
        self._hidden()

    def _style(self, **more: Any) -> Any:
        return self._book.add_format({"valign": "vcenter", "text_wrap": True, **more})

    def _head(self) -> None:
        form, sheet = self._form, self._sheet
        last = self._first + len(form.columns) - 1
        title = self._style(bold=True, align="center", font_size=16)
        if last:
            sheet.merge_range(0, 0, 0, last, form.title, title)
        else:
            sheet.write_string(0, 0, form.title, title)
        plain = self._book.add_format()
        for n, (label, value) in enumerate(form.facts):
            line, right = divmod(n, 2)
            sheet.write_string(1 + line, last // 2 + 1 if right else 0, f"{label}：{value}", plain)
        head = self._style(bold=True, border=1, align="center", bg_color="#DDE6EE")
        sheet.write_string(self._top, 0, form.corner or _("填报项目"), head)
        if self._measured:
            sheet.write_string(self._top, 1, _("计量单位"), head)
        for n, (label, unit) in enumerate(form.columns):
            words = f"{label}（{unit}）" if unit and not self._measured else label
            sheet.write_string(self._top, self._first + n, words, head)

    def _body(self) -> None:
        form, sheet = self._form, self._sheet
        label, unit_style = self._style(border=1), self._style(border=1, align="center")
        given = self._style(border=1, bg_color=GIVEN, locked=False, align="right")
        known = self._style(border=1, bg_color=KNOWN, align="right", font_color="#455A64")
        closed = self._style(border=1, bg_color=KNOWN, align="center")
        for n, (name, unit) in enumerate(form.rows):
            line = self._top + 1 + n
            sheet.write_string(line, 0, fitted(name), label)
            if self._measured:
                sheet.write_string(line, 1, unit, unit_style)
            for c, cell in enumerate(form.cells[n]):
                at = line, self._first + c
                if cell is None:
                    sheet.write_string(*at, "×", closed)
                    continue
                self._put(at, cell.text, known if cell.locked else given)
                if cell.locked:
                    sheet.write_comment(*at, _("已知，不用填。来源：%(s)s") % {"s": cell.source})
                else:
                    where = address(at[0] + 1, at[1] + 1)
                    self._map.append((where, cell.name, cell.text))

    def _put(self, at: tuple[int, int], text: str, style: Any) -> None:
        if not text:
            self._sheet.write_blank(*at, None, style)
        elif NUMBER.fullmatch(text):
            self._sheet.write_number(*at, float(text), style)
        else:
            self._sheet.write_string(*at, fitted(text), style)

    def _look(self) -> None:
        form, sheet = self._form, self._sheet
        note = self._top + len(form.rows) + 2
        said = _("黄色的格请填写，灰色的格不用填；×为不填的格。请不要增删行列。公式只取计算结果。")
        sheet.write_string(note, 0, said, self._book.add_format({"font_color": "#607D8B"}))
        longest = max((len(name) for name, _unit in form.rows), default=8)
        sheet.set_column(0, 0, min(48, max(14, 2 * longest)))
        sheet.set_column(self._first, self._first + len(form.columns) - 1, 14)
        sheet.freeze_panes(self._top + 1, self._first)
        sheet.repeat_rows(self._top)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        allowed = {"format_columns": True, "format_rows": True, "select_locked_cells": True}
        sheet.protect("", allowed)

    def _hidden(self) -> None:
        sheet = self._book.add_worksheet(KEY_SHEET)
        sheet.write_string(0, 0, "format")
        sheet.write_string(0, 1, FORMAT)
        for n, (name, value) in enumerate([*self._form.key.items(), ("cells", "")], 1):
            sheet.write_string(n, 0, name)
            sheet.write_string(n, 1, value)
        start = 2 + len(self._form.key)
        for n, line in enumerate(self._map, start):
            for column, value in enumerate(line):
                sheet.write_string(n, column, value)
        sheet.very_hidden()
        self._sheet.activate()


def entry_key(grid: Grid) -> EntryKey | None:
    """What an uploaded workbook says it is; None where it isn't one of these forms."""
    sheet = grid.sheet(KEY_SHEET)
    if sheet is None or sheet.at(1, 2).text != FORMAT:
        return None
    key: dict[str, str] = {}
    row = 2
    while row <= MOST_KEYS and sheet.at(row, 1).text != "cells":
        key[sheet.at(row, 1).text] = sheet.at(row, 2).text
        row += 1
    addresses: dict[str, str] = {}
    before: dict[str, str] = {}
    for line in range(row + 1, sheet.height + 1):
        where, name = sheet.at(line, 1).text, sheet.at(line, 2).text
        if where and name:
            addresses[name] = where
            before[name] = sheet.at(line, 3).text
    return EntryKey(key, addresses, before)
