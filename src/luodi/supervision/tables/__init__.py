"""Lists of supervision."""

from .exemptions import (
    exemptions_table,
)
from .letters import (
    letter_counts_table,
    letters_table,
)
from .standings import (
    lit_table,
    standings_table,
)

__all__ = [
    "exemptions_table",
    "letter_counts_table",
    "letters_table",
    "lit_table",
    "standings_table",
]
