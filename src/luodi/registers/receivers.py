"""Once a day the registers' keepers hear what comes to its end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from luodi.common.moments import Moment
from luodi.jobs.signals import ticked
from luodi.orgs.models import PackEdition

from .actions import remind_of_entries

FROM_HOUR = 8
_told_on: dict[str, date] = {}


@receiver(ticked, dispatch_uid="registers.ends")
def tell_of_ends(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Walk each city's registers once a day; `once` keeps anyone from being told twice."""
    moment = Moment(at)
    if moment.local.hour < FROM_HOUR:
        return
    for city in PackEdition.objects.open().values_list("city", flat=True):
        if _told_on.get(city) != moment.today:
            remind_of_entries(city=city, by="system:registers", at=at)
            _told_on[city] = moment.today
