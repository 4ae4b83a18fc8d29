"""Faults marked in the cells of the file they were found in: a colour and a comment each.

The colour is a conditional format over the cells, so that their own formats stay what they are
and the marks can be taken off again: a file that comes back with last time's marks loses them
before it gets new ones. Comments of other people stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from luodi.kit.grids.addresses import address, place
from luodi.kit.grids.notes import Notes
from luodi.kit.grids.packages import Element, Package, opened
from luodi.kit.grids.sentences import GridLimits, GridRefused
from luodi.kit.grids.sheetparts import SheetTree
from luodi.kit.readers.markup import local, whole
from luodi.kit.refusals import Refusal

FORMULA = 'LEN("luodi")>0'
"""Always true; by it the marks of last time are known again."""
HARD, SOFT = "FFFF9A9A", "FFFFE08A"
"""Colours of cells with hard and with soft faults."""
LONGEST = 2_000


@dataclass(frozen=True)
class Mark:
    """What is wrong with a cell, in words; several faults of a cell are lines."""

    text: str
    hard: bool = True


def mark(
    data: bytes, marks: Mapping[str, Mapping[str, Mark]], limits: GridLimits | None = None
) -> bytes | Refusal:
    """The workbook with faults marked, by sheet name and address; everything else as it was.

    Marks of an earlier time are taken off every sheet. A place inside a merged range is marked
    where the range is shown. Refusals: those of `read_grid`.
    """
    package = opened(data, limits)
    if isinstance(package, Refusal):
        return package
    try:
        colours = _colours(package)
        for number, sheet in enumerate(package.book.sheets, 1):
            root = package.tree(sheet.path) if package.has(sheet.path) else None
            if root is not None:
                _Marker(package, sheet.path, number, root).mark(marks.get(sheet.name, {}), colours)
        return package.bytes()
    except GridRefused as refusal:
        return refusal.refusal


class _Marker:
    """Marks one sheet."""

    def __init__(self, package: Package, path: str, number: int, root: Element) -> None:
        self._package = package
        self._path = path
        self._root = root
        self._tree = SheetTree(root)
        self._notes = Notes(package, path, number)

    def mark(self, marks: Mapping[str, Mark], colours: tuple[int, int] | None) -> None:
        """Take off the old marks, put on the new ones."""
        cleaned = self._uncoloured() | self._notes.cleaned()
        placed = dict(self._placed(marks))
        if not placed and not cleaned:
            return
        for hard in (True, False):
            places = [at for at, one in placed.items() if one.hard is hard]
            if places and colours:
                self._colour(places, colours[0 if hard else 1])
        if placed:
            self._notes.add({at: one.text[:LONGEST] for at, one in placed.items()}, self._tree)
        self._notes.keep()
        self._package.put(self._path, self._root)

    def _placed(self, marks: Mapping[str, Mark]) -> Iterable[tuple[tuple[int, int], Mark]]:
        for written, one in marks.items():
            at = place(written)
            if at is not None:
                yield self._tree.anchor(*at), one

    def _uncoloured(self) -> bool:
        """Take away the colours of last time; whether there were any."""
        found = False
        for group in [e for e in self._root if local(e) == "conditionalFormatting"]:
            for rule in [r for r in group if _is_ours(r)]:
                group.remove(rule)
                found = True
            if not len(group):
                self._root.remove(group)
        return found

    def _colour(self, places: list[tuple[int, int]], colour: int) -> None:
        rules = self._root.iter(f"{self._tree.tag}cfRule")
        priority = 1 + max((whole(rule.get("priority")) for rule in rules), default=0)
        said = " ".join(address(*at) for at in sorted(places))
        group = self._tree.inserted("conditionalFormatting", {"sqref": said})
        rule = etree.SubElement(
            group,
            f"{self._tree.tag}cfRule",
            {"type": "expression", "dxfId": str(colour), "priority": str(priority)},
        )
        etree.SubElement(rule, f"{self._tree.tag}formula").text = FORMULA


def _is_ours(rule: Element) -> bool:
    written = "".join(part.text or "" for part in rule if local(part) == "formula")
    return re.sub(r"\s", "", written) == FORMULA


def _colours(package: Package) -> tuple[int, int] | None:
    """The numbers of our two colours among the differential formats; added where they aren't."""
    path = package.beside("styles")
    root = package.tree(path) if path else None
    if path is None or root is None:
        return None
    tag = root.tag.rpartition("}")[0] + "}" if "}" in root.tag else ""
    table = next((child for child in root if local(child) == "dxfs"), None)
    if table is None:
        table = root.makeelement(f"{tag}dxfs", {"count": "0"})
        later = ("tableStyles", "colors", "extLst")
        at = next((n for n, child in enumerate(root) if local(child) in later), len(root))
        root.insert(at, table)
    numbers = [_colour_number(table, colour, tag) for colour in (HARD, SOFT)]
    table.set("count", str(len(table)))
    package.put(path, root)
    return numbers[0], numbers[1]


def _colour_number(table: Element, colour: str, tag: str) -> int:
    for number, one in enumerate(table):
        if any(fill.get("rgb") == colour for fill in one.iter(f"{tag}bgColor")):
            return number
    one = etree.SubElement(table, f"{tag}dxf")
    pattern = etree.SubElement(etree.SubElement(one, f"{tag}fill"), f"{tag}patternFill")
    etree.SubElement(pattern, f"{tag}bgColor", {"rgb": colour})
    return len(table) - 1
