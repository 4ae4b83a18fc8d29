"""Telling who comes next with a letter; once a day the rungs are looked at and letters drafted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.keys import split_subject, subject_key
from luodi.common.moments import Moment
from luodi.jobs.actions import tell
from luodi.jobs.signals import ticked
from luodi.orgs.choices import Role
from luodi.orgs.queries import handlers_of, people_of_city, people_with

from ..actions import draft_by_rules, remind_of_letters
from ..models import LetterState
from ..queries.letters import rows_from

CLOCK = "system:clock"
FROM_HOUR = 8
"""Nobody is told, and nothing drafted, before eight in the morning."""

TOLD: dict[str, tuple[str, Callable[[], str]]] = {
    "issue_letter": ("unit", lambda: _("请签收：%(number)s %(title)s")),
    "cancel_letter": ("unit", lambda: _("%(number)s %(title)s 已作废：%(why)s")),
    "sign_for_letter": ("office", lambda: _("%(unit)s已签收 %(number)s")),
    "write_answer": ("leader", lambda: _("回告待审签：%(number)s %(title)s")),
    "return_answer": ("unit", lambda: _("回告被退回：%(number)s。%(why)s")),
    "sign_answer": ("office", lambda: _("%(unit)s已回告 %(number)s")),
    "refuse_answer": ("unit", lambda: _("回告被退回：%(number)s。%(why)s")),
    "fail_recheck": ("unit", lambda: _("复查不合格，请限期再整改：%(number)s %(title)s")),
    "pass_recheck": ("unit", lambda: _("复查合格：%(number)s %(title)s")),
    "close_letter": ("unit", lambda: _("已办结：%(number)s %(title)s")),
    "report_rectification": ("office", lambda: _("%(unit)s报整改完成，请核实：%(number)s")),
    "send_back_rectification": ("unit", lambda: _("整改被退回：%(number)s。%(why)s")),
}
"""Who is told of which step, and in what words."""


@receiver(acted, dispatch_uid="supervision.letters")
def tell_about(sender: Any, act: Act, **kwargs: Any) -> None:
    """Put a step of a letter into the inboxes of those who come next."""
    if act.verb not in TOLD:
        return
    _kind, key = split_subject(act.subjects[0])
    states = LetterState.objects.open().filter(letter=key).select_related("letter__act")
    row = next(rows_from(states, Moment(act.at)))
    if act.verb == "cancel_letter" and row.state.issued_at is None:
        return
    to, words = TOLD[act.verb]
    said = {"unit": row.unit_name, "title": row.title[:80], "number": row.number, "why": act.why}
    people = _people(to, row.unit, row.state.letter.city)
    tell(
        people=[person for person in people if person != act.by],
        kind="letter",
        sentence=lambda: words() % said,
        subject=subject_key("letter", key),
        address=row.address,
        by="system:supervision",
        at=act.at,
        once=f"act:{act.position}",
    )


def _people(to: str, unit: str, city: str) -> list[str]:
    if to == "office":
        return people_of_city(city, [Role.OFFICE])
    return people_with(unit, [Role.LEADER_IN_CHARGE]) if to == "leader" else handlers_of(unit)


_looked_on: dict[str, date] = {}


@receiver(ticked, dispatch_uid="supervision.ladders")
def keep_ladders(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Once a day draft what the rungs ask for and remind of what is due.

    After a restart the day is walked again: what was drafted is covered, `once` tells nobody
    twice.
    """
    moment = Moment(at)
    if moment.local.hour < FROM_HOUR or _looked_on.get("") == moment.today:
        return
    draft_by_rules(by=CLOCK, at=at)
    remind_of_letters(by=CLOCK, at=at)
    _looked_on[""] = moment.today
