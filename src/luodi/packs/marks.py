"""YAML in, plain values out, with the line of every node.

Only text, whole numbers, true/false and null are told apart: dates and times stay text for the
schema to read, so that 14:30 is not 870 and `no` is not false. No tags, no anchors of classes.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from luodi.packs.problems import PackProblem

Path = tuple[str | int, ...]
Lines = dict[Path, int]
_LARGEST = 2_000_000
_DEEPEST = 20


class _Plain(yaml.SafeLoader):
    """Resolves the few plain types only."""


_Plain.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _Plain.add_implicit_resolver(_tag, re.compile(_form), list(_first))


def read_yaml(text: str, file: str) -> tuple[Any, Lines, list[PackProblem]]:
    """The document, the line of every node by its path, and what is wrong with the text."""
    if len(text) > _LARGEST:
        return None, {}, [PackProblem(file, 0, "yaml.too_large", "文件过大")]
    try:
        node = yaml.compose(text, Loader=_Plain)
    except (yaml.YAMLError, RecursionError) as error:
        return None, {}, [_syntax(error, file)]
    if node is None:
        return None, {}, [PackProblem(file, 0, "yaml.empty", "文件是空的")]
    walk = _Walk(file)
    return walk.value(node, ()), walk.lines, walk.problems


def _syntax(error: Exception, file: str) -> PackProblem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    return PackProblem(file, line, "yaml.syntax", f"不是有效的 YAML：{what}")


class _Walk:
    """Turns nodes into values and keeps their lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: Lines = {}
        self.problems: list[PackProblem] = []

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines[path] = line = node.start_mark.line + 1
        if len(path) > _DEEPEST:
            self._report(line, "yaml.too_deep", "层次过深")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in result:
                self._report(line, "yaml.twice", f"“{key}”写了两次")
            result[key] = self.value(child, (*path, key))
            self.lines[(*path, key)] = line
        return result

    def _scalar(self, node: yaml.Node) -> Any:
        if node.tag.endswith(":int"):
            return int(node.value)
        if node.tag.endswith(":bool"):
            return node.value == "true"
        if node.tag.endswith(":null"):
            return None
        if not node.tag.endswith(":str"):
            line = node.start_mark.line + 1
            self._report(line, "yaml.tag", f"不接受标签 {node.tag}")
        return node.value

    def _report(self, line: int, code: str, message: str) -> None:
        self.problems.append(PackProblem(self.file, line, code, message))


def line_of(lines: Lines, path: Path) -> int:
    """The line of the node, or of the nearest one above it."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 0)
