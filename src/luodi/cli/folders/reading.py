"""What a worker does with one file: bytes in, one line of the results out."""

from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import luodi.kit
from luodi.cli.folders.walking import Found
from luodi.cli.loading import compiled_json, unread_json, unreadable
from luodi.kit.compiled import compile_source, finding_json, verify
from luodi.kit.problems import Problem
from luodi.kit.readers import read

READ, REFUSED, FAILED = "read", "refused", "failed"
"""Read; refused for what it holds (and always will be); failed for a reason that may pass."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `line` is its JSON object in UTF-8 without the line break."""

    path: str
    state: str
    line: bytes
    message: str = ""
    chars: int = 0
    sha256: str = ""
    lost: int = 0


@cache
def compiler() -> str:
    """The version of what compiles, to a digest of its code: another compiler reads again."""
    digest = hashlib.sha256()
    home = Path(luodi.kit.__file__).parent
    for path in sorted(home.rglob("*.py")):
        digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version('luodi')}+{digest.hexdigest()[:12]}"


def read_file(root: Path, found: Found) -> Outcome:
    """Read, compile and verify one file. Never raises on what the file holds."""
    path = root / found.path
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            problem = Problem("source.special", "error", f"不是普通文件，没有读：{found.path}")
            return unread(found, REFUSED, problem)
        data = path.read_bytes()
    except OSError as trouble:
        return unread(found, FAILED, unreadable(Path(found.path), trouble))
    sha256 = hashlib.sha256(data).hexdigest()
    source, problems = read(path.name, data)
    if source is None:
        return unread(found, REFUSED, problems[0], sha256)
    compiled = compile_source(source)
    gone = verify(compiled, source)
    value = compiled_json(compiled, problems)
    value["findings"] += [finding_json(one) for one in gone]
    line = line_of(value, found, READ, sha256)
    return Outcome(found.path, READ, line, "", len(source.text), sha256, len(gone))


def unread(found: Found, state: str, problem: Problem, sha256: str = "") -> Outcome:
    """The line of a file that gave nothing, with the reason in words."""
    value = unread_json(Path(found.path), (problem,))
    line = line_of(value, found, state, sha256)
    return Outcome(found.path, state, line, problem.message, sha256=sha256)


def line_of(value: dict[str, Any], found: Found, state: str, sha256: str) -> bytes:
    """The object with `source.path` and `run`, by which a later run knows what is done.

    A lone surrogate, as a damaged file name holds, is written as its JSON escape.
    """
    value["source"] |= {"path": found.path}
    value["run"] = {
        "state": state,
        "size": found.size,
        "mtime_ns": found.mtime_ns,
        "sha256": sha256 or None,
        "compiler": compiler(),
    }
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
