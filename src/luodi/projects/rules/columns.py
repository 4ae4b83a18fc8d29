"""A list somebody else exported: where its heads stand, what its columns are, its lines."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from luodi.kit.calendars import Period
from luodi.kit.grids import Cell, Sheet
from luodi.kit.mapping import Named, best, period_in
from luodi.kit.mapping.about import measure_in
from luodi.kit.mapping.names import SURE
from luodi.kit.quantities import unit

HEAD_WITHIN = 15
"""The heads stand in one of so many first rows; above them there may be titles."""
ENOUGH = 2
"""So many known heads make a row the row of heads."""
MOST_COLUMNS = 200
REASON = "导入说明"
"""Our own column beside the lines that were left out: no head of the list, in any language."""
_DATED = re.compile(r"\d{2,4}年(?:度)?|(?:\d{1,2}[-—－~～至到])?\d{1,2}月(?:份)?")


@dataclass(frozen=True)
class Listed:
    """A sheet as a list: heads by column, the first row below them, what stands above."""

    sheet: Sheet
    heads: Mapping[int, str]
    first: int
    above: str
    others: tuple[str, ...] = ()
    """Names of the sheets that were left alone."""

    def fingerprint(self, kind: str = "") -> str:
        """The same for every edition of a kind with these heads, whatever month they name."""
        lines = kind + "\n".join(
            f"{at}\t{plain_head(text)}" for at, text in sorted(self.heads.items())
        )
        return hashlib.sha256(lines.encode()).hexdigest()[:32]

    @property
    def period(self) -> Period | None:
        """The month that a title or a head names."""
        found = period_in(self.above) or next(
            filter(None, map(period_in, self.heads.values())), None
        )
        return found if found and found.kind == "month" else None

    def measure(self, column: int, of: str = "万元") -> str:
        """The unit of measure of a column; '' for none.

        It is the head's, else the one that holds for the whole list where it converts to `of`:
        money above the heads says nothing about land.
        """
        head, above, wanted = measure_in(self.heads[column]), measure_in(self.above), unit(of)
        if head is None and above and wanted and above.dimension != wanted.dimension:
            return ""
        found = head or above
        return found.name if found else ""

    def lines(self, most: int) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        """(row number, cells by column) of each line that says something, at most so many."""
        count = 0
        for row in sorted(row for row in self.sheet.cells if row >= self.first):
            cells = {c: self.sheet.at(row, c) for c in self.heads}
            if any(cell.text.strip() for cell in cells.values()):
                count += 1
                if count > most:
                    return
                yield row, cells


def plain_head(text: str) -> str:
    """A head without blanks, years and months."""
    return _DATED.sub("#", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))


def listed(sheets: Iterable[Sheet], known: Sequence[Named]) -> Listed | None:
    """The first sheet with a row of heads; None where no sheet has one.

    Of the first rows the one that names known heads most surely is it, with the rows above that
    its merged heads begin in. A title merged over the whole width names one thing only.
    """
    for sheet in sheets:
        rows = range(1, min(sheet.height, HEAD_WITHIN) + 1)
        named = {row: _known(_heads(sheet, row), known) for row in rows}
        row = max(rows, key=lambda one: sum(named[one].values()), default=0)
        if row and len(named[row]) >= ENOUGH:
            row = min(sheet.merged_with(row, column)[0] for column in _heads(sheet, row))
            depth = _depth(sheet, row)
            above = [c.text for r in range(1, row) for c in sheet.cells.get(r, {}).values()]
            heads = _heads(sheet, row, depth)
            return Listed(sheet, heads, row + depth, " ".join(above))
    return None


def _known(heads: Mapping[int, str], known: Sequence[Named]) -> dict[str, float]:
    """What the heads of a row name, and how surely; words in a line of the list do by chance."""
    matches = sorted(
        (match.score, match.key) for text in set(heads.values()) if (match := best([text], known))
    )
    return {key: score for score, key in matches}


def _heads(sheet: Sheet, row: int, depth: int = 1) -> dict[int, str]:
    """The heads of a row, with those of the rows below that belong to them."""
    found = {}
    for column in range(1, min(sheet.width, MOST_COLUMNS) + 1):
        texts = [sheet.spread(r, column) for r in range(row, row + depth)]
        words = dict.fromkeys(c.text.strip() for c in texts if c.kind == "text" and c.text.strip())
        if words and words.keys() != {REASON}:
            found[column] = "".join(words)
    return found


def _depth(sheet: Sheet, row: int) -> int:
    """How many rows the heads take: as many as the deepest merged range that begins in them."""
    ranges = [r for r in sheet.merges if r[0] == row]
    deepest = max((bottom - top + 1 for top, _l, bottom, _r in ranges), default=1)
    wide = any(right > left and bottom == top for top, left, bottom, right in ranges)
    return min(max(deepest, 2 if wide else 1), 3)


def proposed(
    heads: Mapping[int, str], known: Sequence[Named], remembered: Mapping[str, str]
) -> dict[str, tuple[int, bool]]:
    """Field to (column, whether it is sure): what was said of a head before, else what is alike.

    `remembered` are plain heads to fields. Each field gets one column, each column one field.
    """
    scored: list[tuple[float, int, str]] = []
    for column, text in heads.items():
        field = remembered.get(plain_head(text))
        match = None if field else best([text, plain_head(text).replace("#", "")], known)
        if field:
            scored.append((2.0, column, field))
        elif match:
            scored.append((match.score, column, match.key))
    found: dict[str, tuple[int, bool]] = {}
    for score, column, field in sorted(scored, key=lambda one: (-one[0], one[1])):
        taken = {at for at, _sure in found.values()}
        if field and field not in found and column not in taken:
            found[field] = (column, score >= SURE)
    return found
