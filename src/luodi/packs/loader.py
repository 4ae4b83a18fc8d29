"""A folder of YAML into a pack, or everything that is wrong with it, with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from luodi.kit.problems import storage_trouble
from luodi.packs.crosscheck import cross_check
from luodi.packs.marks import Lines, line_of, read_yaml
from luodi.packs.pack import Pack
from luodi.packs.placed import Placed
from luodi.packs.problems import PackProblem, sentence
from luodi.packs.registry import known_kinds, schema_for
from luodi.packs.schemas import PackHead, RuleBase

HEAD = "pack.yaml"
Problems = list[PackProblem]
M = TypeVar("M", bound=BaseModel)


def load(folder: Path, elsewhere: Mapping[str, Pack] | None = None) -> tuple[Pack | None, Problems]:
    """Read one pack folder. The pack is None where any problem is an error.

    `elsewhere` gives the packs it may stack over, so that keys defined there are known.
    """
    problems: Problems = []
    if not folder.is_dir():
        return None, [PackProblem(str(folder), 0, "pack.no_folder", "找不到这个文件夹")]
    head = _head(folder, problems)
    placed: list[Placed] = []
    loose: dict[str, Any] = {}
    for path in _files(folder, problems):
        placed += _file(path, loose, problems)
    problems += cross_check(head, placed, elsewhere or {})
    problems.sort()
    if head is None or any(problem.severity == "error" for problem in problems):
        return None, problems
    return Pack(head, _by_kind(placed), loose), problems


def _by_kind(placed: list[Placed]) -> dict[str, tuple[RuleBase, ...]]:
    kinds: dict[str, list[RuleBase]] = {}
    for item in placed:
        kinds.setdefault(item.kind, []).append(item.rule)
    return {kind: tuple(rules) for kind, rules in sorted(kinds.items())}


def _files(folder: Path, problems: Problems) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name == HEAD or path.name.startswith((".", "README")):
            continue
        if path.suffix == ".yaml" and path.stem in known_kinds():
            yield path
        else:
            known = "、".join(known_kinds())
            message = f"不认识的文件；可用的种类：{known}"
            problems.append(PackProblem(path.name, 0, "pack.unknown_file", message))


def _read(path: Path, problems: Problems) -> tuple[Any, Lines]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        problems.append(PackProblem(path.name, 0, "yaml.encoding", "文件不是 UTF-8 编码"))
        return None, {}
    except OSError as error:
        said = f"无法读取：{storage_trouble(error)}"
        problems.append(PackProblem(path.name, 0, "yaml.unreadable", said))
        return None, {}
    data, lines, found = read_yaml(text, path.name)
    problems += found
    return data, lines


def _head(folder: Path, problems: Problems) -> PackHead | None:
    path = folder / HEAD
    if not path.is_file():
        problems.append(PackProblem(HEAD, 0, "pack.no_head", "缺少 pack.yaml"))
        return None
    data, lines = _read(path, problems)
    return _checked(PackHead, data, path.name, lines, (), problems) if lines else None


def _file(path: Path, loose: dict[str, Any], problems: Problems) -> Iterator[Placed]:
    data, lines = _read(path, problems)
    if not lines:
        return
    model = schema_for(path.stem)
    if model is None:
        loose[path.stem] = data
        message = "此类文件由尚未载入的模块负责，未作检查"
        problems.append(PackProblem(path.name, 0, "pack.unchecked", message, "warning"))
        return
    defaults, rules = _shape(path.name, data, lines, problems)
    for i, item in enumerate(rules):
        where = ("rules", i)
        full = {**defaults, **item} if isinstance(item, dict) else item
        rule = _checked(model, full, path.name, lines, where, problems)
        if rule is not None:
            yield Placed(path.stem, path.name, line_of(lines, where), rule)


def _shape(
    file: str, data: Any, lines: Lines, problems: Problems
) -> tuple[dict[str, Any], list[Any]]:
    if not isinstance(data, dict) or not isinstance(data.get("rules"), list):
        problems.append(PackProblem(file, 1, "pack.shape", "文件应含 rules 列表"))
        return {}, []
    for key in data.keys() - {"defaults", "rules"}:
        line = line_of(lines, (key,))
        problems.append(PackProblem(file, line, "pack.shape", f"不认识的项“{key}”"))
    defaults = data.get("defaults", {})
    if not isinstance(defaults, dict):
        line = line_of(lines, ("defaults",))
        problems.append(PackProblem(file, line, "pack.shape", "defaults 应为键值对"))
        return {}, data["rules"]
    return defaults, data["rules"]


def _checked(
    model: type[M], data: Any, file: str, lines: Lines, where: tuple[Any, ...], problems: Problems
) -> M | None:
    try:
        return model.model_validate(data)
    except ValidationError as found:
        for error in found.errors():
            path = (*where, *error["loc"])
            field = ".".join(str(part) for part in error["loc"]) or "这一条"
            line = _line(lines, path, where)
            problems.append(
                PackProblem(file, line, f"schema.{error['type']}", sentence(error, field))
            )
    return None


def _line(lines: Lines, path: tuple[Any, ...], where: tuple[Any, ...]) -> int:
    """Where the fault stands: in the rule itself, or in the file's defaults."""
    inherited = ("defaults", *path[len(where) :])
    if path not in lines and len(path) > len(where) and inherited[:2] in lines:
        return line_of(lines, inherited)
    return line_of(lines, path)
