"""That a continuing project has resumed, never stopped, or means to resume."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.moments import Moment
from luodi.common.refusals import Incomplete, NotAllowed

from ..choices import Resuming
from ..models import Resumption
from ..queries import hold, under_way_before


def record_resumption(
    *, project: str, how: str, day: date, by: str, at: datetime, why: str = ""
) -> None:
    """Record how a project resumed in the year of `day`. Changing a record needs a reason.

    Refuses a project that wasn't under way when the year began, and a day that can't be.
    """
    held, today = hold(project, by), Moment(at).today
    if not held.roles:
        raise NotAllowed(_("只有牵头单位、落地区域和专班办公室可以登记复工。"))
    if how not in Resuming.values:
        raise Incomplete(_("请选择复工情况。"))
    if how == Resuming.PLANNED and day < today:
        raise Incomplete(_("计划复工日期已经过去；已经复工的，请登记为已复工。"))
    if how != Resuming.PLANNED and day > today:
        raise Incomplete(_("发生日期不能晚于今天。"))
    if not under_way_before(held.project, day.year, Moment(at)):
        words = {"year": day.year}
        raise Incomplete(_("这个项目不是 %(year)s 年的续建项目，不登记复工。") % words)
    there = Resumption.objects.open().filter(project=held.project, year=day.year).first()
    if there and (there.how, there.day) == (how, day):
        raise Incomplete(_("没有改动任何内容。"))
    if there and there.how != Resuming.PLANNED and not why.strip():
        raise Incomplete(_("更正已登记的复工，请写明原因。"))
    with perform(
        "record_resumption",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"how": how, "day": day.isoformat()},
        why=why.strip(),
    ) as deed:
        row = {"how": how, "day": day, "why": why.strip()}
        if there:
            deed.replace(there, **row)
        else:
            deed.write(Resumption(project_id=project, year=day.year, **row))
