"""The source tree as the architecture tests look at it: files, syntax trees, levels."""

from __future__ import annotations

import ast
import configparser
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "src" / "luodi"

PLAIN = frozenset({"kit", "packs", "common", "config", "cli"})
"""Modules with rules of their own; every other one is a Django module with the anatomy."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def levels() -> dict[str, int]:
    """Module to level, from the stack in .importlinter; the higher number stands higher."""
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", "utf-8")
    rows = config["importlinter:contract:stack"]["layers"].split("\n")
    rows = [row for row in rows if row.strip()]
    found = {}
    for level, row in enumerate(reversed(rows)):
        for name in row.split("|"):
            found[name.strip().strip("()")] = level
    return found


def module_names() -> list[str]:
    """Every module that exists, by name."""
    return sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))


def django_modules() -> list[str]:
    """The modules built after the anatomy of STYLE.md."""
    return [name for name in module_names() if name not in PLAIN]


def is_migration(path: Path) -> bool:
    """True for what `makemigrations` writes."""
    return "migrations" in path.parts


@cache
def product_files() -> tuple[Path, ...]:
    """Every Python file of the product but the migrations."""
    return tuple(sorted(p for p in PACKAGE.rglob("*.py") if not is_migration(p)))


@cache
def own_files() -> tuple[Path, ...]:
    """Every Python file people write here: product, tests, scripts."""
    beside = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")]
    return tuple(sorted([*product_files(), *beside]))


@cache
def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def shown(path: Path) -> str:
    """A path as failures name it."""
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, Function]]:
    """(qualified name, function) of every function and method, nested ones too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield prefix + node.name, node
            yield from functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{prefix}{node.name}.")
        else:
            yield from functions(node, prefix)


def part_files(module: str, part: str) -> list[Path]:
    """The files of one part of a module: `actions.py`, or everything in `actions/`."""
    folder = PACKAGE / module
    return sorted(p for p in [folder / f"{part}.py", *(folder / part).rglob("*.py")] if p.exists())


def public_functions(module: str, part: str) -> Iterator[tuple[str, Function]]:
    """(where, function) of the public functions at the top of a part's files."""
    for path in part_files(module, part):
        for node in parse(path).body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield f"{shown(path)}:{node.lineno} {node.name}", node


def imports(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, dotted target) of every import below `tree`, relative ones resolved."""
    package = ["luodi", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            kept = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*kept, *(node.module or "").split(".")]).strip(".")
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def module_of(path: Path) -> str:
    """The module a product file belongs to; empty for `luodi/__init__.py`."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def target_module(dotted: str) -> str:
    """The luodi module an import names; empty for anything else."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "luodi" and len(parts) > 1 else ""


@cache
def tracked_files() -> tuple[Path, ...]:
    """Text files that are, or are about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    safe = ["-c", f"safe.directory={ROOT}"]
    done = subprocess.run(["git", *safe, *command[1:]], cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        names = [ROOT / name for name in done.stdout.split("\0") if name]
    else:
        hidden = (".git", ".venv", ".mypy_cache", ".ruff_cache", "data", "build")
        names = [p for p in ROOT.rglob("*") if p.relative_to(ROOT).parts[0] not in hidden]
    return tuple(sorted(p for p in names if p.is_file()))


def text_of(path: Path) -> str | None:
    """The text of a file, or None where it is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None
