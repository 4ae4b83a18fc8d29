"""Writing values into somebody else's workbook: only the cells change, never the format.

The cells are written into the parts of their sheets; every other part stays byte for byte, so
pictures, charts, conditional formats, print settings, form controls and other sheets are what
they were. openpyxl would rewrite the whole file and drop what it doesn't know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from luodi.kit.grids.addresses import address, place
from luodi.kit.grids.packages import Package, opened
from luodi.kit.grids.sentences import GridLimits, GridRefused
from luodi.kit.grids.sheetparts import (
    SheetTree,
    clear,
    is_formula,
    write_number,
    write_text,
)
from luodi.kit.readers.markup import local
from luodi.kit.refusals import Refusal

NUMBER = re.compile(r"(?=[-.\d]{1,17}$)-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
"""Digits Excel holds exactly; longer ones, and 007, stay as they are: as text."""
Content = Mapping[str, "str | None"]
"""Address to what is written: plain decimals become numbers, other texts text, None empties."""
_CALCULATION = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*?(?=/?>)")
_BEFORE_CALCULATION = re.compile(
    rb"</(?:\w+:)?definedNames>|<(?:\w+:)?definedNames\s*/>|</(?:\w+:)?externalReferences>"
    rb"|</(?:\w+:)?sheets>"
)
RECALCULATE = b' fullCalcOnLoad="1"'


@dataclass(frozen=True)
class Filled:
    """A filled workbook. `kept` are places (sheet, address) that a formula holds: not written."""

    data: bytes
    written: int
    kept: tuple[tuple[str, str], ...] = ()


def fill(
    data: bytes, content: Mapping[str, Content], limits: GridLimits | None = None
) -> Filled | Refusal:
    """The workbook with values written at addresses, by sheet name.

    A place inside a merged range is written where the range is shown. A formula is never
    overwritten: its place is handed back in `kept`. Where the workbook has formulas, Excel is
    told to compute them when it opens the file, and the stored results of the sheets that were
    written, which no longer hold, are taken out. Refusals: those of `read_grid`, `grid.no_sheet`,
    `grid.no_place`.
    """
    package = opened(data, limits)
    if isinstance(package, Refusal):
        return package
    filler = _Filler(package)
    try:
        for name, cells in content.items():
            wrong = filler.sheet(name, cells)
            if wrong is not None:
                return wrong
        if filler.formulas:
            _recalculate(package)
        return Filled(package.bytes(), filler.written, tuple(filler.kept))
    except GridRefused as refusal:
        return refusal.refusal


class _Filler:
    """Fills sheet after sheet."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.written = 0
        self.formulas = False
        self.kept: list[tuple[str, str]] = []

    def sheet(self, name: str, cells: Content) -> Refusal | None:
        """Write the cells of one sheet; the refusal where it or a place isn't there."""
        path = self._package.sheet_path(name)
        root = None if path is None else self._package.tree(path)
        if path is None or root is None:
            zh, en = f"文件里没有工作表“{name}”", f"The file has no sheet “{name}”"
            return Refusal("grid.no_sheet", zh, en, {"sheet": name})
        tree = SheetTree(root)
        for written_at, value in cells.items():
            at = place(written_at)
            if at is None:
                zh, en = f"“{written_at}”不是单元格地址", f"“{written_at}” is no address"
                return Refusal("grid.no_place", zh, en, {"address": written_at})
            self._cell(tree, name, tree.anchor(*at), value)
        self._stale(tree)
        self._package.put(path, root)
        return None

    def _cell(self, tree: SheetTree, name: str, at: tuple[int, int], value: str | None) -> None:
        found = tree.cell(*at)
        if found is not None and is_formula(found):
            self.kept.append((name, address(*at)))
        elif value is None:
            if found is not None:
                clear(found)
        else:
            write = write_number if NUMBER.fullmatch(value) else write_text
            write(tree.made(*at), value)
            self.written += 1

    def _stale(self, tree: SheetTree) -> None:
        """Take out the stored results of formulas: they were computed from other figures."""
        for cell in tree.root.iter(f"{tree.tag}c"):
            if is_formula(cell):
                self.formulas = True
                cell.attrib.pop("t", None)
                for part in [part for part in cell if local(part) == "v"]:
                    cell.remove(part)


def _recalculate(package: Package) -> None:
    """Have Excel compute the formulas as it opens the file; a change of one attribute."""
    path = package.book.path
    data = package.part(path) or b""
    found = _CALCULATION.search(data)
    if found and b"fullCalcOnLoad" in found[0]:
        said = re.sub(rb'fullCalcOnLoad="[^"]*"', RECALCULATE.strip(), found[0])
        package.put_bytes(path, data[: found.start()] + said + data[found.end() :])
    elif found:
        end = found.end()
        package.put_bytes(path, data[:end].rstrip() + RECALCULATE + data[end:])
    elif before := _BEFORE_CALCULATION.search(data):
        # the last of the elements that stand before calcPr
        *_, before = _BEFORE_CALCULATION.finditer(data)
        prefix = re.match(rb"</?(\w+:)?", before[0])
        name = b"<" + ((prefix and prefix[1]) or b"") + b"calcPr" + RECALCULATE + b"/>"
        package.put_bytes(path, data[: before.end()] + name + data[before.end() :])
