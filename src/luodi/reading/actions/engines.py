"""Which engine reads: the version that is kept with what it made."""

from importlib.metadata import version

ENGINE = f"luodi {version('luodi')}"
