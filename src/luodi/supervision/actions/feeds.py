"""The secret address of a person's calendar: made, and revoked."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.refusals import NotAllowed, NotFound
from luodi.orgs.queries import viewer_of_person
from luodi.orgs.rules import BUSINESS

from ..models import CalendarFeed
from ..rules.feeds import digest_of, new_token


def make_feed(*, by: str, at: datetime) -> str:
    """Make the secret of `by`'s own calendar address; one made before ends with it.

    Returns the secret, the only time it is ever seen: the act and the row hold a digest.
    """
    viewer = viewer_of_person(by)
    if not viewer.roles & BUSINESS:
        raise NotAllowed(_("您的岗位没有会议日历。"))
    token = new_token()
    scope = {"city": viewer.city, "unit": viewer.unit}
    before = CalendarFeed.objects.open().filter(person=by).first()
    with perform(
        "make_feed", by=by, at=at, subjects=[subject_key("person", by)], scope=scope
    ) as deed:
        if before is not None:
            deed.close(before)
        deed.write(CalendarFeed(person_id=by, digest=digest_of(token), **scope))
    return token


def revoke_feed(*, by: str, at: datetime) -> None:
    """End the address of `by`'s own calendar: from now on nobody reads it there."""
    row = CalendarFeed.objects.open().filter(person=by).first()
    if row is None:
        raise NotFound(_("您没有日历订阅地址。"))
    scope = {"city": row.city, "unit": row.unit}
    with perform(
        "revoke_feed", by=by, at=at, subjects=[subject_key("person", by)], scope=scope
    ) as deed:
        deed.close(row)
