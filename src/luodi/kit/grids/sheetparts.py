"""The part of a sheet as a tree: finding and making its cells in the order the format wants."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from luodi.kit.grids.addresses import address, place
from luodi.kit.grids.cells import Range
from luodi.kit.grids.packages import MAIN, Element
from luodi.kit.grids.xlsx import column_of, range_of
from luodi.kit.readers.markup import local, whole

# The order of the children of a worksheet (ECMA-376-1, 18.3.1.99), as far as parts are added.
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_KEPT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class SheetTree:
    """A worksheet: cells by place. Rows and cells that don't say where they stand are counted."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.tag = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
        data = next((child for child in root if local(child) == "sheetData"), None)
        self._data = self.inserted("sheetData") if data is None else data
        self._rows: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        number = 0
        for row in self._data:
            if local(row) == "row":
                number = whole(row.get("r")) or number + 1
                self._rows[number] = row
                self._cells[number] = self._in_row(row, number)
        self._numbers = sorted(self._rows)
        self.merges = tuple(self._ranges())

    def _in_row(self, row: Element, number: int) -> dict[int, Element]:
        column, found = 0, {}
        for cell in row:
            if local(cell) == "c":
                column = column_of(cell.get("r"), column + 1)
                found[column] = cell
                cell.set("r", address(number, column))
        row.set("r", str(number))
        return found

    def _ranges(self) -> list[Range]:
        marks = (one for one in self.root.iter(f"{self.tag}mergeCell"))
        return [found for one in marks if (found := range_of(one.get("ref") or ""))]

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The place that shows what is written at a place: the first of a merged range."""
        for top, left, bottom, right in self.merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def cell(self, row: int, column: int) -> Element | None:
        """The element of a cell, where there is one."""
        return self._cells.get(row, {}).get(column)

    def made(self, row: int, column: int) -> Element:
        """The element of a cell, made where there is none, in the look of its row or column."""
        found = self.cell(row, column)
        if found is not None:
            return found
        line = self._row(row)
        cells = self._cells[row]
        after = bisect_left(sorted(cells), column)
        cell = line.makeelement(f"{self.tag}c", {"r": address(row, column)})
        style = self._usual(line, column)
        if style:
            cell.set("s", style)
        line.insert(after, cell)
        line.attrib.pop("spans", None)
        cells[column] = cell
        self._stretch(row, column)
        return cell

    def _row(self, number: int) -> Element:
        if number not in self._rows:
            row = self._data.makeelement(f"{self.tag}row", {"r": str(number)})
            at = bisect_left(self._numbers, number)
            self._data.insert(at, row)
            self._numbers.insert(at, number)
            self._rows[number], self._cells[number] = row, {}
        return self._rows[number]

    def _usual(self, row: Element, column: int) -> str:
        """The format that Excel gives a new cell: its row's, else its column's."""
        if row.get("customFormat") in ("1", "true") and row.get("s"):
            return str(row.get("s"))
        for one in self.root.iter(f"{self.tag}col"):
            if whole(one.get("min")) <= column <= whole(one.get("max")) and one.get("style"):
                return str(one.get("style"))
        return ""

    def _stretch(self, row: int, column: int) -> None:
        """Make the said extent of the sheet hold a new cell."""
        said = next((child for child in self.root if local(child) == "dimension"), None)
        found = None if said is None else range_of(said.get("ref") or "") or _single(said)
        if found is None or said is None:
            return
        top, left, bottom, right = found
        ends = (
            address(min(top, row), min(left, column)),
            address(max(bottom, row), max(right, column)),
        )
        said.set("ref", ":".join(ends))

    def inserted(self, name: str, attributes: Mapping[str, str] | None = None) -> Element:
        """A new child of the worksheet at the place the format wants."""
        element = self.root.makeelement(f"{self.tag}{name}", dict(attributes or {}))
        rank = ORDER.index(name)
        for n, child in enumerate(self.root):
            if local(child) in ORDER and ORDER.index(local(child)) > rank:
                self.root.insert(n, element)
                return element
        self.root.append(element)
        return element


def _single(said: Element) -> Range | None:
    found = place(said.get("ref") or "")
    return (*found, *found) if found else None


def is_formula(cell: Element) -> bool:
    """Whether a formula makes the cell."""
    return any(local(part) == "f" for part in cell)


def write_number(cell: Element, digits: str) -> None:
    """A number in place of what stands in the cell; its format stays."""
    _emptied(cell).append(_valued(cell, "v", digits))


def write_text(cell: Element, text: str) -> None:
    """A text in place of what stands in the cell, never a formula; its format stays."""
    cell = _emptied(cell)
    cell.set("t", "inlineStr")
    inner = cell.makeelement(f"{{{MAIN}}}is" if "}" in cell.tag else "is")
    words = _valued(cell, "t", _KEPT.sub("\ufffd", text))
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    inner.append(words)
    cell.append(inner)


def clear(cell: Element) -> None:
    """Nothing in place of what stands in the cell."""
    _emptied(cell)


def _emptied(cell: Element) -> Element:
    for part in list(cell):
        if local(part) in ("v", "is", "f"):
            cell.remove(part)
    cell.attrib.pop("t", None)
    return cell


def _valued(cell: Element, name: str, text: str) -> Element:
    space = cell.tag.rpartition("}")[0] + "}" if "}" in cell.tag else ""
    element = cell.makeelement(space + name)
    element.text = text
    return element
