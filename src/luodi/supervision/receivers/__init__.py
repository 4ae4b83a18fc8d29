"""What supervision does when others act, and on the minute's tick."""

from . import (
    bulletins,
)
from . import (
    letters as letters,
)

__all__ = ["bulletins"]
