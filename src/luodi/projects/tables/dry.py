"""Dry runs as tables: what would become of each line of a list that was brought."""

from __future__ import annotations

from collections.abc import Iterable

from luodi.common.tables import shown

from ..queries.layouts import Change


def changes_in_words(changes: Iterable[Change]) -> str:
    """Changes one after the other, each with what stands there now."""
    return "　".join(f"{one.label} {shown(one.before)} → {shown(one.after)}" for one in changes)
