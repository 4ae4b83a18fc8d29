"""Rounds of the bodies' calendars, opened by the clock with their agendas."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict
from luodi.jobs.actions import tell
from luodi.kit.calendars import Schedule
from luodi.orgs.choices import Role
from luodi.orgs.queries import cities_in_force, people_of_city, rulebook
from luodi.packs.schemas import CadenceRule
from luodi.plans.rules.rhythm import Rhythm, due_turns

from ..models import Meeting, MeetingState
from ..queries.agenda import draft_agenda
from ..queries.bodies import bodies_of
from ..queries.meetings import title_of
from ..rules.calendars import HELD, Body, rhythm_of
from .agendas import write_agenda


def open_due_meetings(*, by: str, at: datetime) -> int:
    """Open every round of every body that should be open by now; missed ones too.

    Nothing opens before the body was there. Doing it twice, or by two workers at once, opens
    nothing twice. Returns how many were opened.
    """
    moment, opened = Moment(at), 0
    for city in cities_in_force():
        known, book = _known(city), rulebook([city], moment)
        for body in bodies_of(city, moment):
            for rule in (one for one in body.rules if one.what in HELD):
                first, last = body.lasts(rule)
                rhythm = rhythm_of(book.of_unit(city, body.zone), rule)
                for turn in due_turns(rhythm, first, moment.today):
                    if (body.zone, rule.key, turn.period.key) in known:
                        continue
                    if turn.opens_on <= last:
                        opened += _open(city, body, rule, rhythm, turn, by, at)
    return opened


def _known(city: str) -> set[tuple[str, str, str]]:
    """The turns that were opened already: zone ('' for the city's bodies), rule and period."""
    rows = Meeting.objects.filter(city=city).exclude(cadence="")
    return set(rows.values_list("zone", "cadence", "period"))


def _open(
    city: str, body: Body, rule: CadenceRule, rhythm: Rhythm, turn: Schedule, by: str, at: datetime
) -> bool:
    """Open one round with its agenda; False where another worker was first."""
    meeting = Meeting(
        key=new_key(),
        city=city,
        zone=body.zone,
        unit=body.zone,
        kind=rule.what,
        body=body.kind,
        organ=body.name,
        cadence=rule.key,
        period=turn.period.key,
        rule=rhythm.record() | {"provisional": turn.provisional},
    )
    topics = draft_agenda(city, body.name, body.zone, Moment(at))
    payload = {
        "kind": meeting.kind,
        "organ": meeting.organ,
        "period": meeting.period,
        "due_on": turn.due_on.isoformat(),
        "topics": len(topics),
    }
    scope = {"city": city, "zone": body.zone, "unit": body.zone}
    try:
        with perform(
            "open_meeting",
            by=by,
            at=at,
            subjects=[subject_key("meeting", meeting.key)],
            scope=scope,
            payload=payload,
        ) as deed:
            deed.write(meeting)
            deed.write(
                MeetingState(
                    meeting_id=meeting.key,
                    stage="planned",
                    title=title_of(body.name, turn.period.key, rule.title),
                    due_on=turn.due_on,
                )
            )
            write_agenda(deed=deed, meeting=meeting, topics=topics)
    except Conflict:
        return False
    tell(
        people=people_of_city(city, [Role.OFFICE]),
        kind="meeting",
        sentence=partial(_opened, body, turn, rule, len(topics)),
        subject=subject_key("meeting", meeting.key),
        address=f"/supervision/meetings/{meeting.key}/",
        by=by,
        at=at,
        once=f"meeting:{meeting.key}",
    )
    return True


def _opened(body: Body, turn: Schedule, rule: CadenceRule, topics: int) -> str:
    return _("%(title)s已开启，议题 %(n)s 项，应于 %(due)s 前召开") % {
        "title": title_of(body.name, turn.period.key, rule.title),
        "n": topics,
        "due": turn.due_on.isoformat(),
    }
