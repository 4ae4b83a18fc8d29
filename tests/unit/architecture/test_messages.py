"""Chinese first, English complete: every visible sentence is marked and has a translation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import catalogues
import pytest
from catalogues import HAN, PACKAGE

from .tree import django_modules, module_names, parse, part_files, shown

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
OWN_TONGUE = re.compile(r"""lang="zh[^"]*"[^>]*>[^<]*""")
"""A language names itself in itself."""
SPEAKING = ("views", "forms", "tables", "exports", "cards", "actions", "choices")


def unmarked(template: Path) -> list[str]:
    """`path:line text` of each Chinese literal of a template outside of the translate tags."""
    source = catalogues.without_comments(template.read_text("utf-8"))
    for pattern in (catalogues.BLOCK, catalogues.TRANS, catalogues.INLINE, OWN_TONGUE):
        source = pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), source)
    lines = enumerate(source.splitlines(), 1)
    return [f"{shown(template)}:{n} {line.strip()}" for n, line in lines if HAN.search(line)]


def docstrings(tree: ast.Module) -> set[int]:
    """Identities of the constants that are docstrings or bare strings."""
    return {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}


def unmarked_in_python(path: Path) -> list[str]:
    """`path:line text` of each Chinese literal that is not an argument of a gettext function."""
    tree = parse(path)
    marked = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and catalogues.called_name(node) in catalogues.MARKS:
            marked |= {id(argument) for argument in node.args}
    return [
        f"{shown(path)}:{node.lineno} {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if HAN.search(node.value) and id(node) not in marked
    ]


@pytest.mark.parametrize("module", module_names())
def test_every_marked_sentence_has_an_english_translation(module):
    known = catalogues.translations(PACKAGE / "common") | catalogues.translations(PACKAGE / module)
    missing = sorted({m.key for m in catalogues.messages_of(PACKAGE / module)} - set(known))
    assert not missing, f"run `make messages`, then translate: {missing}"


def test_one_sentence_is_said_in_one_way_in_english():
    """Django lays all catalogues into one: a second translation is lost, or drives one out."""
    said: dict[catalogues.Key, set[str]] = {}
    for module in module_names():
        for key, english in catalogues.translations(PACKAGE / module).items():
            said.setdefault(key, set()).add(english)
    wrong = {key: sorted(english) for key, english in said.items() if len(english) > 1}
    assert not wrong, f"agree on one, or give the other a context: {wrong}"


@pytest.mark.parametrize("module", module_names())
def test_translations_keep_the_placeholders(module):
    wrong = [
        text
        for (_context, text), english in catalogues.translations(PACKAGE / module).items()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(english))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("module", module_names())
def test_english_holds_no_chinese_left_over(module):
    pairs = catalogues.translations(PACKAGE / module)
    wrong = [text for (_context, text), english in pairs.items() if text == english]
    assert not wrong, "copied, not translated:\n" + "\n".join(wrong)


@pytest.mark.parametrize("module", module_names())
def test_templates_hold_no_unmarked_chinese(module):
    templates = (PACKAGE / module).rglob("templates/**/*.html")
    wrong = [place for template in templates for place in unmarked(template)]
    assert not wrong, "put it into {% translate %}:\n" + "\n".join(wrong)


@pytest.mark.parametrize("module", django_modules())
def test_what_speaks_to_people_is_marked(module):
    paths = [path for part in SPEAKING for path in part_files(module, part)]
    wrong = [place for path in paths for place in unmarked_in_python(path)]
    assert not wrong, "put it into gettext, _():\n" + "\n".join(wrong)


@pytest.mark.parametrize("module", module_names())
def test_a_sentence_with_a_plural_counts_as_known(module):
    assert catalogues.missing_of(PACKAGE / module) == []
