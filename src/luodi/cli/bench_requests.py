"""The bench of requests: the desk and the month of many requests against bare views."""

from __future__ import annotations

import importlib
import os
import tempfile
from typing import TYPE_CHECKING

from luodi.cli.site import alone, start

if TYPE_CHECKING:
    from luodi.cli.bench import Figure


def figures(quick: bool) -> list[Figure]:
    """Measure on a database made for this run and thrown away with its folder."""
    os.environ.pop("LUODI_DATABASE", None)
    os.environ["LUODI_JOBS"] = "inline"
    with tempfile.TemporaryDirectory(prefix="luodi-bench-") as folder:
        found: list[Figure] = alone(_measure, folder, quick)
    return found


def _measure(folder: str, quick: bool) -> list[Figure]:
    start(folder)
    found: list[Figure] = importlib.import_module("luodi.cli.requests_site").measure(quick)
    return found
