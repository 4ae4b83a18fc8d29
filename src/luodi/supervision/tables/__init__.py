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
from .meetings import (
    decisions_table,
    instructions_table,
    meetings_table,
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
    "decisions_table",
    "exemptions_table",
    "instructions_table",
    "letter_counts_table",
    "letters_table",
    "lit_table",
    "meetings_table",
    "moved_table",
    "ratings_table",
    "standings_table",
]
