"""Every English noun of the code stands in GLOSSARY.md beside its Chinese term."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from .tree import PACKAGE, ROOT, django_modules, parse, part_files, shown

ROW = re.compile(r"^\|\s*([a-z][^|]*?)\s*\|\s*([^|]+?)\s*\|\s*([^|]*?)\s*\|$", re.MULTILINE)
CHOICES = frozenset({"TextChoices", "IntegerChoices", "StrEnum"})
NOT_TABLES = frozenset({"QuerySet", "Manager", "Constraint", "Protocol", "Exception", *CHOICES})


@cache
def rows() -> list[tuple[str, str, str]]:
    """(English, Chinese, meaning) of each row of the glossary."""
    return ROW.findall((ROOT / "GLOSSARY.md").read_text("utf-8"))


@cache
def nouns() -> frozenset[str]:
    """English entries; `a, b` in one cell are two."""
    return frozenset(word.strip() for english, _, _ in rows() for word in english.split(","))


def spoken(name: str) -> str:
    """`LedgerItem` and `ledger_item` as people say it: ledger item."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.sub(r"[_\W]+", " ", spaced).strip().lower()


def known(name: str) -> bool:
    """True where the noun stands in the glossary; `XState` counts as X."""
    said = spoken(name)
    return said in nouns() or said.removesuffix(" state") in nouns()


def bases(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).split(".")[-1].split("[")[0] for base in node.bases}


def model_names() -> Iterator[tuple[str, str]]:
    """(where, class name) of each public class in the `models` of a Django module."""
    for module in django_modules():
        for path in part_files(module, "models"):
            for node in parse(path).body:
                if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                    continue
                if not any(base.endswith(tuple(NOT_TABLES)) for base in bases(node)):
                    yield f"{shown(path)}:{node.lineno}", node.name


def choice_values() -> Iterator[tuple[str, str]]:
    """(where, stored word) of each member of a choices class anywhere in the product."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.ClassDef) and bases(node) & CHOICES:
                for entry in node.body:
                    value = _stored(entry)
                    if value:
                        yield f"{shown(path)}:{entry.lineno}", value


def _stored(entry: ast.stmt) -> str | None:
    """The stored word of `NAME = "word", _("…")` or `NAME = "word"`; None for anything else."""
    if not isinstance(entry, ast.Assign):
        return None
    value = entry.value.elts[0] if isinstance(entry.value, ast.Tuple) else entry.value
    is_word = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return value.value if is_word and spoken(value.value) else None


def test_every_model_stands_in_the_glossary():
    wrong = [f"{where} {name}" for where, name in model_names() if not known(name)]
    assert not wrong, "add a row to GLOSSARY.md:\n" + "\n".join(wrong)


def test_every_choice_stands_in_the_glossary():
    wrong = [f"{where} {word}" for where, word in choice_values() if not known(word)]
    assert not wrong, "add a row to GLOSSARY.md:\n" + "\n".join(wrong)


def test_every_row_has_a_chinese_term_and_a_meaning():
    wrong = [e for e, chinese, meaning in rows() if not (chinese.strip() and meaning.strip())]
    assert rows() and not wrong


def test_no_noun_stands_twice():
    words = [word.strip() for english, _, _ in rows() for word in english.split(",")]
    assert not {word for word in words if words.count(word) > 1}
