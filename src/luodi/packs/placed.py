"""A rule and where it stands, and the rules of the packs below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luodi.packs.pack import Pack
from luodi.packs.problems import PackProblem
from luodi.packs.schemas import PackHead, RuleBase


@dataclass(frozen=True)
class Placed:
    """A rule and where it stands."""

    kind: str
    file: str
    line: int
    rule: RuleBase

    def problem(self, code: str, message: str) -> PackProblem:
        """A fault of this rule."""
        return PackProblem(self.file, self.line, code, message)


def rules_below(
    head: PackHead | None, elsewhere: Mapping[str, Pack], kind: str
) -> dict[str, RuleBase]:
    """The rules of one kind in the packs this one stands on, by key; the nearest pack wins."""
    seen: set[str] = set()
    waiting = list(head.stacks_over) if head else []
    found: dict[str, RuleBase] = {}
    while waiting:
        key = waiting.pop(0)
        if key in seen or key not in elsewhere:
            continue
        seen.add(key)
        found = {rule.key: rule for rule in elsewhere[key].rules.get(kind, ())} | found
        waiting += elsewhere[key].head.stacks_over
    return found
