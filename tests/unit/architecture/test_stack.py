"""One package, one direction: what import-linter can't see, or is told to overlook."""

from __future__ import annotations

import pytest

from .tree import (
    ROOT,
    functions,
    imports,
    levels,
    module_names,
    module_of,
    parse,
    product_files,
    shown,
    target_module,
)

LAZY = frozenset({"cli", "config"})
"""Wiring: commands import what they run when they run, so that `--help` is quick."""


def test_every_module_stands_on_a_level():
    assert set(module_names()) <= set(levels()), "give the new module a level in .importlinter"


def test_modules_import_only_lower_ones_even_for_types():
    wrong = []
    for path in product_files():
        own = module_of(path)
        for line, dotted in imports(path, parse(path)) if own else ():
            target = target_module(dotted)
            if target in levels() and target != own and levels()[target] >= levels()[own]:
                wrong.append(f"{shown(path)}:{line} imports {dotted}")
    assert not wrong, "never upward, never sideways; use one of the five doors"


def test_no_import_of_another_module_hides_in_a_function():
    wrong = []
    for path in product_files():
        own = module_of(path)
        if own in LAZY or path.name == "apps.py":  # Django: no models before `ready`
            continue
        for name, node in functions(parse(path)):
            for line, dotted in imports(path, node):
                if target_module(dotted) not in {"", own}:
                    wrong.append(f"{shown(path)}:{line} {name} imports {dotted}")
    assert not wrong, "import at the top of the file, or use one of the five doors"


@pytest.mark.parametrize("trick", ["get_model(", "import_string(", "import_module("])
def test_nothing_reaches_upward_by_name(trick):
    wrong = []
    for path in product_files():
        if module_of(path) in LAZY:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if trick in line:
                wrong.append(f"{shown(path)}:{number}")
    assert not wrong, f"{trick} goes round the stack"


def test_the_anatomy_contract_covers_every_django_module():
    from .tree import django_modules

    text = (ROOT / ".importlinter").read_text("utf-8").split("contract:anatomy")[1]
    missing = [name for name in django_modules() if f"    luodi.{name}\n" not in text]
    assert not missing, "add the module to the containers of the anatomy contract"
