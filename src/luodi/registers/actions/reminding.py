"""Telling those who keep a register what comes to its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.urls import reverse

from luodi.common.keys import subject_key
from luodi.common.languages import aside, by_language, headed, language
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.kit.refusals import Lang
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
    rows = by_language(lambda: {row.key: row for row in entry_rows(states.values(), moment)})
    for row in rows[language()].values():
        if row.light in PRESSING:
            ends = row.until_on or row.due_at
            lent = handlers_of(states[row.key].referred_to) if row.waits else []
            tell(
                people=[*handlers_of(homes[row.key]), *lent],
                kind="register",
                sentence=partial(_sentence, row.key, rows),
                subject=subject_key("register_entry", row.key),
                address=reverse("register_entry", args=[row.key]),
                by=by,
                at=at,
                once=f"register:{row.key}:{row.light}:{ends}",
            )


def _sentence(key: str, rows: Mapping[Lang, Mapping[str, EntryRow]]) -> str:
    row = rows[language()][key]
    return headed(aside(row.title, row.register_title), row.why)
