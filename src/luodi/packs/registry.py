"""Which kind of pack file is checked by which schema; the module that owns a kind registers it."""

from __future__ import annotations

from luodi.packs.schemas import OWN_KINDS, RuleBase

LATER_KINDS = frozenset({"policies", "flows"})
"""Kinds that belong to modules above; without their owner they are kept but not checked."""

_schemas: dict[str, type[RuleBase]] = dict(OWN_KINDS)


def register_schema(kind: str, model: type[RuleBase]) -> None:
    """Give a kind its schema. Twice the same is fine; two schemas for one kind is ValueError."""
    if _schemas.setdefault(kind, model) is not model:
        raise ValueError(f"the pack kind {kind} already has a schema")


def schema_for(kind: str) -> type[RuleBase] | None:
    """The schema of a kind, if its owner is loaded."""
    return _schemas.get(kind)


def known_kinds() -> tuple[str, ...]:
    """Every kind of file a pack may hold."""
    return tuple(sorted(_schemas.keys() | LATER_KINDS))
