"""Where the heads, labels and figures of a table stand: guessed from what its cells hold.

Statistical tables here have titles and lines such as 单位：万元 on top, one to four rows of heads
with merged cells, columns of labels at the left (number, name, unit of measure), figures, and
notes and signatures below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from luodi.kit.calendars import Period
from luodi.kit.grids.cells import Sheet
from luodi.kit.mapping.about import measure_in, period_in
from luodi.kit.quantities import Unit, unit
from luodi.kit.refusals import Refusal

MOST_HEADS = 6
MOST_ROWS, MOST_COLUMNS = 2_000, 200
_INDEX = re.compile(r"[甲乙丙丁戊己]|[(（]?\d{1,3}[)）]?|[①-⑳]|栏次|序号|编号|—|-")
_SERIAL = re.compile(r"序号|编号|行次|代码|栏次|NO\.?", re.IGNORECASE)
_MEASURE_HEAD = re.compile(r"计量|单位")
_SIGN = re.compile(r"[—–\-/…]+")
_TAIL = re.compile(r"^\s*(?:注|说明|备注|填表|填报|制表|审核|单位负责|统计负责|负责人|联系)")
_LINE = re.compile(r"[:：]")
_SUBJECT = re.compile(r"(?:填报单位|报送单位|单位名称|编报单位|填表单位)[:：]\s*([^\s（(]{2,40})")


@dataclass(frozen=True)
class Table:
    """A sheet laid out. Rows and columns count from 1.

    `heads`: column -> its heads top down; `labels`: row -> its labels from left to right. Both
    leave out serial numbers and units of measure; `measures`: row -> unit of measure in its own
    column. `measure` is the one said for the whole table, `subject` the 填报单位 it names.
    """

    sheet: Sheet
    head_rows: range
    body_rows: tuple[int, ...]
    label_columns: tuple[int, ...]
    heads: dict[int, tuple[str, ...]]
    labels: dict[int, tuple[str, ...]]
    measures: dict[int, Unit] = field(default_factory=dict)
    measure: Unit | None = None
    period: Period | None = None
    subject: str = ""
    title: str = ""


def laid_out(sheet: Sheet) -> Table | Refusal:
    """The layout of a sheet; `mapping.no_table` where no table can be made out."""
    finder = _Finder(sheet)
    first = finder.first_head()
    body = finder.first_body(first) if first else 0
    rows = finder.body_rows(body) if body else ()
    columns = finder.label_columns(rows) if rows else ()
    figures = [c for c in range(1, finder.width + 1) if c not in columns]
    if not columns or not figures:
        zh = f"在工作表“{sheet.name}”里没有认出表头和行名，请手工指定"
        return Refusal(
            "mapping.no_table", zh, f"No heads and labels were made out in “{sheet.name}”",
            {"sheet": sheet.name},
        )  # fmt: skip
    return finder.table(range(first, body), rows, columns, figures)


class _Finder:
    """Looks at the texts of a sheet through its merged ranges."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.width = min(sheet.width, MOST_COLUMNS)
        self.height = min(sheet.height, MOST_ROWS)

    def text(self, row: int, column: int) -> str:
        """The text shown at a place; '' for figures and formulas."""
        cell = self.sheet.spread(row, column)
        return cell.text.strip() if cell.kind in ("text", "date") and not cell.formula else ""

    def _distinct(self, row: int) -> int:
        """How many places stand in a row, merged ones once."""
        places = {
            self.sheet.merged_with(row, c) for c in range(1, self.width + 1) if self.text(row, c)
        }
        return len(places)

    def _covered(self, row: int) -> int:
        return sum(1 for column in range(1, self.width + 1) if self.text(row, column))

    def _figures(self, row: int) -> int:
        kinds = ("number", "uncomputed", "error")
        return sum(self.sheet.at(row, c).kind in kinds or self.sheet.at(row, c).formula
                   for c in range(1, self.width + 1))  # fmt: skip

    def first_head(self) -> int:
        """The first row with at least two texts that reaches over most of the width; 0 for none."""
        for row in range(1, self.height + 1):
            wide = self._covered(row) * 2 > self.width
            if wide and self._distinct(row) >= 2 and not self._is_line(row):
                return row
        return 0

    def _is_line(self, row: int) -> bool:
        """A line above the table: 填报单位：… 单位：万元."""
        texts = {self.text(row, c) for c in range(1, self.width + 1)} - {""}
        marked = sum(bool(_LINE.search(text)) for text in texts)
        return bool(texts) and 2 * marked >= len(texts)

    def first_body(self, first: int) -> int:
        """The first row of figures below the heads; 0 where the heads never end."""
        for row in range(first + 1, min(first + MOST_HEADS, self.height) + 1):
            if not self._is_head(row, first):
                return row
        return 0

    def _is_head(self, row: int, first: int) -> bool:
        texts = [self.text(row, column) for column in range(1, self.width + 1)]
        filled = [text for text in texts if text]
        if filled and all(_INDEX.fullmatch(t) for t in filled) and len(filled) > 1:
            return True
        if self._is_index(row):
            return True
        if any(_SIGN.fullmatch(text) for text in filled):
            return False
        hangs = self.sheet.merged_with(row, 1)[0] < row or not texts[0]
        return not self._figures(row) and (hangs or all(texts)) and 2 * len(filled) > self.width

    def _is_index(self, row: int) -> bool:
        """A row of column numbers: 甲 乙 1 2 3."""
        cells = [self.sheet.at(row, column) for column in range(1, self.width + 1)]
        numbers = [c.text for c in cells if c.kind == "number" and not c.formula]
        words = [c.text for c in cells if c.kind == "text"]
        runs = len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]
        return runs and bool(words) and all(_INDEX.fullmatch(w.strip()) for w in words)

    def body_rows(self, first: int) -> tuple[int, ...]:
        """Rows with a label, down to the notes and signatures."""
        found = []
        for row in range(first, self.height + 1):
            texts = [self.text(row, c) for c in range(1, self.width + 1)]
            words = [text for text in texts if text]
            if words and (_TAIL.match(words[0]) or (len(set(words)) == 1 and len(words) > 2)):
                if _TAIL.match(words[0]):
                    break
                continue  # a line across the table
            if words:
                found.append(row)
        return tuple(found)

    def label_columns(self, rows: tuple[int, ...]) -> tuple[int, ...]:
        """Columns from the left in which most rows have a text, serial numbers before them too."""
        found: list[int] = []
        for column in range(1, self.width + 1):
            texts = sum(bool(self.text(row, column)) for row in rows)
            if 2 * texts > len(rows) or (not found and self._is_serial(column, rows)):
                found.append(column)
            else:
                break
        return tuple(found) if any(self.text(row, found[-1]) for row in rows if found) else ()

    def _is_serial(self, column: int, rows: tuple[int, ...]) -> bool:
        cells = (self.sheet.at(row, column) for row in rows)
        numbers = [c.text for c in cells if c.kind == "number" and not c.formula]
        short = all(text.isdecimal() and len(text) < 5 for text in numbers)
        return len(numbers) > 1 and short and numbers == sorted(set(numbers), key=int)

    def table(
        self, heads: range, rows: tuple[int, ...], columns: tuple[int, ...], figures: list[int]
    ) -> Table:
        """Put together what was found."""
        above = [self._line(row) for row in range(1, heads.start)]
        lines = " ".join(above)
        subject = _SUBJECT.search(lines)
        measuring, naming = self._kinds(columns, rows, heads)
        measures = {
            row: found for row in rows if measuring and (found := unit(self.text(row, measuring)))
        }
        title = next((line for line in above if line and not _LINE.search(line)), "")
        return Table(
            self.sheet, heads, rows, columns,
            {column: self._heads(column, heads) for column in figures},
            {row: self._labels(row, naming) for row in rows},
            measures, measure_in(lines), period_in(title) or period_in(lines),
            subject[1] if subject else "", title,
        )  # fmt: skip

    def _line(self, row: int) -> str:
        places = dict.fromkeys(self.sheet.merged_with(row, c) for c in range(1, self.width + 1))
        return "  ".join(t for at in places if (t := self.text(*at)))

    def _kinds(
        self, columns: tuple[int, ...], rows: tuple[int, ...], heads: range
    ) -> tuple[int, list[int]]:
        """The column of units of measure (0 for none) and those of names."""
        measuring, naming = 0, []
        for column in columns:
            head = "".join(self._heads(column, heads))
            texts = [text for row in rows if (text := self.text(row, column))]
            known = sum(unit(text) is not None for text in texts)
            if _MEASURE_HEAD.search(head) and texts and 2 * known > len(texts):
                measuring = column
            elif not _SERIAL.search(head) and not all(_INDEX.fullmatch(t) for t in texts):
                naming.append(column)
        return measuring, naming

    def _heads(self, column: int, heads: Iterable[int]) -> tuple[str, ...]:
        texts = [self.text(row, column) for row in heads if not self._is_index(row)]
        kept = [text for text in texts if text and not _INDEX.fullmatch(text)]
        return tuple(dict.fromkeys(kept))

    def _labels(self, row: int, columns: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for c in columns if (text := self.text(row, c))))
