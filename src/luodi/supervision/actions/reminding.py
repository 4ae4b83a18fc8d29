"""Telling units before and after a letter's answer or rectification is due."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.orgs.choices import Role
from luodi.orgs.queries import cities_in_force, handlers_of, people_of_city, people_with
from luodi.orgs.rules import whole_city

from ..queries import LetterRow, letters


def remind_of_letters(*, by: str, at: datetime) -> int:
    """Tell units of letters that are near their time or over it, once for each light of a letter;
    the office and the unit's leader too once it is over. Returns how many were told now.
    """
    told, moment = 0, Moment(at)
    for city in cities_in_force():
        for row in letters(whole_city(city), moment):
            if row.light in ("red", "yellow"):
                told += _remind(row, city, by, at)
    return told


def _remind(row: LetterRow, city: str, by: str, at: datetime) -> int:
    people = handlers_of(row.unit)
    if row.light == "red":
        leaders = people_with(row.unit, [Role.LEADER_IN_CHARGE])
        people = [*people, *leaders, *people_of_city(city, [Role.OFFICE])]

    def sentence() -> str:
        words = {"number": row.number, "title": row.title[:80], "why": row.why}
        return _("%(number)s %(title)s：%(why)s") % words

    return tell(
        people=people,
        kind="letter",
        sentence=sentence,
        subject=subject_key("letter", row.key),
        address=row.address,
        once=f"letter:{row.key}:{row.verdict.rule}:{row.due_on}",
        by=by,
        at=at,
    )
