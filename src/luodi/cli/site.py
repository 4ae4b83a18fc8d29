"""Starting Django for a command, and the site's databases."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any


def start(data: str | None = None) -> None:
    """Set Django up on a data folder (LUODI_DATA, else ./data); other commands never load it."""
    if data:
        os.environ["LUODI_DATA"] = str(Path(data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    importlib.import_module("django").setup()


def alone(what: Callable[..., Any], *given: Any) -> Any:
    """What a function gives in a process of its own: Django is set up on one folder only once."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(what, *given).result()
