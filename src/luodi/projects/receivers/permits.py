"""Once a day permits and gates are looked at, and those concerned are told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from luodi.common.moments import Moment
from luodi.jobs.signals import ticked

from ..actions import remind_of_gates, remind_of_permits
from .milestones import CLOCK, FROM_HOUR

_looked_on: dict[str, date] = {}


@receiver(ticked, dispatch_uid="projects.permits")
def keep_permits(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Tell once a day; after a restart `once` keeps anyone from being told twice."""
    moment = Moment(at)
    if moment.local.hour < FROM_HOUR or _looked_on.get("") == moment.today:
        return
    _looked_on[""] = moment.today
    remind_of_permits(by=CLOCK, at=at)
    remind_of_gates(by=CLOCK, at=at)
