"""The assessment bench: each part measures by itself."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

PARTS = ["luodi.cli.bench_schemes", "luodi.cli.bench_grading"]
"""Modules with `measure(quick)`, run one after the other."""


def figures(quick: bool) -> list[Figure]:
    """Everything that is measured about scores and grades."""
    return [one for name in PARTS for one in importlib.import_module(name).measure(quick)]
