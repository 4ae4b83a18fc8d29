"""Once a day, telling who has to give a lead its first answer that the time is near or over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.languages import Spoken, by_language, language
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.jobs.signals import ticked
from luodi.kit.refusals import Lang
from luodi.orgs.choices import Role
from luodi.orgs.queries import cities_in_force, handlers_of, people_of_city

from ..queries import PRESSING, Row, leads_waiting_in

FROM_HOUR = 8
"""Nobody is told before eight in the morning."""

CLOCK = "system:projects"

_told_on: dict[str, date] = {}


@receiver(ticked, dispatch_uid="projects.answers")
def tell_answers(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Once a day and city; after a restart the day is walked again, and `once` tells nobody
    twice."""
    moment = Moment(at)
    if moment.local.hour < FROM_HOUR:
        return
    for city in cities_in_force():
        if _told_on.get(city) != moment.today:
            _told_on[city] = moment.today
            tell_answers_of(city, moment)


def tell_answers_of(city: str, moment: Moment) -> None:
    """Tell the leading units of one city about their leads, and the office how many are late."""
    rows = [row for row in leads_waiting_in(city, moment) if row.light[0] in PRESSING]
    whys = by_language(lambda: {row.key: row.light[1] for row in leads_waiting_in(city, moment)})
    for row in rows:
        people = handlers_of(row.lead_unit)
        once = f"answer:{row.key}:{moment.today.isoformat()}"
        _say(
            people,
            partial(_sentence, row, whys),
            reverse("project", args=[row.key]),
            moment,
            once,
            row.key,
        )
    late = sum(row.light[0] == "red" for row in rows)
    if late:
        _say(
            people_of_city(city, [Role.OFFICE]),
            lambda: _("%(n)s 条线索已超过首次答复时限，尚未答复") % {"n": late},
            f"{reverse('projects_leads')}?sort=answer",
            moment,
            f"answers:{city}:{moment.today.isoformat()}",
        )


def _sentence(row: Row, whys: Mapping[Lang, Mapping[str, str]]) -> str:
    words = {"name": row.name, "why": whys[language()][row.key]}
    return _("线索待首次答复：%(name)s。%(why)s") % words


def _say(
    people: list[str],
    sentence: Spoken,
    address: str,
    moment: Moment,
    once: str,
    key: str = "",
) -> None:
    tell(
        people=people,
        kind="project",
        sentence=sentence,
        subject=subject_key("project", key) if key else "",
        address=address,
        by=CLOCK,
        at=moment.at,
        once=once,
    )
