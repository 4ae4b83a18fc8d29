"""Lists of supervision."""

from .bulletins import (
    bulletins_table,
    cells_table,
    moved_table,
)
from .exemptions import (
    exemptions_table,
)
from .letters import (
    letter_counts_table,
    letters_table,
)
from .ratings import (
    ratings_table,
)
from .standings import (
    lit_table,
    standings_table,
)

__all__ = [
    "bulletins_table",
    "cells_table",
    "exemptions_table",
    "letter_counts_table",
    "letters_table",
    "lit_table",
    "moved_table",
    "ratings_table",
    "standings_table",
]
