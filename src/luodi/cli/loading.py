"""From a path to the JSON object of the contract; shared by single files and folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from luodi.common.ocr import recogniser
from luodi.kit.compiled import SCHEMA, Compiled, finding_json, to_json
from luodi.kit.problems import Problem
from luodi.kit.readers import Source, read

REASONS = {
    "FileNotFoundError": "找不到文件",
    "IsADirectoryError": "这是一个文件夹，不是文件（读整个文件夹请加 --out）",
    "PermissionError": "没有读这个文件的权限",
}


def unreadable(path: Path, trouble: OSError) -> Problem:
    """The sentence for a file that the system won't open."""
    reason = REASONS.get(type(trouble).__name__, "打不开文件")
    return Problem("source.unreadable", "error", f"{reason}：{path}")


def load(path: Path) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read one file; a file the system won't open is a problem like any other."""
    try:
        data = path.read_bytes()
    except OSError as trouble:
        return None, (unreadable(path, trouble),)
    return read(path.name, data, recognise=recogniser())


def compiled_json(compiled: Compiled, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The object of a file that was read; what the reader noted comes first."""
    findings = [finding_json(one) for one in (*problems, *compiled.findings)]
    return to_json(compiled) | {"findings": findings}


def unread_json(path: Path, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The object of a file that could not be read."""
    return {
        "schema": SCHEMA,
        "source": {"name": path.name, "sha256": None, "chars": 0},
        "documents": [],
        "findings": [finding_json(one) for one in problems],
    }
