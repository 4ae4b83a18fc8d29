"""The clock of a permit stopped and set going again."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound
from luodi.packs import work_calendar

from ..models import ProjectPermit
from ..queries import hold_for_permits
from ..queries.permit_forecast import known_of
from ..queries.permits import permits_at
from ..rules.permits import Stretch, check_pause, due_of


def stop_or_start_clock(
    *, project: str, permit: str, by: str, at: datetime, day: date | None = None, why: str = ""
) -> bool:
    """Stop the clock of a permit that is taken in, or set a stopped one going; whether it runs.

    Its due instant is computed anew, by the rule and holidays of today.
    """
    (held, _agent), moment = hold_for_permits(project, by), Moment(at)
    there = ProjectPermit.objects.open().filter(project=project, permit=permit).first()
    known = known_of(there) if there else None
    day = day or moment.today
    check_pause(known, day, moment.today, why)
    assert there is not None and known is not None and known.taken_in_on is not None
    rules = permits_at(held.rules(moment), moment)
    rule = next((rule for rule in rules if rule.key == permit), None)
    if rule is None:
        raise NotFound(_("规则里已经没有这项手续，不能重新计时。"))
    pauses = _with(known.pauses, day, why.strip(), stopped=bool(known.paused))
    calendar = work_calendar(held.rules(moment))
    due_at, working = due_of(rule, known.taken_in_on, calendar, pauses)
    payload = {
        "title": rule.title,
        "title_en": rule.title_en,
        "runs": bool(known.paused),
        "happened_on": day.isoformat(),
    }
    with perform(
        "stop_or_start_clock",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload=payload,
        why=why.strip(),
    ) as deed:
        deed.replace(there, due_at=due_at, working=working, pauses=_plain(pauses))
    return bool(known.paused)


def _with(
    pauses: tuple[Stretch, ...], day: date, why: str, *, stopped: bool
) -> tuple[Stretch, ...]:
    """The pauses with a new one, or with the last one ended."""
    if not stopped:
        return (*pauses, (day, None, why))
    since, _until, said = pauses[-1]
    return (*pauses[:-1], (since, day, said))


def _plain(pauses: tuple[Stretch, ...]) -> list[list[str | None]]:
    return [[a.isoformat(), b.isoformat() if b else None, why] for a, b, why in pauses]
