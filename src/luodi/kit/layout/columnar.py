"""Tables printed column by column: the rows put together again where the counts fit exactly.

A text PDF gives such a table as all cells of the first column, one below the other, then those of
the second, and so on; heads and long names take several lines. Serial numbers, or the columns of
figures, say how many rows there are. A column that can't be cut into that many cells is kept as
it stands: nothing is guessed.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from luodi.kit.layout.labels import LABEL, NOTE_LINE
from luodi.kit.layout.lines import WHITE, Line

_VALUE = re.compile(
    r"[\[［〔]?(?:年均|累计|增长|达到|不低于|不少于){0,2}[≥>＞≤<＜约]?[-−－+]?\d[\d,，.]*"
    r"(?:[-—~～/]\d[\d.]*){0,4}[%％‰]?[百千万亿]{0,2}[\u4e00-\u9fff]{0,3}[\]］〕]?\Z|[-—–－―/]{1,4}\Z"
)
_PREFIX = re.compile(r"(?:年均|累计|增长|提高|下降|达到|不低于|不少于|控制在|同比|每年)+\Z")
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d[\s\u3000]*年?")
_VALUE_HEAD = re.compile(
    r"(?:19|20)\d\d|基期|基数|现状|目标|年均|累计|增长|增速|排名|位次|完成|实际|预期|占比|总额|[（(][^（）()]{1,6}[）)]\Z"
)
_TEXT_HEAD = re.compile(
    r"(?:主要|具体|核心)?指标(?:名称)?|项目(?:名称)?|名称|城市|地区|县区|区县|开发区|内容|(?:计量)?单位"
    r"|(?:指标)?(?:属性|性质|类型)|类别|领域|(?:责任|牵头|数据来源)(?:单位|部门)|备注"
)
_LAST = re.compile(r"(?:指标)?(?:属性|性质|类型)|(?:计量)?单位")
_CELL_WORD = re.compile(r"预期性|约束性|引导性|指导性")
_SERIAL_HEAD = re.compile(r"序[\s\u3000]*号?|编号")
_CAPTION = re.compile(r"表[\s\u3000]*\d|专[\s\u3000]*栏|附[\s\u3000]*[件表]|[^。]{4,40}[表标]\Z")
_STOPS = "。；！？"
_JOIN_END = re.compile(r"[/／、（(“《—·和与及]\Z")
_JOIN_START = re.compile(r"[)）/／、（(”》]")
_WHOLE_NAME = re.compile(
    r"(?:值|率|数|数量|总量|额|比重|占比|增速|规模|面积|企业|中心|集群|强度|能力|水平|收入|投资|人数"
    r"|[）)])\Z"
)
_BREAK = "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"


class Block(NamedTuple):
    """Lines [start, end) that are one table: its rows, and columns that couldn't be cut."""

    start: int
    end: int
    rows: list[list[list[Line]]]
    loose: list[list[Line]]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as printed: the lines of its head, the lines of its cells."""

    head: list[Line]
    lines: list[Line]


def columnar_blocks(lines: Sequence[Line]) -> list[Block]:
    """The tables printed column by column, in order."""
    runs = _runs(lines)
    blocks: list[Block] = []
    here = 0
    while here < len(runs):
        some = _cluster(lines, runs, here)
        floor = blocks[-1].end if blocks else 0
        block = _block(lines, runs[here : here + some], floor) if some else None
        if block:
            blocks.append(block)
        here += max(1, some)
        while block and here < len(runs) and runs[here].start < block.end:
            here += 1
    return blocks


class _Run(NamedTuple):
    """Lines [start, end) that hold nothing but figures; `cells` of them."""

    start: int
    end: int
    cells: int


def _runs(lines: Sequence[Line]) -> list[_Run]:
    """Runs of three and more lines of figures; 年均 and the like belong to the line below."""
    runs: list[_Run] = []
    start, cells = -1, 0
    for n, line in enumerate(lines):
        short = line.width <= 24
        if short and _VALUE.match(line.text) and not _is_head(lines, n, cells):
            start = n if start < 0 else start
            cells += 1
        elif not (short and cells and _is_prefix(lines, n)):
            if cells > 2:
                runs.append(_Run(start, n, cells))
            start, cells = -1, 0
    if cells > 2:
        runs.append(_Run(start, len(lines), cells))
    return runs


def _is_prefix(lines: Sequence[Line], n: int) -> bool:
    """年均 above 增长18%."""
    if not _PREFIX.match(lines[n].text) or n + 1 == len(lines):
        return False
    below = lines[n + 1].text
    return bool(re.search(r"\d", below) and _VALUE.match(below))


def _is_head(lines: Sequence[Line], n: int, cells: int) -> bool:
    """2020年 above 基期值 is a head and no figure."""
    if not _YEAR_HEAD.fullmatch(lines[n].text):
        return False
    return "年" in lines[n].text or not cells


def _cluster(lines: Sequence[Line], runs: Sequence[_Run], first: int) -> int:
    """How many runs from `first` on belong to one table; 0 where a run stands alone."""
    many = 1
    while first + many < len(runs):
        before, after = runs[first + many - 1], runs[first + many]
        between = range(before.end, after.start)
        room = 4 * before.cells + 8 if many == 1 and _is_serial(lines, before) else 6
        if len(between) > room or not between or not all(_short(lines[n]) for n in between):
            break
        many += 1
    return many if many > 1 else 0


def _short(line: Line) -> bool:
    return line.width <= 40 and not any(stop in line.text for stop in _STOPS)


def _is_serial(lines: Sequence[Line], run: _Run) -> bool:
    numbers = [line.text for line in lines[run.start : run.end]]
    return numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _block(lines: Sequence[Line], runs: Sequence[_Run], floor: int) -> Block | None:
    """The table around a cluster of runs; None unless heads say where its columns begin."""
    serial = runs[0] if _is_serial(lines, runs[0]) else None
    values = runs[1:] if serial else runs
    head = _value_head(lines, values[0].start, serial.end if serial else floor)
    if head < 0:
        return None
    if serial:
        return _numbered(lines, serial, values, head, floor)
    most = Counter(run.cells for run in values).most_common()
    tried = [_unnumbered(lines, values, head, floor, count) for count, _ in most]
    return next((block for block in tried if block and block.rows), tried[0])


def _numbered(
    lines: Sequence[Line], serial: _Run, values: Sequence[_Run], head: int, floor: int
) -> Block | None:
    """A table whose serial numbers count the rows."""
    start, columns = _serial_column(lines, serial, floor)
    texts = _text_columns(lines, range(serial.end, head))
    if not texts:
        return None
    columns += texts + _figures(lines, values, head)
    end, last = _columns_after(lines, values[-1].end, serial.cells)
    return _put_together(start, end, columns + last, [], serial.cells)


def _unnumbered(
    lines: Sequence[Line], values: Sequence[_Run], head: int, floor: int, count: int
) -> Block | None:
    """A table without numbers, taken to have `count` rows."""
    start, names, loose = _names_above(lines, head, floor, count)
    texts = _text_columns(lines, names)
    if not texts:
        return None
    columns = texts + _figures(lines, values, head)
    end, last = _columns_after(lines, values[-1].end, count)
    return _put_together(start, end, columns + last, loose, count)


def _figures(lines: Sequence[Line], values: Sequence[_Run], head: int) -> list[_Column]:
    """The columns of figures, each with the lines of its head above it."""
    tops = [head, *(run.end for run in values[:-1])]
    return [
        _Column(list(lines[top : run.start]), list(lines[run.start : run.end]))
        for top, run in zip(tops, values, strict=True)
    ]


def _serial_column(lines: Sequence[Line], run: _Run, floor: int) -> tuple[int, list[_Column]]:
    """The column of numbers with its head 序号, which may stand on two lines."""
    start = run.start
    for up in (1, 2):
        top = run.start - up
        if top >= floor and _SERIAL_HEAD.fullmatch("".join(_texts(lines[top : run.start]))):
            start = top
    return start, [_Column(list(lines[start : run.start]), list(lines[run.start : run.end]))]


def _texts(lines: Sequence[Line]) -> list[str]:
    return ["".join(line.text.split()) for line in lines]


def _value_head(lines: Sequence[Line], first: int, floor: int) -> int:
    """Index of the first line of the head above a column of figures; -1 where there is none."""
    found = -1
    for n in range(first - 1, max(floor, first - 4) - 1, -1):
        text = "".join(lines[n].text.split())
        if not _short(lines[n]) or _TEXT_HEAD.fullmatch(text):
            break
        if _VALUE_HEAD.search(text) and (found < 0 or _YEAR_HEAD.match(text)):
            found = n
    return found


def _names_above(
    lines: Sequence[Line], head: int, floor: int, count: int
) -> tuple[int, range, list[list[Line]]]:
    """Where a table without numbers begins, its names, and what stands before the names."""
    top = head
    while top > max(floor, head - 4 * count - 12) and _in_table(lines[top - 1]):
        top -= 1
    words = {n: "".join(lines[n].text.split()) for n in range(top, head)}
    first = next(
        (n for n, word in words.items() if _TEXT_HEAD.fullmatch(word) and word != "类别"), head
    )
    above = first
    while above > top and first < head and lines[above - 1].width <= 8:
        above -= 1
    return above, range(first, head), [list(lines[above:first])] if above < first else []


def _in_table(line: Line) -> bool:
    return (
        _short(line)
        and not line.page
        and not LABEL.match(line.text)
        and not _CAPTION.match(line.text)
    ) or bool(_TEXT_HEAD.fullmatch("".join(line.text.split())))


def _text_columns(lines: Sequence[Line], where: range) -> list[_Column]:
    """Columns of words one after the other, each below a head such as 指标 or 单位."""
    heads = [n for n in where if _TEXT_HEAD.fullmatch("".join(lines[n].text.split()))]
    if not heads or heads[0] != where.start:
        return []
    edges = [*heads, where.stop]
    return [
        _Column([lines[top]], list(lines[top + 1 : bottom]))
        for top, bottom in itertools.pairwise(edges)
    ]


def _columns_after(lines: Sequence[Line], first: int, count: int) -> tuple[int, list[_Column]]:
    """Columns of words behind the figures: of natures or units, or of words to the table's end."""
    columns: list[_Column] = []
    here = first
    while here < len(lines) and _TEXT_HEAD.fullmatch("".join(lines[here].text.split())):
        end = here + 1
        known = bool(_LAST.fullmatch("".join(lines[here].text.split())))
        while end < len(lines) and end - here <= 4 * count and _goes_on(lines, end, known):
            end += 1
        columns.append(_Column([lines[here]], list(lines[here + 1 : end])))
        here = end
    return here, columns


def _goes_on(lines: Sequence[Line], n: int, known: bool) -> bool:
    """Whether line `n` may be a cell of a column of words at the end of a table."""
    line = lines[n]
    if line.page or not _short(line) or LABEL.match(line.text) or NOTE_LINE.match(line.text):
        return False
    if _TEXT_HEAD.fullmatch("".join(line.text.split())) or _CAPTION.match(line.text):
        return False
    return not known or line.width <= 12 or bool(_CELL_WORD.match(line.text))


def _put_together(
    start: int, end: int, columns: list[_Column], loose: list[list[Line]], count: int
) -> Block | None:
    """Rows of the columns that can be cut into `count` cells; the others stay loose."""
    cut = [(column.head, _fit(column.lines, count), column) for column in columns]
    fits = [(head, cells) for head, cells, _ in cut if cells is not None]
    loose = loose + [[*column.head, *column.lines] for _, cells, column in cut if cells is None]
    figures = sum(1 for _, cells in fits if _VALUE.match(cells[0][-1].text))
    names = sum(1 for head, _ in fits if head and not _VALUE_HEAD.search(head[0].text))
    if figures < 1 or names < 1:
        return Block(start, end, [], loose + [[*head, *_flat(cells)] for head, cells in fits])
    if not all(head for head, _ in fits):
        return None
    rows = [[head for head, _ in fits]]
    rows += [[cells[n] for _, cells in fits] for n in range(count)]
    return Block(start, end, rows, loose)


def _flat(cells: Sequence[list[Line]]) -> list[Line]:
    return [line for cell in cells for line in cell]


def _fit(lines: list[Line], count: int) -> list[list[Line]] | None:
    """The lines as `count` cells, where the marks of lines that go on give just that many."""
    need = len(lines) - count
    if need <= 0:
        return [[line] for line in lines] if need == 0 else None
    places = range(1, len(lines))
    joins = {n for n in places if _must_join(lines[n - 1], lines[n])}
    for marks in (_close, _full):
        if len(joins) >= need:
            break
        more = {n for n in places if marks(lines, n)} - joins
        if len(joins) + len(more) == need:
            joins |= more
    if len(joins) != need:
        return None
    cells: list[list[Line]] = []
    for n, line in enumerate(lines):
        if n in joins:
            cells[-1].append(line)
        else:
            cells.append([line])
    return cells


def _must_join(above: Line, below: Line) -> bool:
    open_bracket = max(above.text.rfind("（"), above.text.rfind("(")) > max(
        above.text.rfind("）"), above.text.rfind(")")
    )
    return (
        open_bracket
        or bool(_JOIN_END.search(above.text) or _JOIN_START.match(below.text))
        or bool(_PREFIX.match(above.text))
    )


def _close(lines: Sequence[Line], n: int) -> bool:
    """No blank line above, in a column that has them between its cells; no unit ends the cell."""
    if not any(line.gap >= 2 for line in lines[1:]):
        return False
    return lines[n].gap < 2 and lines[n - 1].text[-1] not in "）)"


def _full(lines: Sequence[Line], n: int) -> bool:
    """The line above fills the column and doesn't end as the name of an indicator does."""
    widest = max(line.width for line in lines)
    return lines[n - 1].width >= widest - 2 and not _WHOLE_NAME.search(lines[n - 1].text)


def pieces_of_row(text: str, row: Sequence[Sequence[Line]]) -> list[tuple[int, int]]:
    """Source spans of a row's cells; a line end of the source stands between two cells."""
    pieces: list[tuple[int, int]] = []
    for n, cell in enumerate(row):
        for m, line in enumerate(cell):
            end = line.end
            if n + 1 < len(row) and m + 1 == len(cell):
                end = _past_break(text, end)
            pieces.append((line.start, end))
    return pieces


def _past_break(text: str, end: int) -> int:
    """Offset behind the line end that follows `end`, blanks passed over."""
    while end < len(text) and text[end] in WHITE and text[end] not in _BREAK:
        end += 1
    return min(end + 1, len(text))
