"""A Django module uses the files it needs, under the names of STYLE.md and no others."""

from __future__ import annotations

import ast

import pytest

from .tree import (
    PACKAGE,
    django_modules,
    functions,
    imports,
    own_files,
    parse,
    part_files,
    product_files,
    shown,
)

PARTS = [
    "apps",
    "urls",
    "views",
    "forms",
    "tables",
    "exports",
    "cards",
    "tasks",
    "receivers",
    "actions",
    "queries",
    "models",
    "rules",
    "flows",
    "choices",
    "signals",
]
FOLDERS = {"migrations", "templates", "static", "templatetags", "locale"}
BELOW_VIEWS = PARTS[PARTS.index("forms") :]
VAGUE = {"utils", "util", "helpers", "helper", "services", "manager", "managers", "misc"}
HTTP = {
    "HttpRequest",
    "HttpResponse",
    "HttpResponseRedirect",
    "JsonResponse",
    "StreamingHttpResponse",
}
REQUEST_IS_A_NOUN = {"services"}
"""Where `request` means 诉求, not HTTP."""


@pytest.mark.parametrize("module", django_modules())
def test_a_django_module_holds_only_the_known_parts(module):
    allowed = {"__init__", *PARTS} | FOLDERS
    found = {
        p.stem
        for p in (PACKAGE / module).iterdir()
        if p.name != "__pycache__" and not p.name.startswith(".")
    }
    assert found <= allowed, f"no place in the anatomy: {sorted(found - allowed)}"


def test_no_file_has_a_vague_name():
    wrong = [shown(p) for p in own_files() if {p.stem, p.parent.name} & (VAGUE - {"services"})]
    wrong += [shown(p) for p in product_files() if p.name == "services.py"]
    assert not wrong, "name the noun it is about"


@pytest.mark.parametrize("module", django_modules())
def test_nothing_below_the_views_knows_http(module):
    wrong = []
    for part in BELOW_VIEWS:
        for path in part_files(module, part):
            tree = parse(path)
            names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
            if names & HTTP or any(d.startswith("django.http") for _, d in imports(path, tree)):
                wrong.append(f"{shown(path)}: HTTP names")
            if module not in REQUEST_IS_A_NOUN:
                wrong += [
                    f"{shown(path)}:{node.lineno} {name} takes a request"
                    for name, node in functions(tree)
                    if "request" in {a.arg for a in [*node.args.args, *node.args.kwonlyargs]}
                ]
    assert not wrong, "views hand down plain values"
