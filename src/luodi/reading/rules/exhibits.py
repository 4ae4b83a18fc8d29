"""Tables, boxes and policies of a document: shown as read, beside the cards that are decided on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.reading.rules.paragraphs import Mark

LISTS = (("t", "tables"), ("b", "boxes"), ("p", "policies"))


@dataclass(frozen=True)
class Cell:
    """A cell as read. `state`: "" as it should be, "empty", "missing" or "extra"."""

    text: str
    state: str = ""


@dataclass(frozen=True)
class Exhibit:
    """A table, a box or a policy with the places it covers; `token` ties it to its marks."""

    token: str
    kind: str
    data: Mapping[str, Any]
    spans: list[list[int]]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def header(self) -> list[str]:
        """The heads of a table's columns, with nothing over cells beyond them."""
        heads = list(self.data["header"])
        wide = max(map(len, self.data["rows"]), default=0)
        return heads + [""] * (wide - len(heads))

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows of a table, each as wide as the widest: what isn't there is said, not filled."""
        wide, known = len(self.header), len(self.data["header"])
        return [_row(cells, known, wide) for cells in self.data["rows"]]


def _row(cells: list[str], known: int, wide: int) -> list[Cell]:
    shown = [
        Cell(text, "extra" if n >= known else "" if text.strip() else "empty")
        for n, text in enumerate(cells)
    ]
    missing = [Cell("", "missing")] * (known - len(cells))
    return shown + missing + [Cell("")] * (wide - len(shown) - len(missing))


def exhibits_of(content: Mapping[str, Any]) -> list[Exhibit]:
    """The tables, boxes and policies of a compiled source, in text order."""
    return sorted(_exhibits(content), key=lambda one: one.start)


def _exhibits(content: Mapping[str, Any]) -> Iterator[Exhibit]:
    for letter, name in LISTS:
        rows = (row for document in content["documents"] for row in document.get(name, []))
        for n, row in enumerate(rows):
            yield Exhibit(f"{letter}{n}", name, row, row.get("parts") or [row["span"]])


def marks_of(exhibits: list[Exhibit]) -> list[Mark]:
    """Their places as marks."""
    return [Mark(start, end, one.token) for one in exhibits for start, end in one.spans]
