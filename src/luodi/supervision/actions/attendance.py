"""Who came to a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.orgs.queries import colleagues_in

from ..choices import Attended, MeetingStage
from ..models import Attendance
from ..queries.meetings import hold

MOST_POST = 60
"""Characters of a stand-in's post."""


@dataclass(frozen=True)
class Mark:
    """What is said of one unit. `person` is a key, `says` the post of a stand-in, no name."""

    attended: str
    person: str = ""
    says: str = ""
    why: str = ""


def mark_attendance(
    *, meeting: str, marks: Mapping[str, Mark], by: str, at: datetime, seen: int
) -> int:
    """Note who came, by unit; what isn't said anew stays. Returns how many units changed.

    `seen` is the newest row of the list the person looked at.
    """
    held = hold(meeting, by)
    held.must_run()
    if held.state.stage not in (MeetingStage.CALLED, MeetingStage.HELD):
        raise Closed(_("会议召集以后、纪要成稿以前，才能登记出席情况。"))
    rows = {row.unit: row for row in Attendance.objects.open().filter(meeting=meeting)}
    if max((row.since_id for row in rows.values()), default=0) != seen:
        raise Conflict(_("同事刚刚登记了出席情况，请刷新后再看；您填的内容没有写入。"))
    changed = {}
    for unit, mark in marks.items():
        row = rows.get(unit)
        if row is None:
            raise NotFound(_("这个单位不在参会名单里，请刷新后再看。"))
        _check(unit, mark)
        if (row.attended, row.person, row.says, row.why) != _said(mark):
            changed[unit] = mark
    if not changed:
        raise Incomplete(_("没有改动任何内容。"))
    payload = {unit: mark.attended for unit, mark in changed.items()}
    with perform(
        "mark_attendance",
        by=by,
        at=at,
        subjects=[held.subject],
        scope=held.scope,
        payload={"marks": payload},
    ) as deed:
        for unit, mark in changed.items():
            attended, person, says, why = _said(mark)
            deed.replace(rows[unit], attended=attended, person=person, says=says, why=why)
    return len(changed)


def _said(mark: Mark) -> tuple[str, str, str, str]:
    return mark.attended, mark.person, mark.says.strip(), mark.why.strip()


def _check(unit: str, mark: Mark) -> None:
    if len(mark.says.strip()) > MOST_POST:
        raise Incomplete(_("代会人只写职务，最多 %s 字；您填的内容没有写入，请改短。") % MOST_POST)
    if mark.attended not in Attended.values:
        raise Incomplete(_("请选择出席情况。"))
    if mark.attended == Attended.ABSENT and not mark.why.strip():
        raise Incomplete(_("缺席的单位，请写明原因。"))
    if mark.attended == Attended.STANDING_IN and not mark.says.strip():
        raise Incomplete(_("代会的，请写明代会人职务。"))
    if mark.person and mark.person not in colleagues_in([unit], but=""):
        raise NotFound(_("这个人员不在参会单位，请从列表里选择。"))
