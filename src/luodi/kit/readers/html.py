"""Web pages: the text a browser shows, a line per block, tables row by row."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from luodi.kit.problems import Problem
from luodi.kit.readers.encodings import BOMS, Decoded, decode
from luodi.kit.readers.markup import Element, local, parse_html, whole
from luodi.kit.readers.numerals import letters, roman
from luodi.kit.readers.sentences import check_chars, tell
from luodi.kit.readers.sources import Draft, Limits
from luodi.kit.readers.txt import judged
from luodi.kit.readers.writing import Writer

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,20})", re.I)
XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_-]{1,20})", re.I)
HEAD_BYTES = 8192
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "ascii": "utf-8"}
TAKEN = frozenset({"utf-8", "gb18030"})

DROPPED = frozenset((
    "head", "script", "style", "noscript", "template", "svg", "iframe", "object", "canvas",
    "audio", "video", "select", "datalist", "button",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "ul", "table", "tr", "thead",
    "tbody", "tfoot",
))  # fmt: skip
LISTS = frozenset({"ol", "ul"})
CELLS = frozenset({"td", "th"})
SPACE = re.compile(r"[ \t\n\r\f]+")
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
LABELS = {"a": letters, "A": lambda n: letters(n).upper(), "i": roman,
          "I": lambda n: roman(n).upper()}  # fmt: skip
MOST_SPAN = 100


def read_html(data: bytes, limits: Limits) -> Draft:
    """Read a web page.

    Scripts, styles, forms' buttons and what the page hides by its own markup are left out; white
    space is folded as a browser does. A table inside a table becomes lines of its cell.
    """
    decoded = decode_html(data)
    check_chars(len(decoded.text), limits.chars)
    walk = Walk(limits.chars)
    root = parse_html(decoded.text)
    if root is not None:
        walk.over(root)
    text = walk.writer.text
    return Draft(
        text=text,
        pages=((0, len(text)),),
        encoding=decoded.encoding,
        tables=walk.writer.tables,
        problems=judged(decoded) + _left_out(walk),
    )


def decode_html(data: bytes) -> Decoded:
    """Decode a page: byte order mark, then its own note where it holds, then judged as a text."""
    declared = _declared(data[:HEAD_BYTES])
    if declared and not any(data.startswith(bom) for bom, _ in BOMS):
        try:
            return Decoded(data.decode(declared), declared)
        except UnicodeDecodeError:
            pass
    return decode(data)


def _declared(head: bytes) -> str | None:
    match = CHARSET.search(head) or XML_CHARSET.search(head)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    name = WIDER.get(name, name)
    return name if name in TAKEN else None


def _left_out(walk: Walk) -> tuple[Problem, ...]:
    return (tell("source.hidden_text", count=walk.hidden),) if walk.hidden else ()


class Walk:
    """One walk over a page, element by element, in the order of the markup."""

    def __init__(self, limit: int) -> None:
        self.writer = Writer(limit)
        self._limit = limit
        self._cell: Element | None = None
        self._lists: list[Numbers] = []
        self.hidden = 0
        self._tables: list[Grid] = []
        self._pending_space = False
        self._verbatim = 0

    def over(self, root: Element) -> None:
        """Walk the whole page; elements are skipped as wholes, their tails never."""
        walk: Any = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                if not self._skips(element):
                    self._leave(element)
                self._text(element.tail)
            elif self._skips(element):
                self._count_hidden(element)
                walk.skip_subtree()
            else:
                self._enter(element)
                self._text(element.text)

    def _skips(self, element: Element) -> bool:
        return local(element) in DROPPED or _is_hidden(element)

    def _count_hidden(self, element: Element) -> None:
        if local(element) not in DROPPED:
            self.hidden += sum(len("".join(t.split())) for t in element.itertext())

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._verbatim:
            self.writer.add(text.replace("\r\n", "\n"))
            return
        folded = SPACE.sub(" ", text)
        self._pending_space |= folded.startswith(" ")
        core = folded.strip(" ")
        if core:
            if self._pending_space and not self.writer.at_line_start:
                self.writer.add(" ")
            self.writer.add(core)
            self._pending_space = folded.endswith(" ")

    def _end_line(self) -> None:
        self.writer.end_line()
        self._pending_space = False

    def _enter(self, element: Element) -> None:
        name = local(element)
        if name in BLOCKS or name in CELLS:
            self._end_line()
        if name in CELLS and len(self._tables) == 1 and self._cell is None:
            self._cell = element
            self.writer.open_cell()
        if name == "table":
            self._tables.append(Grid(self._limit))
        elif name == "tr" and len(self._tables) == 1:
            self._tables[0].open_row()
        elif name in LISTS:
            self._lists.append(Numbers(element))
        elif name == "li" and self._lists:
            self.writer.add(self._lists[-1].label(element))
        elif name == "pre":
            self._verbatim += 1
        elif name == "br":
            self.writer.add("\n")

    def _leave(self, element: Element) -> None:
        name = local(element)
        if name == "pre":
            self._verbatim -= 1
        elif name in LISTS:
            self._lists.pop()
        if element is self._cell:
            self._cell = None
            self._tables[0].add(element, self.writer.close_cell())
            self._pending_space = False
        elif name == "table":
            self._close_table()
        elif name in BLOCKS or name in CELLS:
            self._end_line()

    def _close_table(self) -> None:
        table = self._tables.pop()
        self._end_line()
        if not self._tables:
            self.writer.add_table(table.rows, table.merged)


class Numbers:
    """The numbers a browser prints before the items of a list."""

    def __init__(self, element: Element) -> None:
        self._ordered = local(element) == "ol"
        self._next = whole(element.get("start"), 1)
        self._style: Callable[[int], str] = LABELS.get(element.get("type") or "", str)

    def label(self, item: Element) -> str:
        """The number of the next item; empty in a list without numbers."""
        if not self._ordered:
            return ""
        number = whole(item.get("value"), self._next)
        self._next = number + 1
        return self._style(number) + ". "


class Grid:
    """The rows of a table, filled up where cells span columns or rows."""

    def __init__(self, limit: int) -> None:
        self.rows: list[list[str]] = []
        self.merged: dict[int, set[int]] = {}
        """Columns covered from above, by row."""
        self._limit = limit
        self._cells = 0
        self._covered: dict[int, int] = {}

    def open_row(self) -> None:
        """Begin a row; columns covered from above are empty."""
        self._fill()
        self.rows.append([])

    def add(self, element: Element, text: str) -> None:
        """Add a cell to the row; a cell outside of any row begins one."""
        if not self.rows:
            self.rows.append([])
        self._cover()
        row = self.rows[-1]
        down = _span(element.get("rowspan"))
        across = _span(element.get("colspan"))
        self._cells += across
        check_chars(self._cells, self._limit)
        for column in range(len(row), len(row) + across):
            row.append(text)
            text = ""
            if down > 1:
                self._covered[column] = down

    def _cover(self) -> None:
        row = self.rows[-1]
        while self._covered.get(len(row), 0) > 0:
            self.merged.setdefault(len(self.rows) - 1, set()).add(len(row))
            row.append("")

    def _fill(self) -> None:
        if self.rows:
            self._cover()
        self._covered = {c: left - 1 for c, left in self._covered.items() if left > 1}


def _span(value: str | None) -> int:
    return min(max(whole(value, 1), 1), MOST_SPAN)


def _is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None:
        return True
    return HIDING.search(element.get("style") or "") is not None
