"""Grading of 10,000 enterprises, from the record to the record; and the plain way beside it."""

from __future__ import annotations

import importlib
import os
import tempfile
from typing import TYPE_CHECKING

from luodi.cli.site import start

if TYPE_CHECKING:
    from luodi.cli.bench import Figure


def measure(quick: bool) -> list[Figure]:
    """10,000 firms either way; `quick` only does it fewer times and the plain way on a part."""
    os.environ.pop("LUODI_DATABASE", None)
    os.environ["LUODI_JOBS"] = "inline"
    with tempfile.TemporaryDirectory(prefix="luodi-bench-") as folder:
        start(folder)
        found: list[Figure] = importlib.import_module("luodi.cli.grading_site").measure(quick)
    return found
