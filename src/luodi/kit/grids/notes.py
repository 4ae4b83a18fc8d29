"""Comments on cells: the part with their texts and the drawing that Excel shows them by."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from luodi.kit.grids.addresses import address, place
from luodi.kit.grids.packages import MAIN, RELATED, TYPES, Element, Package, related, resolved
from luodi.kit.grids.sheetparts import SheetTree
from luodi.kit.readers.markup import local, whole

AUTHOR = "落地审核"
BEGINS = "【审核】"
"""What follows it in a comment is ours."""
_SPACES = " ".join(
    f'xmlns:{prefix}="urn:schemas-microsoft-com:{name}"'
    for prefix, name in (("v", "vml"), ("o", "office:office"), ("x", "office:excel"))
)
VML = f"""<xml {_SPACES}><o:shapelayout v:ext="edit">\
<o:idmap v:ext="edit" data="%d"/></o:shapelayout><v:shapetype id="_x0000_t202" \
coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>\
</v:shapetype></xml>"""
SHAPE = f"""<v:shape {_SPACES} id="_x0000_s%(id)d" \
type="#_x0000_t202" style="position:absolute;width:220pt;height:80pt;z-index:%(z)d;\
visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>\
<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%(column)d, 15, \
%(row)d, 4, %(right)d, 15, %(bottom)d, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
<x:Row>%(row)d</x:Row><x:Column>%(column)d</x:Column></x:ClientData></v:shape>"""


class Notes:
    """The comments of one sheet. Nothing is changed before `keep`."""

    def __init__(self, package: Package, sheet: str, number: int) -> None:
        self._package = package
        self._sheet = sheet
        self._number = number
        self._place, self._relations = package.relations(sheet)
        self._path = self._target("comments")
        self._drawing = self._target("vmlDrawing")
        self._root = self._tree_of(self._path)
        self._shapes = self._tree_of(self._drawing)
        self._changed = False

    def _target(self, kind: str) -> str:
        found = related(self._relations, kind).values()
        return next((resolved(self._sheet, target) for target in found), "")

    def _tree_of(self, path: str) -> Any:
        return self._package.tree(path) if path else None

    def cleaned(self) -> bool:
        """Take away what was said last time; whether there was any."""
        found = False
        for note in [] if self._root is None else list(self._root.iter(f"{{{MAIN}}}comment")):
            if BEGINS in _words(note):
                found = True
                if not _cut(note):
                    note.getparent().remove(note)
                    self._drop_shape(note.get("ref") or "")
        self._changed |= found
        return found

    def _drop_shape(self, ref: str) -> None:
        at = place(ref)
        for shape in [] if self._shapes is None or at is None else list(self._shapes):
            if at == _shape_place(shape):
                self._shapes.remove(shape)

    def add(self, texts: Mapping[tuple[int, int], str], tree: SheetTree) -> None:
        """Say something about cells; where a comment stands already, below it."""
        if self._root is None:
            self._begin(tree)
        notes = self._package_list("commentList")
        author = self._author()
        standing = {note.get("ref"): note for note in notes}
        for at, text in sorted(texts.items()):
            note = standing.get(address(*at))
            if note is None:
                note = etree.SubElement(notes, f"{{{MAIN}}}comment")
                note.set("ref", address(*at))
                note.set("authorId", str(author))
                etree.SubElement(note, f"{{{MAIN}}}text")
                self._draw(at)
            before = "\n" if _words(note) else ""
            _append(note, before + BEGINS + text)
        self._changed = True

    def _package_list(self, name: str) -> Element:
        found = next((child for child in self._root if local(child) == name), None)
        return etree.SubElement(self._root, f"{{{MAIN}}}{name}") if found is None else found

    def _author(self) -> int:
        authors = next(child for child in self._root if local(child) == "authors")
        for number, one in enumerate(authors):
            if one.text == AUTHOR:
                return number
        etree.SubElement(authors, f"{{{MAIN}}}author").text = AUTHOR
        return len(authors) - 1

    def _begin(self, tree: SheetTree) -> None:
        """The part of the comments, and the drawing where the sheet has none."""
        self._path = self._free("xl/comments%d.xml")
        self._root = etree.Element(f"{{{MAIN}}}comments", nsmap={None: MAIN})
        for name in ("authors", "commentList"):
            etree.SubElement(self._root, f"{{{MAIN}}}{name}")
        self._relate("comments", self._path)
        self._typed("Override", "PartName", f"/{self._path}", "spreadsheetml.comments+xml")
        if self._shapes is None:
            self._drawing = self._free("xl/drawings/vmlDrawing%d.vml")
            self._shapes = etree.fromstring(VML % self._number)
            key = self._relate("vmlDrawing", self._drawing)
            self._typed("Default", "Extension", "vml", "vmlDrawing")
            tree.inserted("legacyDrawing").set(f"{{{RELATED}}}id", key)

    def _free(self, pattern: str) -> str:
        number = 1
        while self._package.has(pattern % number):
            number += 1
        return pattern % number

    def _relate(self, kind: str, path: str) -> str:
        taken = {one.get("Id") for one in self._relations}
        key = next(k for n in range(1, len(taken) + 2) if (k := f"rIdLuodi{n}") not in taken)
        one = etree.SubElement(
            self._relations, f"{self._relations.tag.rpartition('}')[0]}}}Relationship"
        )
        one.set("Id", key)
        one.set("Type", f"{RELATED}/{kind}")
        one.set("Target", posixpath.relpath(path, posixpath.dirname(self._sheet)))
        return key

    def _typed(self, element: str, attribute: str, value: str, kind: str) -> None:
        root: Any = self._package.tree("[Content_Types].xml")
        if any(one.get(attribute) == value for one in root):
            return
        one = root.makeelement(f"{{{TYPES}}}{element}" if "}" in root.tag else element)
        one.set(attribute, value)
        one.set("ContentType", f"application/vnd.openxmlformats-officedocument.{kind}")
        root.insert(0 if element == "Default" else len(root), one)
        self._package.put("[Content_Types].xml", root)

    def _draw(self, at: tuple[int, int]) -> None:
        numbers = (re.search(r"_s(\d+)$", shape.get("id") or "") for shape in self._shapes)
        last = max((whole(n[1]) for n in numbers if n), default=self._number * 1024)
        row, column = at[0] - 1, at[1] - 1
        shape = SHAPE % {
            "id": last + 1, "z": len(self._shapes), "row": row, "column": column,
            "right": column + 4, "bottom": row + 5,
        }  # fmt: skip
        self._shapes.append(etree.fromstring(shape))

    def keep(self) -> None:
        """Put the changed parts into the package."""
        if self._changed:
            self._package.put(self._path, self._root)
            self._package.put(self._place, self._relations)
            if self._shapes is not None:
                self._package.put(self._drawing, self._shapes)


def _words(note: Element) -> str:
    return "".join(t.text or "" for t in note.iter(f"{{{MAIN}}}t"))


def _append(note: Element, text: str) -> None:
    holder = next(child for child in note if local(child) == "text")
    run = etree.SubElement(holder, f"{{{MAIN}}}r")
    words = etree.SubElement(run, f"{{{MAIN}}}t")
    words.text = re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _cut(note: Element) -> str:
    """Take what is ours out of a comment; what is left."""
    kept = ""
    ours = False
    for words in note.iter(f"{{{MAIN}}}t"):
        text = "" if ours else words.text or ""
        before, mark, _ = text.partition(BEGINS)
        ours = ours or bool(mark)
        words.text = before.rstrip("\n") if mark else text
        kept += words.text
    return kept


def _shape_place(shape: Element) -> tuple[int, int] | None:
    named = [e for e in shape.iter() if local(e) in ("Row", "Column")]
    found = {local(e): whole((e.text or "").strip(), -1) for e in named}
    return (found["Row"] + 1, found["Column"] + 1) if len(found) == 2 else None
