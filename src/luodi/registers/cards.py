"""What the registers show on an enterprise's page."""

from __future__ import annotations

from luodi.common.doors import Card
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from .queries import entries_of, entry_rows, rules_seen, rungs_of


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """The registers an enterprise stands on, and its ladder over the years."""
    rows = entry_rows(entries_of(viewer, moment).filter(about=key), moment)
    own = viewer.enterprise == key and not moment.is_past
    opens = rules_seen(viewer, moment).values() if own else ()
    context = {
        "rows": rows,
        "rungs": rungs_of(viewer, key, moment) if rows else [],
        "opens": [(rule, titled(rule)) for rule in opens if rule.opened_by_firm],
    }
    return Card("registers/card.html", context, 30)
