"""`luodi compile` and `luodi check`: files in, what they promise out. No database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from luodi.kit.compiled import (
    SCHEMA,
    Compiled,
    Document,
    compile_source,
    finding_json,
    to_json,
    verify,
)
from luodi.kit.problems import Problem
from luodi.kit.readers import Source, read

FILES = click.Path(path_type=Path)
SEVERITIES = {"error": "错误", "warning": "注意", "info": "提示"}


def load(path: Path) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read one file; a file the system won't open is a problem like any other."""
    try:
        data = path.read_bytes()
    except OSError as trouble:
        reason = {
            "FileNotFoundError": "找不到文件",
            "IsADirectoryError": "这是一个文件夹，不是文件",
        }.get(type(trouble).__name__, "打不开文件")
        return None, (Problem("source.unreadable", "error", f"{reason}：{path}"),)
    return read(path.name, data)


@click.command("compile")
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json：每个文件一行 one object per line",
)
@click.option(
    "--text", "only_text", is_flag=True, help="只输出读到的文字 the text that spans count in"
)
@click.option(
    "--verify",
    "prove",
    is_flag=True,
    help="逐字核对，丢一个字即退出码 1 · exit 1 if a character is lost",
)
def compile_files(files: tuple[Path, ...], form: str, only_text: bool, prove: bool) -> None:
    """读出 FILES 里的标题、措施、单位、时限、指标、专班。

    Reads plans and notices (txt, docx, html, pdf). Exit code 2 if a file can't be read,
    1 if --verify finds a lost character.
    """
    code = 0
    for path in files:
        source, problems = load(path)
        if source is None:
            code = 2
            _tell(path, problems)
            if form == "json" and not only_text:
                _print_json(_unread(path, problems))
            continue
        if only_text:
            click.echo(source.text, nl=False)
            continue
        compiled = compile_source(source)
        if form == "json":
            _print_json(to_json(compiled) | {"findings": _findings(problems, compiled)})
        else:
            click.echo(_for_people(compiled))
        if prove and (gone := verify(compiled, source)):
            code = max(code, 1)
            _tell(path, gone)
    sys.exit(code)


def _findings(problems: tuple[Problem, ...], compiled: Compiled) -> list[dict[str, Any]]:
    return [finding_json(one) for one in (*problems, *compiled.findings)]


def _unread(path: Path, problems: tuple[Problem, ...]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "source": {"name": path.name, "sha256": None, "chars": 0},
        "documents": [],
        "findings": [finding_json(one) for one in problems],
    }


def _print_json(value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False)
    click.echo(text.encode("utf-8", "surrogatepass"))


def _tell(path: Path, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(f"{path.name}：{problem.message}", err=True)


def _for_people(compiled: Compiled) -> str:
    parts = [f"# {compiled.name}（{compiled.size} 字）"]
    parts += [_document(one) for one in compiled.documents]
    if compiled.findings:
        parts.append(f"疑点 {len(compiled.findings)} 处，用 luodi check 查看。")
    return "\n".join(parts)


def _document(one: Document) -> str:
    head = one.head
    facts = [fact for fact in (head.number, head.issuer, head.date) if fact]
    lines = ["", f"《{head.title}》" if head.title else "（没有标题）", "　".join(facts)]
    for measure in one.measures:
        units = "、".join(unit.name for unit in measure.units) or "没有写责任单位"
        late = f"　时限：{measure.deadline}" if measure.deadline else ""
        lines.append(f"{measure.label}{measure.title}　〔{units}〕{late}")
    for organ in one.organs:
        lines.append(
            f"{organ.name}：{len(organ.members)} 人"
            + (f"，至 {organ.until}" if organ.until else "")
        )
    lines.append(
        f"标题 {len(one.outline)}、措施 {len(one.measures)}、指标 {len(one.indicators)}、"
        f"项目 {len(one.projects)}、系统 {len(one.systems)}、表 {len(one.tables)}"
    )
    return "\n".join(lines)


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=FILES)
def check_files(files: tuple[Path, ...]) -> None:
    """检查 FILES：缺单位、缺时限、编号断、数对不上。

    Prints the findings for people. Exit code 1 if one of them is an error, 2 if a file can't be
    read.
    """
    code = 0
    for path in files:
        source, problems = load(path)
        if source is None:
            code = 2
            _tell(path, problems)
            continue
        compiled = compile_source(source)
        findings = (*problems, *compiled.findings)
        click.echo(f"{path.name}：" + (f"{len(findings)} 处" if findings else "没有发现疑点"))
        for finding in findings:
            click.echo(_finding_line(finding, source.text))
        if any(finding.severity == "error" for finding in findings):
            code = code or 1
    sys.exit(code)


def _finding_line(finding: Problem, text: str) -> str:
    where = ""
    if finding.spans:
        start, end = finding.spans[0]
        quote = "".join(text[start : min(end, start + 60)].split())[:40]
        where = f"\n        第 {text.count(chr(10), 0, start) + 1} 行：{quote}"
    return f"  [{SEVERITIES[finding.severity]}] {finding.message}（{finding.code}）{where}"
