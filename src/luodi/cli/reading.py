"""`luodi compile` and `luodi check`: files in, what they promise out. No database."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from luodi.cli.folders.running import Task, compile_folder
from luodi.cli.loading import compiled_json, load, unread_json
from luodi.kit.compiled import Compiled, Document, compile_source, verify
from luodi.kit.problems import Problem

FILES = click.Path(path_type=Path)


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
@click.option(
    "--out",
    type=FILES,
    help="读整个文件夹，结果写到这里 · read a folder into RESULTS.jsonl or a folder",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=None,
    help="--out：几个进程 · processes; one per core unless said",
)
@click.option(
    "--resume",
    is_flag=True,
    help="--out：接着做，改过的文件重读 · go on where a run stopped; changed files again",
)
@click.option(
    "--limit-seconds",
    "limit",
    type=click.FloatRange(1),
    default=300.0,
    show_default=True,
    help="--out：一个文件至多几秒 · the most a file may take",
)
def compile_files(
    files: tuple[Path, ...],
    form: str,
    only_text: bool,
    prove: bool,
    out: Path | None,
    jobs: int | None,
    resume: bool,
    limit: float,
) -> None:
    """读出 FILES 里的标题、措施、单位、时限、指标、专班。

    Reads plans and notices (txt, docx, xlsx, html, pdf, ofd). Exit code 2 if a file can't be read,
    1 if --verify finds a lost character.

    FOLDER --out RESULTS.jsonl 读整个文件夹：多进程，停了可接着做，坏文件不误其余。
    Reads a folder of any size in parallel; every result is verified.
    """
    if out is not None:
        root = _one_folder(files, only_text)
        sys.exit(compile_folder(Task(root, out, jobs or _cores(), limit, resume)))
    if jobs or resume:
        raise click.UsageError("--jobs 和 --resume 要与 --out 一起用。")
    sys.exit(_compile_each(files, form, only_text, prove))


def _one_folder(files: tuple[Path, ...], only_text: bool) -> Path:
    if len(files) != 1 or not files[0].is_dir():
        raise click.UsageError("--out 要配一个文件夹：luodi compile 文件夹 --out 结果.jsonl")
    if only_text:
        raise click.UsageError("--text 不能与 --out 一起用。")
    return files[0]


def _cores() -> int:
    """Cores this process may use."""
    able = getattr(os, "sched_getaffinity", None)
    return len(able(0)) if able else os.cpu_count() or 1


def _compile_each(files: tuple[Path, ...], form: str, only_text: bool, prove: bool) -> int:
    code = 0
    for path in files:
        source, problems = load(path)
        if source is None:
            code = 2
            _tell(path, problems)
            if form == "json" and not only_text:
                _print_json(unread_json(path, problems))
            continue
        if only_text:
            click.echo(source.text, nl=False)
            continue
        compiled = compile_source(source)
        if form == "json":
            _print_json(compiled_json(compiled, problems))
        else:
            click.echo(_for_people(compiled))
        if prove and (gone := verify(compiled, source)):
            code = max(code, 1)
            _tell(path, gone)
    return code


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
