"""Writes docs/generated from the code; with --check, compares instead and fails on a difference.

flows.md      every lifecycle, drawn from its table of moves
commands.md   every command of `luodi` with its help
addresses.md  every address of the web application with its name
findings.md   every kind of finding of the plan checker
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "generated"
NOTE = "<!-- Written by scripts/generate_docs.py (make docs); edits are overwritten. -->\n"


def start_django() -> None:
    """Load the application with settings that write nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    os.environ.setdefault("LUODI_SECRET_KEY", "generated-docs")
    import django

    django.setup()


def registered_flows() -> Iterator[tuple[str, Any]]:
    """(`module.NAME`, flow) for each lifecycle in a `flows` module, by name."""
    if find_spec("luodi.kit.flows") is None:
        return
    kind = importlib.import_module("luodi.kit.flows").Flow
    for path in sorted((ROOT / "src" / "luodi").glob("*/flows*")):
        if path.parent.name == "kit":
            continue
        module = importlib.import_module(f"luodi.{path.parent.name}.flows")
        for name, thing in sorted(vars(module).items()):
            if isinstance(thing, kind):
                yield f"{path.parent.name}.{name}", thing


def flows_page() -> str:
    """Markdown with one state diagram per lifecycle."""
    parts = ["# Lifecycles\n"]
    for name, flow in registered_flows():
        drawn = "\n\n".join(
            f"```mermaid\n{flow.mermaid(language).strip()}\n```" for language in ("zh", "en")
        )
        parts.append(f"## {name} {flow.zh}\n\n{drawn}\n")
    return "\n".join(parts)


def _commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    import click

    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in sorted(command.list_commands(context)):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from _commands(child, f"{path} {name}")


def commands_page() -> str:
    """Markdown with the help of each command, as `--help` prints it at 80 columns."""
    import click

    parts = ["# Commands\n"]
    main = getattr(importlib.import_module("luodi.cli"), "main", None)
    for path, command in _commands(main, "luodi") if main else ():
        context = click.Context(command, info_name=path, terminal_width=80, max_content_width=80)
        parts.append(f"## {path}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def _addresses(resolver: Any, prefix: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _addresses(entry, route, inner)
        else:
            yield route, f"{space}{entry.name}" if entry.name else ""


def addresses_page() -> str:
    """Markdown table of every address and its name."""
    from django.urls import get_resolver

    rows = sorted(set(_addresses(get_resolver(), "/", "")))
    lines = ["# Addresses\n", "| address | name |", "|---|---|"]
    lines += [f"| `{route.replace('|', chr(92) + '|')}` | {name} |" for route, name in rows]
    return "\n".join(lines) + "\n"


def findings_page() -> str:
    """Markdown table of every kind of finding: code, group, severity, what it compares."""
    from luodi.kit.findings import KINDS

    words = {"error": "错误", "warning": "注意", "info": "提示"}
    lines = [
        "# Kinds of finding\n",
        f"{len(KINDS)} kinds. 错误 (error) only where arithmetic or the text contradicts itself.\n",
        "| code | 类 | 程度 | 名称 | 比较什么 |",
        "|---|---|---|---|---|",
    ]
    for kind in KINDS.values():
        grave = "、".join(words[one] for one in kind.severities)
        lines.append(f"| `{kind.code}` | {kind.group} | {grave} | {kind.title} | {kind.says} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """File name to text of everything generated."""
    start_django()
    made = {
        "flows.md": flows_page(),
        "commands.md": commands_page(),
        "addresses.md": addresses_page(),
        "findings.md": findings_page(),
    }
    return {name: NOTE + "\n" + text.rstrip() + "\n" for name, text in made.items()}


def stale() -> list[str]:
    """Names of the generated files that differ from the code or don't belong there."""
    wanted = pages()
    present = {p.name: p.read_text("utf-8") for p in TARGET.glob("*.md")}
    return sorted(n for n in wanted.keys() | present.keys() if wanted.get(n) != present.get(n))


def main() -> int:
    """Write the pages, or say which are stale."""
    if sys.argv[1:] == ["--check"]:
        old = stale()
        if old:
            print("run `make docs`; out of date in docs/generated:", *old)
        return bool(old)
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (TARGET / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
