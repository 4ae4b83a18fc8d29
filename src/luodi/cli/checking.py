"""`luodi check`: what a plan leaves open and where it contradicts itself, for people or as JSON."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from luodi.cli.loading import load, unread_json
from luodi.kit.compiled import Compiled, compile_source, finding_json
from luodi.kit.findings import Across, compare
from luodi.kit.problems import Problem, Span

FILES = click.Path(path_type=Path)
SEVERITIES = {"error": "错误", "warning": "注意", "info": "提示"}
_ENDS = "。！？\n"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read: its text, where its lines start, and what was found in it."""

    name: str
    text: str
    lines: Sequence[int]
    compiled: Compiled
    findings: Sequence[Problem]


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="json：每个文件一行 one object per line",
)
def check_files(files: tuple[Path, ...], form: str) -> None:
    """检查 FILES：数对不上、前后不一、缺单位、缺时限、编号和文字差错；几份文件之间也比较。

    Prints the findings for people, grave ones first, each with its place and sentence. Exit code 1
    if one of them is an error, 2 if a file can't be read.
    """
    unread = False
    checked: list[Checked] = []
    for path in files:
        source, problems = load(path)
        if source is None:
            unread = True
            _refuse(path, problems, form)
            continue
        compiled = compile_source(source)
        one = Checked(
            path.name,
            source.text,
            _line_starts(source.text),
            compiled,
            (*problems, *compiled.findings),
        )
        checked.append(one)
        click.echo(json.dumps(_json(one), ensure_ascii=False) if form == "json" else _report(one))
    across = compare([one.compiled for one in checked])
    if len(checked) > 1 or across:
        _tell_across(across, checked, form)
    grave = [problem for one in checked for problem in one.findings]
    grave += [one.problem for one in across]
    sys.exit(2 if unread else int(any(one.severity == "error" for one in grave)))


def _refuse(path: Path, problems: Sequence[Problem], form: str) -> None:
    for problem in problems:
        click.echo(f"{path.name}：{problem.message}", err=True)
    if form == "json":
        row = unread_json(path, tuple(problems))
        row = {key: row[key] for key in ("source", "findings")}
        click.echo(json.dumps(row, ensure_ascii=False))


def _line_starts(text: str) -> list[int]:
    starts = [0]
    place = text.find("\n")
    while place >= 0:
        starts.append(place + 1)
        place = text.find("\n", place + 1)
    return starts


def _place(one: Checked, at: int) -> tuple[int, int]:
    """Line and column, both from one."""
    line = bisect_right(one.lines, at)
    return line, at - one.lines[line - 1] + 1


def _json(one: Checked) -> dict[str, Any]:
    compiled = one.compiled
    return {
        "source": {"name": one.name, "sha256": compiled.sha256, "chars": compiled.size},
        "findings": [_with_line(problem, one) for problem in one.findings],
    }


def _with_line(problem: Problem, one: Checked) -> dict[str, Any]:
    row = finding_json(problem)
    if problem.spans:
        line, column = _place(one, problem.spans[0][0])
        row |= {"line": line, "column": column}
    return row


def _report(one: Checked) -> str:
    if not one.findings:
        return f"{one.name}：没有发现疑点"
    counts = "、".join(
        f"{SEVERITIES[grave]} {many}"
        for grave in SEVERITIES
        if (many := sum(1 for problem in one.findings if problem.severity == grave))
    )
    lines = [f"{one.name}：{len(one.findings)} 处（{counts}）"]
    for grave in SEVERITIES:
        lines += [_finding(problem, one) for problem in one.findings if problem.severity == grave]
    return "\n".join(lines)


def _finding(problem: Problem, one: Checked) -> str:
    head = f"  [{SEVERITIES[problem.severity]}] {problem.message}（{problem.code}）"
    return head + "".join(_where(one, span) for span in problem.spans[:1])


def _where(one: Checked, span: Span, name: str = "") -> str:
    line, column = _place(one, span[0])
    return f"\n        {name}第 {line} 行第 {column} 字：{_sentence(one.text, span)}"


def _sentence(text: str, span: Span) -> str:
    """The sentence around a place, cut to what fits a line."""
    start, end = span
    left = max(start - 60, 0, *(text.rfind(sign, max(0, start - 60), start) + 1 for sign in _ENDS))
    found = (text.find(sign, max(start, end - 1), end + 60) for sign in _ENDS)
    right = min((place + 1 for place in found if place >= 0), default=end + 40)
    return "".join(text[left : min(right, start + 120)].split())


def _tell_across(across: Sequence[Across], checked: Sequence[Checked], form: str) -> None:
    if form == "json":
        rows = [
            finding_json(one.problem)
            | {"places": [[checked[n].name, list(span)] for n, span in one.places]}
            for one in across
        ]
        click.echo(json.dumps({"source": None, "findings": rows}, ensure_ascii=False))
        return
    if not across:
        click.echo("几份文件之间：没有发现疑点")
        return
    click.echo(f"几份文件之间：{len(across)} 处")
    for one in across:
        problem = one.problem
        where = "".join(_where(checked[n], span, f"{checked[n].name} ") for n, span in one.places)
        click.echo(f"  [{SEVERITIES[problem.severity]}] {problem.message}（{problem.code}）{where}")
