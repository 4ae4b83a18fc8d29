"""Once a day the milestones of agreements are looked at, and those concerned are told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from luodi.common.moments import Moment
from luodi.jobs.signals import ticked

from ..actions import remind_of_milestones

CLOCK = "system:clock"
FROM_HOUR = 8
"""Nobody is told before eight in the morning."""

_looked_on: dict[str, date] = {}


@receiver(ticked, dispatch_uid="projects.milestones")
def keep_milestones(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Tell of milestones once a day; after a restart `once` keeps anyone from being told twice."""
    moment = Moment(at)
    if moment.local.hour < FROM_HOUR or _looked_on.get("") == moment.today:
        return
    _looked_on[""] = moment.today
    remind_of_milestones(by=CLOCK, at=at)
