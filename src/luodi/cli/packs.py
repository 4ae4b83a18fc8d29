"""`luodi pack`: check a folder of rules, list what is built in. Needs no database."""

from __future__ import annotations

import json
from pathlib import Path

import click

from luodi.packs import Pack, PackProblem, builtin_packs, load


@click.group()
def pack() -> None:
    """规则包：检查、列出 · packs of city rules."""


@pack.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check(folder: Path, form: str) -> None:
    """检查规则包文件夹，一次列出全部问题；有错误时退出码为 1。

    Check FOLDER and report every fault with file and line; exit 1 on an error.
    """
    found, problems = load(folder, builtin_packs())
    failed = found is None
    click.echo(_as_json(found, problems) if form == "json" else _as_text(found, problems))
    if failed:
        raise SystemExit(1)


@pack.command(name="list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def list_packs(form: str) -> None:
    """列出内置规则包 · the packs that come with Luodi."""
    packs = builtin_packs().values()
    if form == "json":
        rows = [{"key": p.key, "name": p.head.name, "digest": p.digest} for p in packs]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for each in packs:
        under = " ← " + "、".join(each.head.stacks_over) if each.head.stacks_over else ""
        click.echo(f"{each.key}  {each.head.name}{under}  {_count(each)}条  {each.digest[:12]}")


def _count(found: Pack) -> int:
    return sum(len(rules) for rules in found.rules.values())


def _as_text(found: Pack | None, problems: list[PackProblem]) -> str:
    lines = [str(problem) for problem in problems]
    if found is None:
        errors = sum(problem.severity == "error" for problem in problems)
        lines.append(f"{errors} 个错误，规则包不能使用")
    else:
        open_rules = sum(not r.confirmed for rules in found.rules.values() for r in rules)
        lines.append(
            f"{found.head.name}：{_count(found)} 条规则，其中 {open_rules} 条为本地默认、待确认；"
            f"摘要 {found.digest[:12]}"
        )
    return "\n".join(lines)


def _as_json(found: Pack | None, problems: list[PackProblem]) -> str:
    report = {
        "schema": "luodi.pack-check/1",
        "pack": found.key if found else None,
        "digest": found.digest if found else None,
        "problems": [problem.as_json() for problem in problems],
    }
    return json.dumps(report, ensure_ascii=False)
