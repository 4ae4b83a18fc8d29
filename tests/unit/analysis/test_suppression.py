"""Small cells are hidden, and nobody can work them out from what is shown."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.analysis.rules.suppression import (
    DOMINANT,
    LEAST,
    Behind,
    Line,
    solvable,
    suppress,
    suppress_beside,
    together,
)


def behind(*amounts: int) -> Behind:
    sizes = [abs(a) for a in amounts]
    return Behind(len(sizes), max(sizes, default=0), sum(sizes))


def lines_of(parts: dict[str, Behind]) -> tuple[dict[str, Behind], list[Line]]:
    return {**parts, "all": together(parts.values())}, [Line("all", tuple(parts))]


def test_few_or_one_that_dominates_is_sensitive():
    assert behind(5, 5).sensitive and behind(7).sensitive
    assert not behind(5, 5, 5).sensitive
    assert behind(86, 7, 7).sensitive and not behind(85, 8, 7).sensitive
    assert not behind().sensitive, "nobody stands behind an empty cell"
    assert (LEAST, DOMINANT) == (3, 85)


def test_a_hidden_cell_takes_another_with_it():
    cells, lines = lines_of({"a": behind(9), "b": behind(5, 5, 5), "c": behind(50, 60, 70)})
    assert suppress(cells, lines) == {"a": "small", "b": "secondary"}


def test_two_hidden_cells_of_one_enterprise_each_are_not_enough():
    cells, lines = lines_of(
        {"a": behind(9), "b": behind(8), "c": behind(5, 5, 5), "d": behind(9, 9, 9)}
    )
    assert set(suppress(cells, lines)) == {"a", "b", "c"}


def test_where_no_part_is_left_the_total_goes():
    cells, lines = lines_of({"a": behind(9), "b": behind()})
    assert suppress(cells, lines) == {"a": "small", "all": "small"}
    cells, lines = lines_of({"a": behind(9), "b": behind(9, 9, 1)})
    assert set(suppress(cells, lines)) == {"a", "b"}


def test_nothing_small_hides_nothing():
    cells, lines = lines_of({"a": behind(1, 2, 3), "b": behind(4, 5, 6)})
    assert suppress(cells, lines) == {}


def test_what_only_several_lines_together_give_away_is_hidden_too():
    """Two tables over the same cells: rows and columns of a square."""
    cells = {(r, c): behind(10 + r, 20 + c, 30) for r in range(3) for c in range(3)}
    cells[0, 0] = behind(4)
    lines = []
    for n in range(3):
        for side, line in (
            ("row", [(n, c) for c in range(3)]),
            ("col", [(r, n) for r in range(3)]),
        ):
            cells[side, n] = together(cells[key] for key in line)
            lines.append(Line((side, n), tuple(line)))
    hidden = suppress(cells, lines)
    assert not solvable(cells, lines, hidden)
    assert len([key for key in hidden if key[0] == 0 or key[1] == 0]) >= 3


amounts = st.lists(st.integers(1, 1000), max_size=5).map(lambda some: behind(*some))


@given(st.dictionaries(st.integers(0, 9), amounts, min_size=1, max_size=8))
def test_no_hidden_cell_or_sum_of_hidden_cells_can_be_told(parts):
    cells, lines = lines_of(parts)
    hidden = suppress(cells, lines)
    assert all(key in hidden for key, cell in cells.items() if cell.sensitive)
    gone = [key for key in parts if key in hidden and cells[key].contributors]
    if "all" not in hidden and gone:
        assert len(gone) > 1
        assert not together(cells[key] for key in gone).sensitive
    assert not told_by_subtraction(parts, hidden)


def told_by_subtraction(parts, hidden) -> bool:
    """The plain oracle of one line: the only unknown of a sum whose others are known."""
    unknown = [key for key in [*parts, "all"] if key in hidden]
    known_empty = {key for key in parts if not parts[key].contributors}
    return len([key for key in unknown if key not in known_empty]) == 1


@settings(deadline=None)
@given(
    st.lists(st.lists(amounts, min_size=2, max_size=3), min_size=2, max_size=3).filter(
        lambda rows: len({len(row) for row in rows}) == 1
    )
)
def test_no_hidden_cell_of_a_table_with_both_margins_can_be_solved(rows):
    cells: dict = {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row)}
    height, width = len(rows), len(rows[0])
    lines = []
    for r in range(height):
        lines.append(Line(("row", r), tuple((r, c) for c in range(width))))
    for c in range(width):
        lines.append(Line(("col", c), tuple((r, c) for r in range(height))))
    for line in lines:
        cells[line.total] = together(cells[key] for key in line.parts)
    lines.append(Line("all", tuple(("row", r) for r in range(height))))
    lines.append(Line("all", tuple(("col", c) for c in range(width))))
    cells["all"] = together(rows[r][c] for r in range(height) for c in range(width))
    hidden = suppress(cells, lines)
    assert not told(cells, lines, set(hidden))


def told(cells, lines, hidden) -> bool:
    """An oracle of its own: a hidden cell is told if changing it alone breaks every solution.

    Over the rationals a cell is free exactly where some vector of changes of hidden cells keeps
    all lines true and moves it; looked for among small whole changes.
    """
    hidden = {key for key in hidden if cells[key].contributors}
    free: set = set()
    keys = sorted(hidden, key=str)
    for size in range(1, len(keys) + 1):
        for some in combinations(keys, size):
            if not set(some) <= free and _moves(some, cells, lines):
                free |= set(some)
        if free == hidden:
            return False
        if size > 7:
            break
    return free != hidden and bool(solvable(cells, lines, hidden))


def _moves(some, cells, lines) -> bool:
    """True where ±1 changes of exactly these cells keep every line."""
    for signs in range(2 ** (len(some) - 1)):
        change = {key: 1 if n == 0 or signs >> (n - 1) & 1 else -1 for n, key in enumerate(some)}
        if all(
            sum(change.get(part, 0) for part in line.parts if cells[part].contributors)
            == change.get(line.total, 0)
            for line in lines
        ):
            return True
    return False


@pytest.mark.parametrize("hidden", [["a"], ["all"]])
def test_one_unknown_of_a_line_is_solved(hidden):
    cells, lines = lines_of({"a": behind(9), "b": behind(1, 1, 1)})
    assert solvable(cells, lines, hidden) == hidden


def two_cuts(atoms: dict[tuple[str, str], Behind]):
    """Cells and lines of two cuts, their common parts as cells that nobody is shown."""
    cells: dict[object, Behind] = dict(atoms)
    cells["all"] = together(atoms.values())
    lines = []
    for place in (0, 1):
        groups = {atom[place]: [a for a in atoms if a[place] == atom[place]] for atom in atoms}
        cells |= {group: together(atoms[a] for a in some) for group, some in groups.items()}
        lines += [Line("all", tuple(groups))]
        lines += [Line(group, tuple(some)) for group, some in groups.items()]
    return cells, lines


def test_one_cut_gives_nothing_away_beside_another():
    big = behind(5, 5, 5, 5)
    cells, lines = two_cuts({("A", "x"): big, ("B", "x"): behind(7), ("B", "y"): big})
    assert suppress_beside(cells, lines, (), ()) == set(), "nothing is free to be hidden"
    hidden = suppress_beside(cells, lines, (), {"x", "y"})
    assert hidden == {"x", "y"}, "x less A is the one enterprise of B in x; B less y is too"
    cells, lines = two_cuts({("A", "x"): big, ("A", "y"): big, ("B", "x"): big, ("B", "y"): big})
    assert suppress_beside(cells, lines, (), {"x", "y"}) == set()
