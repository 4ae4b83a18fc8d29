"""Telling those who keep a register what comes to its end."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.orgs.queries import handlers_of
from luodi.orgs.rules import whole_city

from ..queries import EntryRow, entries_of, entry_rows, homes_of_entries
from ..queries.duties import PRESSING


def remind_of_entries(*, city: str, by: str, at: datetime) -> None:
    """Tell the handlers of each entry's unit once when it turns yellow, and once when red.

    Those of the unit it was referred to as well, while it is theirs to go on.
    """
    moment = Moment(at)
    states = {s.entry_id: s for s in entries_of(whole_city(city), moment).filter(ended=False)}
    homes = homes_of_entries(states.values(), moment)
    for row in entry_rows(states.values(), moment):
        if row.light in PRESSING:
            ends = row.until_on or row.due_at
            lent = handlers_of(states[row.key].referred_to) if row.waits else []
            tell(
                people=[*handlers_of(homes[row.key]), *lent],
                kind="register",
                sentence=partial(_sentence, row),
                subject=subject_key("register_entry", row.key),
                address=reverse("register_entry", args=[row.key]),
                by=by,
                at=at,
                once=f"register:{row.key}:{row.light}:{ends}",
            )


def _sentence(row: EntryRow) -> str:
    words = {"name": row.title, "register": row.register_title, "why": row.why}
    return _("%(name)s（%(register)s）：%(why)s") % words
