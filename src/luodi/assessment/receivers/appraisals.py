"""The minute's tick: those who are waited for are reminded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from luodi.jobs.signals import ticked

from ..actions import remind_of_appraisals

CLOCK = "system:clock"


@receiver(ticked, dispatch_uid="assessment.appraisals")
def remind(sender: Any, at: datetime, **kwargs: Any) -> None:
    """A second worker finds nobody left to remind."""
    remind_of_appraisals(by=CLOCK, at=at)
