"""The minute's tick opens the rounds of every body; signed minutes are told to who was called."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.keys import split_subject
from luodi.jobs.actions import tell
from luodi.jobs.signals import ticked
from luodi.orgs.queries import handlers_of
from luodi.papers.choices import PaperKind
from luodi.papers.models import PaperState
from luodi.papers.queries import readers_of

from ..actions import open_due_meetings

CLOCK = "system:clock"


@receiver(ticked, dispatch_uid="supervision.meetings")
def keep_meetings(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Open the rounds that have come; a second worker finds nothing to do."""
    open_due_meetings(by=CLOCK, at=at)


@receiver(acted, dispatch_uid="supervision.minutes")
def tell_minutes(sender: Any, act: Act, **kwargs: Any) -> None:
    """Tell the units that minutes go to that these were signed."""
    if act.verb != "sign_paper":
        return
    _kind, key = split_subject(act.subjects[0])
    state = PaperState.objects.open().select_related("paper").get(paper=key)
    if state.paper.kind != PaperKind.MINUTES:
        return
    people = [person for unit in readers_of(key) for person in handlers_of(unit)]
    tell(
        people=[person for person in people if person != act.by],
        kind="paper",
        sentence=lambda: _("会议纪要已签发：%(title)s") % {"title": state.title},
        subject=act.subjects[0],
        address=reverse("paper", args=[key]),
        by="system:supervision",
        at=act.at,
        once=f"act:{act.position}",
    )
