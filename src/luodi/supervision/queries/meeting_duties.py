"""What a viewer has to do about meetings, for the page of today."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luodi.common.duties import Duty
from luodi.common.moments import Moment
from luodi.common.tables import LIGHT_ORDER
from luodi.ledger.rules import end_of_day
from luodi.orgs.rules import Viewer
from luodi.papers.choices import ISSUED, PaperKind
from luodi.papers.models import PaperState

from ..choices import Attended, DecisionStage, MeetingStage
from ..flows import OFFICE
from ..models import Attendance, DecisionState
from .meetings import OVER, TO_COME, MeetingRow, meetings, roles_in

SOON = 14
"""Days before a meeting at which those called are reminded."""


def meeting_duties(viewer: Viewer, moment: Moment) -> list[Duty]:
    """What the viewer has to do about meetings now, the most pressing first.

    The office: rounds to be called, called ones to be recorded, minutes to be written, decisions
    to become items, meetings to be ended. The units called: to come.
    """
    rows = [row for row in meetings(viewer, moment) if row.stage not in OVER]
    if OFFICE in roles_in(viewer, viewer.city):
        found = _office(rows, moment)
    else:
        found = _called(rows, viewer, moment)
    last = datetime.max.replace(tzinfo=moment.at.tzinfo)
    return sorted(found, key=lambda one: (LIGHT_ORDER[one.light], one.due_at or last, one.what))


def _office(rows: list[MeetingRow], moment: Moment) -> list[Duty]:
    keys = [row.key for row in rows]
    noted = set(
        DecisionState.objects.at(moment)
        .filter(decision__meeting__in=keys, stage=DecisionStage.NOTED)
        .values_list("decision__meeting", flat=True)
    )
    signed = set(
        PaperState.objects.at(moment)
        .filter(
            paper__kind=PaperKind.MINUTES,
            paper__about__in=[f"meeting:{key}" for key in keys],
            stage__in=ISSUED,
        )
        .values_list("paper__about", flat=True)
    )
    return [
        duty
        for row in rows
        if (duty := _step(row, row.key in noted, f"meeting:{row.key}" in signed, moment))
    ]


def _step(row: MeetingRow, noted: bool, signed: bool, moment: Moment) -> Duty | None:
    """The next thing the office has to do about a meeting."""
    light, why = row.light
    due = end_of_day(row.due_on) if row.due_on else None
    if row.stage in TO_COME:
        if row.stage == MeetingStage.CALLED and not (row.day and row.day <= moment.today):
            return None
        said = (
            _("登记召开：%(title)s") if row.stage == MeetingStage.CALLED else _("召集：%(title)s")
        )
        return _duty(row, said, why, row.starts_at or due, light)
    if noted:
        why = _("议定事项还没有立项")
        return _duty(row, _("立项：%(title)s"), why, row.ends_at, "yellow")
    if row.stage == MeetingStage.HELD:
        return _duty(row, _("写纪要：%(title)s"), _("会议已召开"), row.ends_at, "yellow")
    if signed:
        return _duty(row, _("结束会议：%(title)s"), _("会议纪要已签发"), None, "green")
    return None


def _duty(row: MeetingRow, said: str, why: str, due_at: datetime | None, light: str) -> Duty:
    return Duty(said % {"title": row.title}, why, reverse("meeting", args=[row.key]), due_at, light)


def _called(rows: list[MeetingRow], viewer: Viewer, moment: Moment) -> list[Duty]:
    """Meetings of the next days that a unit of the viewer is called to."""
    mine = set(
        Attendance.objects.at(moment)
        .filter(
            meeting__in=[row.key for row in rows],
            unit__in=viewer.units,
            attended=Attended.EXPECTED,
        )
        .values_list("meeting", flat=True)
    )
    found = []
    for row in rows:
        day: date | None = row.day
        if row.key in mine and day and 0 <= (day - moment.today).days <= SOON:
            light = "yellow" if (day - moment.today).days <= 1 else "green"
            words = _("%(place)s，请按时参加") % {"place": row.place}
            found.append(_duty(row, _("参会：%(title)s"), words, row.starts_at, light))
    return found
