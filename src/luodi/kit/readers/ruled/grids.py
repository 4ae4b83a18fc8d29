"""From ruled lines to the cells of tables. Plain geometry: points, y counts down."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

SNAP = 2.0
"""Lines this near to one another are one."""
TOUCH = 2.0
"""A line that ends this near to another one meets it."""
OPEN = 8.0
"""A table without side lines reaches as far as its rows' lines, if that is this much farther."""
MOST_CELLS = 20_000
MOST_GRIDS = 200
"""The largest of a page's tables; what has more is a drawing."""
SHORTEST = 4.0
THIN = 3.0
"""A filled shape no thicker than this is a line."""
FARTHEST = 20_000.0
"""Pages are at most 14,400 points wide (ISO 32000); what is drawn farther out is no line of one."""

Cell = tuple[int, int]
"""Row and column, from 0."""
Point = tuple[float, float]


class Rule(NamedTuple):
    """A line along one axis: where it stands on the other axis, and from where to where."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's lines of columns (`xs`) and rows (`ys`), and which cells are one.

    `anchors` has the cell that stands for each cell: itself, or the first of those merged.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    anchors: dict[Cell, Cell]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell, merged ones as one, that holds a point; None outside of the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        column = min(bisect_right(self.xs, x), self.columns) - 1
        row = min(bisect_right(self.ys, y), self.rows) - 1
        return self.anchors[row, column]

    def covered(self) -> dict[int, set[int]]:
        """Columns by row whose cells go on from the row above."""
        below: dict[int, set[int]] = defaultdict(set)
        for (row, column), anchor in self.anchors.items():
            if row and anchor[0] < row and self.anchors[row - 1, column] == anchor:
                below[row].add(column)
        return below

    def sides(self, anchor: Cell) -> tuple[float, float]:
        """Left and right side of a cell, merged ones as one."""
        row, column = anchor
        last = column
        while self.anchors.get((row, last + 1)) == anchor:
            last += 1
        return self.xs[column], self.xs[last + 1]

    def tallest(self) -> float:
        """Height of the tallest cell."""
        rows: dict[Cell, int] = {}
        for (row, _), anchor in self.anchors.items():
            rows[anchor] = max(rows.get(anchor, 0), row)
        return max(self.ys[last + 1] - self.ys[first] for (first, _), last in rows.items())


def grids_of(across: Iterable[Rule], down: Iterable[Rule]) -> list[Grid]:
    """The tables that lines across and down draw, from the top; those inside another left out."""
    rows, columns = joined(across), joined(down)
    if len(rows) < 2 or not columns:
        return []
    found = [grid for one in _touching(rows, columns) if (grid := _grid(*one))]
    found.sort(key=lambda grid: (grid.xs[0] - grid.xs[-1]) * (grid.ys[-1] - grid.ys[0]))
    outer: list[Grid] = []
    for grid in found[:MOST_GRIDS]:
        if not any(_inside(grid, other) for other in outer):
            outer.append(grid)
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _inside(grid: Grid, other: Grid) -> bool:
    across = other.xs[0] - TOUCH <= grid.xs[0] and grid.xs[-1] <= other.xs[-1] + TOUCH
    return across and other.ys[0] - TOUCH <= grid.ys[0] and grid.ys[-1] <= other.ys[-1] + TOUCH


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Lines put together that lie on one another or go on from one another."""
    result: list[Rule] = []
    for group in _near(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        start, end = group[0][1:]
        for rule in sorted(group, key=lambda rule: rule.start):
            if rule.start > end + TOUCH:
                result.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            start, end = min(start, rule.start), max(end, rule.end)
        result.append(Rule(at, start, end))
    return result


def _near(rules: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _touching(rows: list[Rule], columns: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines across and down that meet, directly or through others, group by group."""
    parents = list(range(len(rows) + len(columns)))

    def root(n: int) -> int:
        while parents[n] != n:
            parents[n] = parents[parents[n]]
            n = parents[n]
        return n

    places = [rule.at for rule in columns]
    for n, row in enumerate(rows):
        first = bisect_left(places, row.start - TOUCH)
        for m in range(first, bisect_right(places, row.end + TOUCH)):
            if columns[m].start - TOUCH <= row.at <= columns[m].end + TOUCH:
                parents[root(len(rows) + m)] = root(n)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for n, rule in enumerate([*rows, *columns]):
        groups[root(n)][n >= len(rows)].append(rule)
    return list(groups.values())


def _grid(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    if len(rows) < 2 or not columns:
        return None
    xs = _places(columns, rows)
    ys = _places(rows, columns)
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST_CELLS:
        return None
    return Grid(xs, ys, _anchors(xs, ys, _walls(columns, xs, ys), _walls(rows, ys, xs)))


def _places(own: list[Rule], other: list[Rule]) -> tuple[float, ...]:
    """Where lines of one direction stand, and how far those of the other reach beyond them."""
    places = sorted({rule.at for rule in own})
    first, last = min(rule.start for rule in other), max(rule.end for rule in other)
    if first < places[0] - OPEN:
        places.insert(0, first)
    if last > places[-1] + OPEN:
        places.append(last)
    return tuple(places)


def _walls(rules: list[Rule], places: Sequence[float], steps: Sequence[float]) -> set[Cell]:
    """(step, place) pairs where a line at a place runs along the whole of a step."""
    middles = [(a + b) / 2 for a, b in pairwise(steps)]
    index = {place: n for n, place in enumerate(places)}
    return {
        (step, index[rule.at])
        for rule in rules
        for step in range(bisect_left(middles, rule.start), bisect_right(middles, rule.end))
    }


def _anchors(
    xs: Sequence[float], ys: Sequence[float], sides: set[Cell], tops: set[Cell]
) -> dict[Cell, Cell]:
    """Cells that no line parts, flooded from the first one."""
    anchors: dict[Cell, Cell] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            todo = [(row, column)] if (row, column) not in anchors else []
            while todo:
                here = todo.pop()
                anchors[here] = row, column
                r, c = here
                beside = [
                    ((r, c + 1), (r, c + 1) in sides),
                    ((r, c - 1), (r, c) in sides),
                    ((r + 1, c), (c, r + 1) in tops),
                    ((r - 1, c), (c, r) in tops),
                ]
                todo += [
                    cell
                    for cell, wall in beside
                    if not wall
                    and cell not in anchors
                    and 0 <= cell[0] < len(ys) - 1
                    and 0 <= cell[1] < len(xs) - 1
                ]
    return anchors


def sort_in(a: Point, b: Point, across: list[Rule], down: list[Rule]) -> None:
    """Put a stroke from a to b among the lines across or down, if it is one."""
    (xa, ya), (xb, yb) = a, b
    if not all(math.isfinite(v) and abs(v) < FARTHEST for v in (xa, ya, xb, yb)):
        return
    wide, high = abs(xa - xb), abs(ya - yb)
    if high <= 1 and wide >= SHORTEST:
        across.append(Rule((ya + yb) / 2, min(xa, xb), max(xa, xb)))
    elif wide <= 1 and high >= SHORTEST:
        down.append(Rule((xa + xb) / 2, min(ya, yb), max(ya, yb)))


def thin_line(points: Sequence[Point]) -> tuple[Point, Point] | None:
    """The middle line of a shape that is thin along one axis."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if y1 - y0 <= THIN < x1 - x0:
        return (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
    if x1 - x0 <= THIN < y1 - y0:
        return ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
    return None
