"""Leaders' instructions (批示): each becomes a supervised item with its date of reply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.common.keys import subject_key
from luodi.common.moments import Moment
from luodi.common.refusals import Conflict, Incomplete, NotAllowed, NotFound
from luodi.ledger.actions import open_item
from luodi.ledger.choices import Source
from luodi.ledger.models import Item
from luodi.orgs.queries import viewer_of_person

from ..flows import OFFICE
from ..queries.instructions import leaders_of
from ..queries.meetings import hold, roles_in
from ..rules import check_year


def record_instruction(
    *,
    city: str,
    text: str,
    leader: str,
    given_on: date,
    lead: str,
    by: str,
    at: datetime,
    reply_by: date | None = None,
    title: str = "",
    joint: Iterable[str] = (),
    meeting: str = "",
) -> Item:
    """Record an instruction in its own words and open its item; at a meeting or by itself.

    `leader` is the key of who gave it. It can't be given after today, nor be answered before it
    was given.
    """
    if OFFICE not in roles_in(viewer_of_person(by), city):
        raise NotAllowed(_("领导批示由专班办公室登记。"))
    if meeting:
        hold(meeting, by)
    if not text.strip():
        raise Incomplete(_("请录入批示原文。"))
    if leader not in dict(leaders_of(city)):
        raise NotFound(_("请从列表里选择批示的领导。"))
    check_year(given_on, Moment(at).today)
    check_year(reply_by, Moment(at).today)
    if given_on > Moment(at).today:
        raise Incomplete(_("批示日期不能晚于今天。"))
    if reply_by and reply_by < given_on:
        raise Incomplete(_("要求回复日期早于批示日期，请核对。"))
    if not lead:
        raise Incomplete(_("请选择承办单位。"))
    about = subject_key("meeting", meeting) if meeting else ""
    same = Item.objects.filter(
        city=city,
        source=Source.INSTRUCTION,
        instruction=text.strip(),
        instructed_by=leader,
        instructed_on=given_on,
    )
    if same.exists():
        raise Conflict(_("这条批示已经登记；没有重复写入。"))
    first = text.strip().splitlines()[0]
    return open_item(
        city=city,
        source=Source.INSTRUCTION,
        title=title.strip() or (first if len(first) <= 60 else f"{first[:59]}…"),
        lead=lead,
        cooperating=joint,
        about=about,
        instruction=text,
        instructed_by=leader,
        instructed_on=given_on,
        reply_by=reply_by,
        by=by,
        at=at,
    )
