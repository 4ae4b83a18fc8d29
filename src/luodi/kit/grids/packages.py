"""A workbook's package with some parts replaced; every other part stays as it is, to the byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

from luodi.kit.grids.sentences import GridLimits, GridRefused, refused
from luodi.kit.grids.xlsx import MACRO
from luodi.kit.readers.archives import Archive
from luodi.kit.readers.excel.parts import Workbook
from luodi.kit.readers.sentences import Refusal as ReaderRefusal
from luodi.kit.refusals import Refusal

Element = Any
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKED = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


class Package:
    """The parts of an .xlsx, some of them changed. Raises GridRefused for what isn't one."""

    def __init__(self, data: bytes, limits: GridLimits) -> None:
        self._data = data
        try:
            self.archive = Archive(data, limits.archive)
            if MACRO.search(self.archive.part("[Content_Types].xml") or b""):
                raise refused("grid.macros")
            self.book = Workbook(self.archive)
        except ReaderRefusal as reason:
            bomb = reason.problem.code == "source.bomb"
            raise refused("grid.bomb" if bomb else "grid.damaged") from reason
        except (
            zipfile.BadZipFile,
            etree.XMLSyntaxError,
            ValueError,
            RuntimeError,
        ) as reason:
            raise refused("grid.damaged") from reason
        self._changed: dict[str, bytes] = {}

    def sheet_path(self, name: str) -> str | None:
        """The part of a sheet, by its name."""
        return next((sheet.path for sheet in self.book.sheets if sheet.name == name), None)

    def beside(self, kind: str) -> str | None:
        """The part the workbook names for a kind of content: styles."""
        return self.book.beside(kind)

    def has(self, path: str) -> bool:
        """Whether there is such a part."""
        return path in self._changed or bool(self.archive.names(path, path))

    def part(self, path: str) -> bytes | None:
        """A part as it is now."""
        if path in self._changed:
            return self._changed[path]
        return self.archive.part(path)

    def tree(self, path: str) -> Element | None:
        """A part as a tree that may be changed and `put` back; GridRefused for broken ones."""
        data = self.part(path)
        return None if data is None else parsed(data)

    def put(self, path: str, root: Element) -> None:
        """Replace or add a part by a tree."""
        self._changed[path] = written(root)

    def put_bytes(self, path: str, data: bytes) -> None:
        """Replace or add a part as it is."""
        self._changed[path] = data

    def relations(self, path: str) -> tuple[str, Element]:
        """(path, tree) of the relations of a part; an empty one where it has none."""
        folder, name = posixpath.split(path)
        place = f"{folder}/_rels/{name}.rels"
        root = self.tree(place)
        return place, etree.Element(f"{{{PACKED}}}Relationships", nsmap={None: PACKED}) if (
            root is None
        ) else root

    def bytes(self) -> bytes:
        """The package: parts in their old order, new ones at the end, dates and modes kept."""
        out, left = io.BytesIO(), dict(self._changed)
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                data = left.pop(info.filename, None)
                new.writestr(info, old.read(info) if data is None else data)
            for path, data in left.items():
                info = zipfile.ZipInfo(path)
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, data)
        return out.getvalue()


def parsed(data: bytes) -> Element:
    """The tree of a part with its comments and instructions; document types are refused."""
    if b"<!DOCTYPE" in data:
        raise refused("grid.damaged")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_blank_text=False,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as reason:
        raise refused("grid.damaged") from reason


def written(root: Element) -> bytes:
    """A tree as Office writes parts."""
    data: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return data


def opened(data: bytes, limits: GridLimits | None = None) -> Package | Refusal:
    """The package of an .xlsx, or why it can't be changed."""
    try:
        return Package(data, limits or GridLimits())
    except GridRefused as refusal:
        return refusal.refusal


def related(root: Element, kind: str) -> Mapping[str, str]:
    """Targets by id of the relations of a kind (the end of its type)."""
    return {
        one.get("Id"): one.get("Target")
        for one in root
        if str(one.get("Type") or "").endswith("/" + kind)
    }


def resolved(path: str, target: str) -> str:
    """The part a relation of a part points at."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
