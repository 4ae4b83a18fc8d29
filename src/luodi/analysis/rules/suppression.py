"""Which totals of enterprises may not be shown: small cells, and what would give them away.

A cell is sensitive where fewer than `LEAST` enterprises stand behind it, or where the largest of
them makes up more than `DOMINANT` percent. What a reader could work out by subtracting shown cells
from a shown total is as good as shown, so further cells are hidden until nothing sensitive can be
worked out: neither a hidden cell nor the sum of the hidden cells of one line.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

LEAST = 3
DOMINANT = 85
"""Percent that one enterprise may make up at most."""

Key = Hashable
Why = Literal["small", "secondary"]


@dataclass(frozen=True)
class Behind:
    """What stands behind a cell: how many, the largest of them, and all, in absolute amounts."""

    contributors: int
    largest: int
    magnitude: int

    @property
    def sensitive(self) -> bool:
        """True where an enterprise could be told from the cell."""
        if self.contributors == 0:
            return False
        few = self.contributors < LEAST
        return few or self.largest * 100 > DOMINANT * self.magnitude


@dataclass(frozen=True)
class Line:
    """A sum that is known to hold: `total` is the sum of `parts`."""

    total: Key
    parts: tuple[Key, ...]


def together(cells: Iterable[Behind]) -> Behind:
    """What stands behind the sum of cells that share no enterprise."""
    some = list(cells)
    return Behind(
        sum(cell.contributors for cell in some),
        max((cell.largest for cell in some), default=0),
        sum(cell.magnitude for cell in some),
    )


def suppress(
    cells: Mapping[Key, Behind], lines: Sequence[Line], before: Iterable[Key] = ()
) -> dict[Key, Why]:
    """The cells to hide with why: `small` for its own sake, `secondary` to protect another.

    `before` were hidden when the same cells were shown earlier: they stay hidden, or two tables
    would give away together what neither gives away alone.
    A cell behind which nobody stands is known to be empty and protects nothing. Cells of
    different lines may overlap (a total that is a part of a larger one).
    """
    hidden: dict[Key, Why] = {
        key: "secondary" for key in before if key in cells and cells[key].contributors
    }
    hidden |= {key: "small" for key, cell in cells.items() if cell.sensitive}
    while (more := _next(cells, lines, hidden)) is not None:
        hidden[more] = "secondary"
    return hidden


def _next(
    cells: Mapping[Key, Behind], lines: Sequence[Line], hidden: Mapping[Key, Why]
) -> Key | None:
    """One more cell to hide, or None: it is enough."""
    unsafe = _unsafe_line(cells, lines, hidden)
    return _solved(cells, lines, hidden) if unsafe is None else unsafe


def _filled(line: Line, cells: Mapping[Key, Behind]) -> list[Key]:
    return [key for key in line.parts if key in cells and cells[key].contributors]


def _unsafe_line(
    cells: Mapping[Key, Behind], lines: Sequence[Line], hidden: Mapping[Key, Why]
) -> Key | None:
    """One more cell to hide because the hidden ones of a line add up to something sensitive."""
    for line in lines:
        parts = _filled(line, cells)
        gone = [key for key in parts if key in hidden]
        if line.total in hidden or not gone:
            continue
        if len(gone) > 1 and not together(cells[key] for key in gone).sensitive:
            continue
        shown = [key for key in parts if key not in hidden]
        return _smallest(cells, shown) if shown else line.total
    return None


def _smallest(cells: Mapping[Key, Behind], keys: Iterable[Key]) -> Key:
    return min(keys, key=lambda key: (cells[key].magnitude, str(key)))


def _solved(
    cells: Mapping[Key, Behind], lines: Sequence[Line], hidden: Mapping[Key, Why]
) -> Key | None:
    """One more cell to hide because the lines together give a hidden one away."""
    for key in solvable(cells, lines, hidden):
        shown = [one for one in _reached(key, cells, lines, hidden) if one not in hidden]
        if shown:
            return _smallest(cells, shown)
    return None


def _reached(
    key: Key, cells: Mapping[Key, Behind], lines: Sequence[Line], hidden: Mapping[Key, Why]
) -> set[Key]:
    """The cells of all lines that hang together with a cell through hidden ones."""
    reached, todo = {key}, [key]
    while todo:
        now = todo.pop()
        for line in lines:
            held = {line.total, *_filled(line, cells)}
            if now in held:
                fresh = held - reached
                reached |= fresh
                todo += [one for one in fresh if one in hidden]
    return {one for one in reached if one in cells}


def suppress_beside(
    cells: Mapping[Key, Behind],
    lines: Sequence[Line],
    hidden: Iterable[Key],
    free: Collection[Key],
) -> set[Key]:
    """Which of the `free` cells are hidden too, so that one cut of the same enterprises gives
    nothing away beside another.

    Cells that no cut shows (the enterprises two groups have in common) are those neither shown
    nor a total of `lines`: they are unknown, and may not be worked out where they are sensitive.
    """
    totals = {line.total for line in lines}
    unknown = {key for key in cells if key not in totals} | {key for key in hidden if key in cells}
    more: set[Key] = set()
    while True:
        known = [key for key in solvable(cells, lines, unknown) if cells[key].sensitive]
        reached = {
            one
            for key in known
            for one in _reached(key, cells, lines, dict.fromkeys(unknown, "small"))
        }
        shown = [key for key in free if key in reached and key not in unknown]
        if not shown:
            return more
        one = _smallest(cells, shown)
        unknown.add(one)
        more.add(one)


def solvable(
    cells: Mapping[Key, Behind], lines: Sequence[Line], hidden: Iterable[Key]
) -> list[Key]:
    """The hidden cells that the shown ones and the lines determine exactly, by elimination."""
    unknown = [key for key in hidden if key in cells]
    place = {key: n for n, key in enumerate(unknown)}
    rows: list[dict[int, Fraction]] = []
    for line in lines:
        row: dict[int, Fraction] = {}
        for key, sign in [(line.total, -1), *((part, 1) for part in _filled(line, cells))]:
            if key in place:
                row[place[key]] = row.get(place[key], Fraction(0)) + sign
        rows.append({n: value for n, value in row.items() if value})
    return [unknown[next(iter(row))] for row in _reduced(rows) if len(row) == 1]


def _reduced(rows: list[dict[int, Fraction]]) -> list[dict[int, Fraction]]:
    """The reduced echelon form: a row of one entry says that this unknown is known."""
    done: dict[int, dict[int, Fraction]] = {}
    for given in rows:
        row = dict(given)
        for pivot, known in done.items():
            if pivot in row:
                row = _less(row, known, row[pivot])
        if not row:
            continue
        pivot = min(row)
        head = row[pivot]
        row = {n: value / head for n, value in row.items()}
        for other, known in done.items():
            if pivot in known:
                done[other] = _less(known, row, known[pivot])
        done[pivot] = row
    return list(done.values())


def _less(
    row: Mapping[int, Fraction], known: Mapping[int, Fraction], times: Fraction
) -> dict[int, Fraction]:
    found = dict(row)
    for n, value in known.items():
        found[n] = found.get(n, Fraction(0)) - times * value
    return {n: value for n, value in found.items() if value}
