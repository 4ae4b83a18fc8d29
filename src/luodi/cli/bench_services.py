"""The services bench: each part measures by itself."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

PARTS = (
    ("luodi.cli.bench_policies", "measure"),
    ("luodi.cli.bench_chain", "figures"),
    ("luodi.cli.bench_requests", "figures"),
    ("luodi.cli.bench_chain", "pages"),
)
"""Modules and their functions of `quick`, run one after the other; one that isn't there is none."""


def figures(quick: bool) -> list[Figure]:
    """Everything that is measured about services to enterprises."""
    return [
        one
        for name, function in PARTS
        if find_spec(name) is not None
        for one in getattr(importlib.import_module(name), function)(quick)
    ]
