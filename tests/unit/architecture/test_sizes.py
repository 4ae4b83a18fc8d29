"""Functions of at most 60 lines, files of at most 400; exceptions are listed and only shrink."""

from __future__ import annotations

from pathlib import Path

from .tree import functions, own_files, parse, shown

LONGEST_FUNCTION = 60
LONGEST_FILE = 400
LIST = Path(__file__).with_name("oversize.txt")
LIST_MAY_HOLD = 0
"""Lower this when an entry goes; it is never raised."""


def listed() -> set[str]:
    lines = LIST.read_text("utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def oversize() -> dict[str, int]:
    """`path` or `path::function` to its length, of everything too long."""
    found = {}
    for path in own_files():
        lines = len(path.read_text("utf-8").splitlines())
        if lines > LONGEST_FILE:
            found[shown(path)] = lines
        for name, node in functions(parse(path)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                found[f"{shown(path)}::{name}"] = length
    return found


def test_nothing_is_too_long():
    too_long = {name: size for name, size in oversize().items() if name not in listed()}
    assert not too_long, "split by noun: a file becomes a package, a function several"


def test_the_list_of_exceptions_only_shrinks():
    assert len(listed()) <= LIST_MAY_HOLD, "split what is too long instead of listing it"
    assert listed() <= set(oversize()), "short enough now: take it off oversize.txt"


def test_nearly_all_functions_are_short():
    lengths = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in own_files()
        for _, node in functions(parse(path))
    )
    short = sum(length < 45 for length in lengths)
    assert short >= 0.97 * len(lengths), "nearly all functions stay under 45 lines"
