"""The statistics bench: batches handed in, queries, national scale."""

from __future__ import annotations

import importlib
import os
import tempfile
from typing import TYPE_CHECKING

from luodi.cli.site import start

if TYPE_CHECKING:
    from luodi.cli.bench import Figure

PARTS = (
    "luodi.cli.statistics_site",
    "luodi.cli.statistics_queries",
    "luodi.cli.bench_national",
)
"""Modules with `measure(quick)`, run one after the other on the same site."""


def figures(quick: bool) -> list[Figure]:
    """Measure on a database made for this run and thrown away with its folder."""
    os.environ.pop("LUODI_DATABASE", None)
    os.environ["LUODI_JOBS"] = "inline"
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="luodi-bench-") as folder:
        start(folder)
        for name in PARTS:
            found += importlib.import_module(name).measure(quick)
    return found
