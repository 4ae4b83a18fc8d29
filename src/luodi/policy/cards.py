"""What policies show on an enterprise's page."""

from __future__ import annotations

from luodi.common.doors import Card
from luodi.common.moments import Moment
from luodi.orgs.rules import Viewer

from .queries import claims, policies_for, tally


def card_of_enterprise(key: str, viewer: Viewer, moment: Moment) -> Card | None:
    """How many articles fit an enterprise, what is lacking by one thing, and its claims."""
    rows = policies_for(key, viewer, moment)
    made = claims(viewer, moment, enterprise=key)
    if not rows and not made:
        return None
    context = {
        "tally": tally(row.told.state for row in rows),
        "rows": [row for row in rows if row.told.state in ("fits", "near")],
        "claims": made,
        "key": key,
        "own": viewer.enterprise == key,
    }
    return Card("policy/card.html", context, 40)
