"""Turns of bulletins open by themselves; zones are told when one is issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.keys import split_subject
from luodi.jobs.signals import ticked

from ..actions import open_due_bulletins, tell_of_issue
from ..models.bulletins import SUBJECT

CLOCK = "system:clock"


@receiver(ticked, dispatch_uid="supervision.bulletins")
def keep_turns(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Open the turns that have come; a second worker finds nothing to do."""
    open_due_bulletins(by=CLOCK, at=at)


@receiver(acted, dispatch_uid="supervision.bulletins_issued")
def tell_of_issued(sender: Any, act: Act, **kwargs: Any) -> None:
    """A signed bulletin is to be signed for by every zone."""
    if act.verb != "sign_paper":
        return
    for subject in act.subjects:
        kind, key = split_subject(subject)
        if kind == SUBJECT:
            tell_of_issue(bulletin=key, by=act.by, at=act.at)
