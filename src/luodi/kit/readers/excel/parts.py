"""The parts of a workbook: its sheets by name, its shared strings, its formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from luodi.kit.readers.archives import Archive
from luodi.kit.readers.excel.formats import BUILT_IN, GENERAL, Shown, shown_by
from luodi.kit.readers.markup import Element, local, parse_xml, whole
from luodi.kit.readers.sentences import Refusal

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SheetPart(NamedTuple):
    """A sheet of the workbook: its name, where it lies, whether it is shown."""

    name: str
    path: str
    hidden: bool


class Workbook:
    """The parts that all sheets share."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._folder, root = self._main()
        self.path = root
        self._related = self._relations(root)
        book = self._part(root)
        if book is None:
            raise Refusal("source.damaged")
        self.sheets = tuple(self._sheets(book))
        self.strings = tuple(self._strings())
        self.codes = tuple(self._formats())
        """The number format of each cell format (the `s` of a cell)."""
        self.since_1904 = _since_1904(book)
        self.shown = tuple(self._shown())

    def _main(self) -> tuple[str, str]:
        """The folder and the path of the part the package names as its document."""
        root = self._part("_rels/.rels")
        path = "xl/workbook.xml"
        for relation in () if root is None else root:
            if (relation.get("Type") or "").endswith("/officeDocument"):
                path = (relation.get("Target") or "").lstrip("/") or path
        return posixpath.dirname(path), path

    def _part(self, path: str) -> Element | None:
        data = self.archive.part(path)
        return None if data is None else parse_xml(data)

    def _relations(self, path: str) -> dict[str, tuple[str, str]]:
        """(kind, path) of the parts the workbook names, by their keys."""
        folder, name = posixpath.split(path)
        root = self._part(f"{folder}/_rels/{name}.rels".lstrip("/"))
        return {
            relation.get("Id") or "": (
                (relation.get("Type") or "").rpartition("/")[2],
                self._inside(relation.get("Target") or ""),
            )
            for relation in (() if root is None else root)
        }

    def _inside(self, target: str) -> str:
        """A path of the package; the archive has no part of a name that leads out of it."""
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(self._folder, target))

    def _sheets(self, book: Element) -> Iterator[SheetPart]:
        for sheet in _named(book, "sheet"):
            key = next((v for k, v in sheet.items() if k.rpartition("}")[2] == "id"), "")
            kind, path = self._related.get(key, ("", ""))
            if kind in ("worksheet", ""):
                hidden = (sheet.get("state") or "visible") != "visible"
                yield SheetPart(sheet.get("name") or "", path, hidden)

    def _strings(self) -> Iterator[str]:
        root = self._beside("sharedStrings")
        for item in () if root is None else root:
            if local(item) == "si":
                yield words_of(item)

    def beside(self, kind: str) -> str | None:
        """The part that the workbook names for a kind of content: styles, sharedStrings."""
        return next((path for one, path in self._related.values() if one == kind), None)

    def _beside(self, kind: str) -> Element | None:
        path = self.beside(kind)
        return None if path is None else self._part(path)

    def _formats(self) -> Iterator[str]:
        root = self._beside("styles")
        if root is None:
            return
        codes = dict(BUILT_IN)
        for one in _named(root, "numFmt"):
            codes[whole(one.get("numFmtId"), -1)] = one.get("formatCode") or GENERAL
        for table in (child for child in root if local(child) == "cellXfs"):
            for xf in table:
                yield codes.get(whole(xf.get("numFmtId")), GENERAL)

    def _shown(self) -> Iterator[Shown]:
        """How each cell format shows a number."""
        made: dict[str, Shown] = {}
        for code in self.codes:
            if code not in made:
                made[code] = shown_by(code, since_1904=self.since_1904)
            yield made[code]


def _since_1904(book: Element) -> bool:
    return any(one.get("date1904") in ("1", "true") for one in _named(book, "workbookPr"))


def _named(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if local(element) == name)


def words_of(item: Element) -> str:
    """The words of a string item without the readings printed above them."""
    parts: list[str] = []
    for element in item:
        name = local(element)
        if name == "t":
            parts.append(element.text or "")
        elif name == "r":
            parts += [t.text or "" for t in element if local(t) == "t"]
    text = "".join(parts)
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: _character(match[1]), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: str) -> str:
    number = int(code, 16)
    return "\ufffd" if 0xD800 <= number < 0xE000 or not number else chr(number)
