"""What leaves supervision as a file."""

from .walls import write_wall

__all__ = ["write_wall"]
