"""A site is reserved, taken, released. Of two who come at once one wins, the other is told."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import Deed, perform
from luodi.common.doors import find_subject
from luodi.common.keys import split_subject
from luodi.common.moments import LOCAL
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.orgs.queries import may_see

from ..choices import Hold, Tenure
from ..models import Occupation
from ..queries import Held, hold, occupation_of, present_holder, reservation_ends, said_of
from ..rules import WRITERS, Standing, standing

HOLDERS = frozenset({"project", "enterprise"})
"""Kinds of subject that may hold a site."""


def reserve_site(*, site: str, holder: str, by: str, at: datetime, why: str = "") -> None:
    """Reserve a site for a project or an enterprise until the city's clock runs out.

    By the office, the site's zone, or whoever acts for a unit of the holder. A reservation that
    has run out frees the site. A project that was merged is its survivor. `Conflict` says who was
    first, when, and until when.
    """
    held, holder = hold(site, by), present_holder(holder, at)
    _check_holder(held, holder)
    ends, working = reservation_ends(held.site, at)
    if ends is None:
        raise NotFound(_("本市的规则包没有载体预留期限，不能预留；请先更新规则包。"))
    said = ends.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
    with perform(
        "reserve_site",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"holder": holder, "until": said, "site": held.name},
        why=why.strip(),
    ) as deed:
        deed.lock()
        _clear(deed, held, at, "")
        deed.mention(holder)
        deed.write(
            Occupation(
                site_id=site,
                hold=Hold.RESERVED,
                holder=holder,
                held_by=by,
                held_at=at,
                expires_at=ends,
                working=working,
                why=why.strip(),
            )
        )


def take_site(
    *,
    site: str,
    holder: str,
    tenure: str,
    from_on: date | None,
    by: str,
    at: datetime,
    until_on: date | None = None,
    why: str = "",
) -> None:
    """Put down that a site is granted, let or used from a day on; by the office or the zone.

    A site reserved for somebody else isn't theirs to take.
    """
    held = hold(site, by)
    if not held.keeper:
        raise NotAllowed(_("只有专班办公室和所在区域可以登记出让、出租和自用。"))
    holder = present_holder(holder, at)
    _check_holder(held, holder)
    if tenure not in Tenure.values:
        raise Incomplete(_("请选择使用方式：出让、出租或自用。"))
    if from_on is None:
        raise Incomplete(_("请填写起始日期。"))
    if until_on is not None and until_on < from_on:
        raise Incomplete(_("截止日期早于起始日期。"))
    with perform(
        "take_site",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"holder": holder, "tenure": tenure, "site": held.name},
        why=why.strip(),
    ) as deed:
        deed.lock()
        _clear(deed, held, at, holder)
        deed.mention(holder)
        deed.write(
            Occupation(
                site_id=site,
                hold=Hold.TAKEN,
                holder=holder,
                held_by=by,
                held_at=at,
                tenure=tenure,
                from_on=from_on,
                until_on=until_on,
                why=why.strip(),
            )
        )


def release_site(*, site: str, why: str, by: str, at: datetime, seen: int | None = None) -> None:
    """Make a site free again, with a reason. `Conflict` where another holds it than was `seen`.

    The office and the zone; a reservation also by whoever acts for a unit of its holder.
    """
    held, open_ = hold(site, by), occupation_of(site)
    now = standing(open_, at)
    if open_ is None or not now.holder:
        raise Conflict(_("这个载体现在空闲，不用释放。"))
    if seen is not None and seen != open_.since_id:
        raise Conflict(_("这个载体刚刚换了使用者，请刷新后再看；没有释放。"))
    if not held.keeper and (now.state != Hold.RESERVED or not _acts_for(held, open_.holder)):
        raise NotAllowed(_("只有专班办公室和所在区域可以释放；预留的也可由项目单位释放。"))
    if not why.strip():
        raise Incomplete(_("释放的，请写明原因。"))
    with perform(
        "release_site",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"holder": open_.holder, "site": held.name},
        why=why.strip(),
    ) as deed:
        deed.mention(open_.holder)
        deed.close(open_)


def _clear(deed: Deed, held: Held, at: datetime, holder: str) -> None:
    """End what is over, or the holder's own reservation; refuse where somebody else holds it.

    Read under the write lock: nobody can come in between. The constraint stands behind it.
    """
    open_ = occupation_of(held.site.key)
    now: Standing = standing(open_, at)
    theirs = bool(holder) and present_holder(now.holder, at) == holder
    if not now.open_to(now.holder if theirs else holder):
        raise Conflict(said_of(held.name, now, held.viewer))
    if open_ is not None:
        deed.close(open_)


def _check_holder(held: Held, holder: str) -> None:
    kind, _sign, _key = holder.partition(":")
    found = find_subject(holder) if kind in HOLDERS else None
    if found is None or not may_see(held.viewer, dict(found.scope)):
        raise NotFound(_("没有这个项目或企业，或者它不在您的范围内。"))
    if not held.keeper and not _acts_for(held, holder):
        raise NotAllowed(_("只有专班办公室、所在区域和项目单位可以预留。"))


def _acts_for(held: Held, holder: str) -> bool:
    """Whether the person writes for a unit that the holder belongs to."""
    found = find_subject(holder)
    return (
        found is not None
        and split_subject(holder)[0] in HOLDERS
        and held.viewer.has(*WRITERS)
        and may_see(held.viewer, dict(found.scope))
    )
