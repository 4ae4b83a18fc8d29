"""How many people try everything: all of them at full size, a few of them otherwise.

At small size one of them does on PostgreSQL: who may see what is decided above the database.
"""

from __future__ import annotations

import os

LARGE = os.environ.get("LUODI_TEST_SIZE") == "full"


def people(everyone: list[str], few: list[str]) -> list[str]:
    """Those who try in this run."""
    if LARGE:
        return everyone
    return few[:1] if os.environ.get("LUODI_DATABASE") else few
