"""What the registers show on an enterprise's page."""

from __future__ import annotations

from luodi.common.doors import Card
from luodi.common.languages import titled
from luodi.common.moments import Moment
from luodi.orgs.queries import enterprise_for
from luodi.orgs.rules import Viewer, keeps_enterprises

from .queries import entries_of, entry_rows, rules_seen, rungs_of


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """The registers an enterprise stands on, and its ladder over the years."""
    rows = entry_rows(entries_of(viewer, moment).filter(about=key), moment)
    own = viewer.enterprise == key and not moment.is_past
    opens = rules_seen(viewer, moment).values() if own else ()
    context = {
        "rows": rows,
        "rungs": rungs_of(viewer, key, moment) if rows else [],
        "merges": bool(rows) and _may_merge(key, viewer, moment),
        "key": key,
        "opens": [(rule, titled(rule)) for rule in opens if rule.opened_by_firm],
    }
    return Card("registers/card.html", context, 30)


def _may_merge(key: str, viewer: Viewer, moment: Moment) -> bool:
    """Whether the viewer may say that the enterprise was merged into another."""
    if viewer.enterprise or moment.is_past:
        return False
    return keeps_enterprises(viewer, enterprise_for(viewer, key, moment).unit)
