"""Lines to paragraphs in reading order: tables put together, boxes taken out of the text."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from luodi.kit.layout.blocks import Paragraph
from luodi.kit.layout.columnar import Block, columnar_blocks, pieces_of_row
from luodi.kit.layout.drawn import Drawn, drawn_tables
from luodi.kit.layout.insets import caption_lines, find_insets, is_narrow, item_starts
from luodi.kit.layout.labels import LABEL
from luodi.kit.layout.lines import Line
from luodi.kit.layout.notices import inserted_notices
from luodi.kit.layout.paragraphs import Habits, group, habits_of
from luodi.kit.layout.vertical import vertical_runs
from luodi.kit.problems import Span

Write = Callable[[list[int]], Paragraph]
"""Makes the paragraph of some lines, by their indexes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken out of the text: tables by columns, vertical runs, boxes, inserted notices.

    All but the tables are ranges of lines.
    """

    blocks: list[Block]
    vertical: list[range]
    insets: list[range]
    notices: list[range]
    drawn: list[Drawn]

    @property
    def tables(self) -> set[int]:
        """Indexes of the lines of tables by columns, drawn tables and vertical runs."""
        found = {n for block in self.blocks for n in range(block.start, block.end)}
        found |= {n for table in self.drawn for n in range(table.start, table.end)}
        return found | {n for one in self.vertical for n in one}

    @property
    def lines(self) -> set[int]:
        """Indexes of all lines that don't stand in the running text."""
        return self.tables | {n for one in (*self.insets, *self.notices) for n in one}


def take_out(
    lines: list[Line],
    breaks: set[int],
    ruled: set[int],
    rows: set[int],
    wrapped: bool,
    frames: list[range],
) -> Taken:
    """Tables by columns and boxes among `lines`; `rows` are lines already known as rows.

    `breaks` are the lines that begin a page, `ruled` those below a rule, `frames` boxes that the
    source draws.
    """
    blocks = [
        block
        for block in columnar_blocks(lines)
        if not any(n in rows for n in range(block.start, block.end))
    ]
    taken = {n for block in blocks for n in range(block.start, block.end)}
    drawn_boxes = {n for frame in frames for n in frame}
    found_boxes = find_insets(lines, breaks) if wrapped else []
    insets = sorted(
        [*frames, *(one for one in found_boxes if drawn_boxes.isdisjoint(one))],
        key=lambda one: one.start,
    )
    drawn = drawn_tables(lines, ruled) if ruled else []
    found = Taken(blocks, vertical_runs(lines, taken | rows), insets, [], drawn)
    out = found.lines
    notices = [one for one in inserted_notices(lines) if out.isdisjoint(one)]
    return replace(found, notices=notices)


def hulls(lines: Sequence[Line], ranges: Sequence[range]) -> tuple[Span, ...]:
    """The source spans that ranges of lines take."""
    return tuple((lines[one.start].start, lines[one.stop - 1].end) for one in ranges)


def arrange(
    text: str, lines: list[Line], taken: Taken, habits: Habits, fixed: set[int], write: Write
) -> tuple[Paragraph, ...]:
    """The paragraphs of all lines, in the order of the source; a box behind what it cuts."""
    out = taken.lines
    if not out:
        return tuple(write(one) for one in group(lines, habits, fixed))
    tables = taken.tables
    rest = [n for n in range(len(lines)) if n not in out]
    behind = {n for n in rest if n - 1 in tables}
    groups = _whole(lines, _grouped(lines, rest, habits, fixed, behind), taken.notices)
    for notice in taken.notices:
        groups += _grouped(lines, list(notice), habits, fixed, set())
    found = [write(one) for one in groups]
    for number, inset in enumerate(taken.insets, 1):
        found += _inset(lines, [n for n in inset if n not in tables], number, habits, fixed, write)
    for block in taken.blocks:
        found += _table(text, block, _number(taken.insets, block.start))
    for table in taken.drawn:
        number = _number(taken.insets, table.start)
        found += [Paragraph(_joined(text, row), tuple(row), "row", number) for row in table.rows]
    for run in taken.vertical:
        number = _number(taken.insets, run.start)
        found.append(_cells(text, [lines[n] for n in run], number, parted=False))
    return tuple(sorted(found, key=lambda one: one.span))


def _whole(
    lines: Sequence[Line], groups: list[list[int]], notices: Sequence[range]
) -> list[list[int]]:
    """The groups, those that a notice cuts in two put together."""
    halves = {one.start - 1: one.stop for one in notices}
    whole: list[list[int]] = []
    for one in groups:
        if whole and halves.get(whole[-1][-1]) == one[0] and not LABEL.match(lines[one[0]].text):
            whole[-1] += one
        else:
            whole.append(one)
    return whole


def _number(insets: Sequence[range], line: int) -> int:
    return next((n for n, inset in enumerate(insets, 1) if line in inset), 0)


def _grouped(
    lines: list[Line], where: list[int], habits: Habits, fixed: set[int], starts: set[int]
) -> list[list[int]]:
    """Groups of the lines `where`, by index; no group goes on over one of `starts`."""
    found: list[list[int]] = []
    places = [place for place, n in enumerate(where) if n in starts]
    for left, right in itertools.pairwise([0, *places, len(where)]):
        some = where[left:right]
        alone = {place for place, n in enumerate(some) if n in fixed}
        groups = group([lines[n] for n in some], habits, alone)
        found += [[some[place] for place in one] for one in groups]
    return found


def _inset(
    lines: list[Line],
    where: list[int],
    number: int,
    habits: Habits,
    fixed: set[int],
    write: Write,
) -> list[Paragraph]:
    """The paragraphs of a box: captions, narrow cells of a margin, and its text."""
    own = habits_of([lines[n] for n in where])
    habits = own if own.width else habits
    groups: list[list[int]] = []
    waiting: list[int] = []
    for place, n in enumerate(where):
        if waiting and n == waiting[0]:
            waiting = waiting[1:]
            continue
        many = caption_lines(lines, n, where[-1] + 1)
        narrow = 0 if many else _narrow(lines, where, place)
        if many or narrow:
            waiting = where[place + 1 : place + (many or narrow)]
            groups.append([n, *waiting])
    apart = {n for one in groups for n in one}
    rest = [n for n in where if n not in apart]
    starts = {n for n in rest if n - 1 in apart} | item_starts(lines, rest)
    found = [write(one) for one in _grouped(lines, rest, habits, fixed, starts)]
    for one in groups:
        para = write(one)
        para.kind = "text" if caption_lines(lines, one[0], one[0] + 1) else "cells"
        found.append(para)
    for para in found:
        para.inset = number
    return found


def _narrow(lines: Sequence[Line], where: Sequence[int], place: int) -> int:
    """How many narrow lines follow on each other from `place` on; 0 for a single one."""
    end = place
    while end < len(where) and is_narrow(lines[where[end]]):
        end += 1
    return end - place if end - place >= 2 else 0


def _table(text: str, block: Block, number: int) -> list[Paragraph]:
    """The rows of a table by columns, and the columns that couldn't be cut."""
    rows = [pieces_of_row(text, row) for row in block.rows]
    found = [Paragraph(_joined(text, row), tuple(row), "row", number) for row in rows]
    return found + [_cells(text, lines, number, parted=True) for lines in block.loose]


def _cells(text: str, lines: Sequence[Line], number: int, parted: bool) -> Paragraph:
    """Words of a table whose cells are unknown; `parted` keeps the line ends between them."""
    pieces = (
        pieces_of_row(text, [[line] for line in lines])
        if parted
        else [(line.start, line.end) for line in lines]
    )
    return Paragraph(_joined(text, pieces), tuple(pieces), "cells", number)


def _joined(text: str, pieces: Sequence[tuple[int, int]]) -> str:
    return "".join([text[start:end] for start, end in pieces])
