"""Dense tables of projects, batches and money."""

from .agreements import agreements_table
from .batches import entries_table, rolled_table, stated_table
from .funding import funnel_table, special_table
from .gates import laggards_table
from .ledgers import ledger_lines, ledgers_table
from .maps import places_table
from .money import dry_table, exports_table, invested_sums, invested_table
from .pairs import pairs_table
from .pipeline import projects_table
from .problems import problems_table
from .stuck import stuck_table
from .tags import tags_table

__all__ = [
    "agreements_table",
    "dry_table",
    "entries_table",
    "exports_table",
    "funnel_table",
    "invested_sums",
    "invested_table",
    "laggards_table",
    "ledger_lines",
    "ledgers_table",
    "pairs_table",
    "places_table",
    "problems_table",
    "projects_table",
    "rolled_table",
    "special_table",
    "stated_table",
    "stuck_table",
    "tags_table",
]
