"""Once a day the registers' keepers hear what comes to its end; entries follow a merger."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.dispatch import receiver

from luodi.audit.models import Act
from luodi.audit.signals import acted
from luodi.common.keys import split_subject
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict
from luodi.jobs.signals import ticked
from luodi.orgs.queries import cities_in_force

from .actions import carry_entries, remind_of_entries

MERGED = "follow_merger"
"""The act by which a merged firm's requests went on under its successor: its entries follow."""
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


@receiver(acted, dispatch_uid="registers.merged")
def follow(sender: Any, act: Act, **kwargs: Any) -> None:
    """Where a firm's requests follow a merger, its entries do; those in the way stay."""
    if act.verb != MERGED:
        return
    subjects = [split_subject(subject) for subject in act.subjects]
    firms = [key for kind, key in subjects if kind == "enterprise"][:2]
    if len(firms) == 2:
        with suppress(Conflict):
            carry_entries(firm=firms[0], into=firms[1], why=act.why, by=act.by, at=act.at)
