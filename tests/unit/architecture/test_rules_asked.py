"""What belongs to a row is judged by the rules of its place, not of its city by habit."""

from __future__ import annotations

import ast

from .tree import PACKAGE

THE_CITYS = {
    "assessment": "a city assesses all its zones by one scheme",
    "supervision/queries/exemptions.py": "the city's bodies decide on exemptions",
    "projects/queries/pipelines.py": "stages, rates and gates are counted over the whole city",
    "projects/queries/gates.py": "the gates of a year are the city's",
    "projects/queries/siting.py": "sites of all zones are ranked against each other",
    "projects/queries/assigning.py": "sites of all zones are ranked against each other",
}
"""Where a row's city is meant although the row may lie in a zone, with the reason. May shrink."""


def _asks_of_a_row(call: ast.Call) -> bool:
    """`pack_of(something.city, …)` where something is a row, and not who is looking."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "pack_of" and call.args):
        return False
    first = call.args[0]
    whose = first.value if isinstance(first, ast.Attribute) and first.attr == "city" else None
    return whose is not None and not (
        isinstance(whose, ast.Name) and whose.id in {"viewer", "cast"}
    )


def test_no_row_is_judged_by_its_citys_rules_by_habit():
    """A row asks `rules_for` (or a `Rulebook`); where the city's is meant, the reason stands here."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
        if any(_asks_of_a_row(call) for call in calls):
            found.add(name)
    meant = {name for name in found if any(name.startswith(place) for place in THE_CITYS)}
    assert found == meant
    assert all(any(name.startswith(place) for name in found) for place in THE_CITYS)


def test_editions_are_read_in_one_place():
    """Nobody outside `orgs` picks an edition: which one holds is decided there."""
    named = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if "PackEdition" in path.read_text("utf-8")
    ]
    assert all(name.startswith("orgs/") for name in named)
