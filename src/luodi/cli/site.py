"""Starting Django for a command, and the site's databases."""

from __future__ import annotations

import importlib
import os
from pathlib import Path


def start(data: str | None = None) -> None:
    """Set Django up on a data folder (LUODI_DATA, else ./data); other commands never load it."""
    if data:
        os.environ["LUODI_DATA"] = str(Path(data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.config.settings")
    importlib.import_module("django").setup()
