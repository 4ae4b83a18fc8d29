"""The shape of actions and queries, and where the clock may be read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .tree import (
    PACKAGE,
    Function,
    django_modules,
    module_of,
    parse,
    product_files,
    public_functions,
    shown,
)

MECHANISM = frozenset({"audit.perform", "documents.keep_bytes"})
"""What actions are made with: the deed, and bytes on disk that count once a deed names them."""

EDGE_MODULES = frozenset({"cli", "config"})
EDGE_PARTS = frozenset({"views", "tasks", "middleware"})
CLOCKS = frozenset(
    [
        "timezone.now",
        "timezone.localtime",
        "timezone.localdate",
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "datetime.datetime.now",
        "datetime.date.today",
    ]
)


def arguments(node: Function) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def unannotated(node: Function) -> list[str]:
    """Names of arguments, and `return`, that carry no type."""
    extra = [a for a in (node.args.vararg, node.args.kwarg) if a]
    missing = [a.arg for a in [*arguments(node), *extra] if a.annotation is None]
    return missing if node.returns else [*missing, "return"]


def faults(node: Function) -> list[str]:
    """What keeps a function from being an action."""
    found = []
    if node.args.args or node.args.posonlyargs or node.args.vararg:
        found.append("is not keyword-only")
    taken = {a.arg for a in node.args.kwonlyargs}
    if "deed" not in taken and not {"by", "at"} <= taken:
        found.append("does not take `by` and `at` (or the `deed` of the action it is a step of)")
    if unannotated(node):
        found.append(f"has no types for {unannotated(node)}")
    if not ast.get_docstring(node):
        found.append("has no docstring")
    return found


@pytest.mark.parametrize("module", django_modules())
def test_actions_have_one_shape(module):
    wrong = [
        f"{where} {fault}"
        for where, node in public_functions(module, "actions")
        if f"{module}.{node.name}" not in MECHANISM
        for fault in faults(node)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("module", django_modules())
def test_queries_are_typed_and_described(module):
    wrong = []
    for where, node in public_functions(module, "queries"):
        if unannotated(node):
            wrong.append(f"{where} has no types for {unannotated(node)}")
        if not ast.get_docstring(node):
            wrong.append(f"{where} has no docstring")
    assert not wrong, "\n".join(wrong)


def at_the_edge(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return module_of(path) in EDGE_MODULES or bool(EDGE_PARTS & set(parts[1:]))


def clock_reads(path: Path) -> list[str]:
    """Places where a file reads the clock, or lets the database layer do so."""
    found = []
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS:
            found.append(f"{shown(path)}:{node.lineno} {ast.unparse(node)}")
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            found.append(f"{shown(path)}:{node.value.lineno} {node.arg}")
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            taken = {alias.name for alias in node.names} & {"now", "localtime", "localdate"}
            found += [f"{shown(path)}:{node.lineno} imports {name}" for name in sorted(taken)]
    return found


def test_the_clock_is_read_only_at_the_edge():
    wrong = [w for path in product_files() if not at_the_edge(path) for w in clock_reads(path)]
    assert not wrong, "views, commands and tasks read the clock and hand it down as `at`"
