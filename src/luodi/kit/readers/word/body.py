"""Walking the body of a Word document: paragraphs, runs, boxes and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from luodi.kit.readers.markup import Element, local, whole
from luodi.kit.readers.sentences import Refusal
from luodi.kit.readers.word.names import W, child, is_on, value
from luodi.kit.readers.word.numbering import Counters, Lists
from luodi.kit.readers.word.styles import Styles
from luodi.kit.readers.word.symbols import shown, symbol
from luodi.kit.readers.writing import Writer

DELETED = frozenset({"del", "moveFrom"})
SKIPPED = frozenset((
    "pPr", "rPr", "sectPr", "instrText", "delText", "delInstrText", "rt", "sdtPr", "tblPr",
    "tblGrid", "trPr", "tcPr", "softHyphen", "annotationRef",
))  # fmt: skip
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
MOST_SPAN = 63
"""Columns a cell can span in Word."""
MOST_DEPTH = 40
"""Boxes and tables inside one another."""


class Walk:
    """One walk over a document; the text goes to `writer`, what was left out is counted."""

    def __init__(self, writer: Writer, lists: Lists, styles: Styles) -> None:
        self.writer = writer
        self.deleted = 0
        self.hidden = 0
        self._lists = lists
        self._styles = styles
        self._counters = Counters(lists)
        self._boxes: list[Element] = []
        self._nested = 0

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables of a body, cell, box or note."""
        self._nested += 1
        if self._nested > MOST_DEPTH:
            raise Refusal("source.damaged")
        for element in parent:
            self._block(element)
        self._nested -= 1

    def _block(self, element: Element) -> None:
        name = local(element)
        if name == "p":
            self._paragraph(element)
        elif name == "tbl":
            self._table(element)
        elif name in DELETED:
            self.deleted += _letters(element)
        elif name not in SKIPPED:
            self.blocks(chosen(element))

    # --- paragraphs

    def _paragraph(self, paragraph: Element) -> None:
        mark_deleted = child(paragraph, "pPr", "rPr", "del") is not None
        if not mark_deleted:
            self.writer.add(self._label(paragraph))
        outer, self._boxes = self._boxes, []
        self._inline(paragraph)
        boxes, self._boxes = self._boxes, outer
        if not mark_deleted:
            self.writer.add("\n")
        for box in boxes:
            self.writer.end_line()
            self.blocks(box)

    def _label(self, paragraph: Element) -> str:
        """The label numbering prints, asked of the paragraph first and then of its styles."""
        name = value(child(paragraph, "pPr", "pStyle")) or self._styles.default
        own = child(paragraph, "pPr", "numPr")
        number, depth = value(child(own, "numId")), value(child(own, "ilvl"))
        for style_name, style in self._styles.chain(name):
            if number is None and style.number is not None:
                number = style.number
                tied = self._lists.depth_of_style(number, style_name)
                depth = depth or style.depth or (None if tied is None else str(tied))
        return "" if number is None else self._counters.label(number, whole(depth))

    def _inline(self, parent: Element) -> None:
        """What stands on the lines of a paragraph, without recursion by nesting of elements."""
        stack = [iter(parent)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif self._goes_deeper(element):
                stack.append(iter(chosen(element)))

    def _goes_deeper(self, element: Element) -> bool:
        name = local(element)
        if name == "t":
            self.writer.add(shown(element.text or ""))
        elif name in SIGNS:
            self.writer.add(SIGNS[name])
        elif name == "sym":
            self.writer.add(symbol(value(element, "char")))
        elif name == "txbxContent":
            self._boxes.append(element)
        elif name in DELETED:
            self.deleted += _letters(element)
        elif name == "r" and self._vanishes(element):
            self.hidden += _letters(element)
        else:
            return name not in SKIPPED
        return False

    def _vanishes(self, run: Element) -> bool:
        switch = child(run, "rPr", "vanish")
        if switch is not None:
            return is_on(switch)
        return self._styles.hides(value(child(run, "rPr", "rStyle")))

    # --- tables

    def _table(self, table: Element) -> None:
        """A table; one inside a cell becomes lines of that cell."""
        if self.writer.in_cell:
            for row in self._rows(table):
                for cell in _cells(row):
                    self.blocks(cell)
            return
        rows: list[list[str]] = []
        merged: dict[int, set[int]] = {}
        for number, row in enumerate(self._rows(table)):
            rows.append(self._row(row, merged.setdefault(number, set())))
        self.writer.add_table(rows, merged)

    def _rows(self, table: Element) -> Iterator[Element]:
        for row in _children(table, "tr"):
            if child(row, "trPr", "del") is not None:
                self.deleted += _letters(row)
            else:
                yield row

    def _row(self, row: Element, merged: set[int]) -> list[str]:
        """The cells of a row; columns that go on from the row above are put into `merged`."""
        texts = [""] * _span(child(row, "trPr", "gridBefore"))
        for cell in _cells(row):
            if _goes_on(cell):
                merged.add(len(texts))
            texts.append(self._cell(cell))
            texts += [""] * (_span(child(cell, "tcPr", "gridSpan")) - 1)
        return texts

    def _cell(self, cell: Element) -> str:
        self.writer.open_cell()
        self.blocks(cell)
        return self.writer.close_cell()


def chosen(element: Element) -> Element:
    """The branch Word shows of two forms of one drawing; other elements stand for themselves."""
    if local(element) != "AlternateContent":
        return element
    branches = {local(branch): branch for branch in reversed(element)}
    return branches.get("Choice", branches.get("Fallback", ()))


def _goes_on(cell: Element) -> bool:
    """Whether a vertical merge covers the cell: w:vMerge without `restart`."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and value(merge) != "restart"


def _cells(row: Element) -> Iterator[Element]:
    return _children(row, "tc")


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Children of a name, also those inside content controls."""
    for element in parent:
        if element.tag == W + name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _children(element, name)


def _span(element: Element | None) -> int:
    return min(max(whole(value(element)), 0), MOST_SPAN)


def _letters(element: Element) -> int:
    return sum(len(t.text or "") for t in element.iter(W + "t", W + "delText"))
