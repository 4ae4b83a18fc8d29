"""Once a day the registers' keepers hear what comes to its end; entries follow a merger."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from luodi.audit.actions import Deed
from luodi.common.moments import Moment
from luodi.jobs.signals import ticked
from luodi.orgs.models import EnterpriseState
from luodi.orgs.queries import cities_in_force
from luodi.orgs.signals import enterprise_merged

from .actions import carry_entries, remind_of_entries

FROM_HOUR = 8
_told_on: dict[str, date] = {}


@receiver(ticked, dispatch_uid="registers.ends")
def tell_of_ends(sender: Any, at: datetime, **kwargs: Any) -> None:
    """Walk each city's registers once a day; `once` keeps anyone from being told twice."""
    moment = Moment(at)
    if moment.local.hour < FROM_HOUR:
        return
    for city in cities_in_force():
        if _told_on.get(city) != moment.today:
            remind_of_entries(city=city, by="system:registers", at=at)
            _told_on[city] = moment.today


@receiver(enterprise_merged, dispatch_uid="registers.merged")
def follow_mergers(
    sender: Any, deed: Deed, old: EnterpriseState, new: EnterpriseState, **kwargs: Any
) -> None:
    """Entries of a merged enterprise go on under the other, in the act of the merger."""
    carry_entries(deed=deed, firm=old.of_id, into=new.of_id)
