"""A pack, and packs stacked: the narrower one's rule replaces the wider one's of the same key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from luodi.packs.registry import schema_for
from luodi.packs.schemas import PackHead, RuleBase

R = TypeVar("R", bound=RuleBase)
Rules = Mapping[str, tuple[RuleBase, ...]]
Content = Mapping[str, Any]

LEVELS = ("state", "province", "city", "county", "zone", "sector")
"""From the widest to the narrowest; a sector's pack stands beside them and goes last."""

OWN_LEVELS = frozenset({"county", "zone", "sector"})
"""Levels of packs that a zone may put over its city's."""


@dataclass(frozen=True)
class Pack:
    """One folder's content; `loose` holds kinds whose owner was not loaded, as plain data."""

    head: PackHead
    rules: Rules
    loose: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The pack's key."""
        return self.head.key

    def content(self) -> dict[str, Any]:
        """Plain data that `Pack.from_content` reads back: what a stored version holds."""
        kinds = {
            kind: [rule.model_dump(mode="json", by_alias=True) for rule in rules]
            for kind, rules in self.rules.items()
        }
        head = self.head.model_dump(mode="json")
        return {"head": head, "rules": kinds, "loose": dict(self.loose)}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Pack:
        """The pack a stored version holds; a kind without its owner's schema becomes loose."""
        rules: dict[str, tuple[RuleBase, ...]] = {}
        loose = dict(content["loose"])
        for kind, items in content["rules"].items():
            model = schema_for(kind)
            if model is None:
                loose[kind] = items
            else:
                rules[kind] = tuple(model.model_validate(item) for item in items)
        return cls(PackHead.model_validate(content["head"]), rules, loose)

    @cached_property
    def digest(self) -> str:
        """sha256 of the content: same meaning, same digest, whatever the layout of the files."""
        text = json.dumps(self.content(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Stack:
    """Packs from the widest to the narrowest, read as one."""

    packs: tuple[Pack, ...]

    @property
    def key(self) -> str:
        """The key of the narrowest pack."""
        return self.packs[-1].key

    @cached_property
    def digest(self) -> str:
        """sha256 over the digests, in order."""
        return hashlib.sha256(" ".join(p.digest for p in self.packs).encode()).hexdigest()

    def content(self) -> list[dict[str, Any]]:
        """Plain data of all its packs, widest first: what a stored edition holds."""
        return [pack.content() for pack in self.packs]

    @classmethod
    def from_content(cls, content: Sequence[Mapping[str, Any]]) -> Stack:
        """The stack a stored edition holds."""
        return cls(tuple(Pack.from_content(part) for part in content))

    def all(self, kind: str, model: type[R], on: date | None = None) -> tuple[R, ...]:
        """The rules of a kind, those in force on a day if one is named.

        All versions of a rule in a narrower pack replace all versions in a wider one.
        """
        merged: dict[tuple[Any, ...], list[R]] = {}
        for pack in self.packs:
            found: dict[tuple[Any, ...], list[R]] = {}
            for rule in pack.rules.get(kind, ()):
                if isinstance(rule, model):
                    found.setdefault(rule.identity(), []).append(rule)
            merged.update(found)
        rules = (rule for versions in merged.values() for rule in versions)
        return tuple(rule for rule in rules if on is None or rule.holds_on(on))

    def one(self, kind: str, model: type[R], key: str, on: date) -> R | None:
        """The rule of that key in force on the day."""
        return next((rule for rule in self.all(kind, model, on) if rule.key == key), None)

    def origin(self, kind: str, key: str) -> str | None:
        """The key of the pack a rule comes from."""
        for pack in reversed(self.packs):
            if any(rule.key == key for rule in pack.rules.get(kind, ())):
                return pack.key
        return None


def stack(packs: Sequence[Pack]) -> Stack:
    """Stack packs, the widest first."""
    return Stack(tuple(packs))


def own_packs(content: Sequence[Content], wider: Sequence[Content]) -> list[Content]:
    """The packs of a narrower stack that the wider one does not hold: what is its own."""
    there = {part["head"]["key"] for part in wider}
    return [part for part in content if part["head"]["key"] not in there]


def stacked_over(wider: Sequence[Content], own: Sequence[Content]) -> list[Content]:
    """Contents of a zone's own packs put over those of its city, the widest first."""
    both = [*wider, *own_packs(own, wider)]
    return sorted(both, key=lambda part: LEVELS.index(part["head"]["level"]))


def missing_below(own: Sequence[Content], content: Sequence[Content]) -> list[str]:
    """Keys of the packs that some packs stand on and that the whole stack does not hold."""
    there = {part["head"]["key"] for part in content}
    wanted = (key for part in own for key in part["head"]["stacks_over"])
    return sorted(set(wanted) - there)
