"""Deadlines, leads and units of measures: what the office settles after adoption."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Closed, Incomplete, NotFound
from luodi.orgs.queries import units_of
from luodi.orgs.rules import Viewer

from ..choices import AssignedRole, WorkStage
from ..models import Assignment, Measure, MeasureState, Plan
from ..rules.rights import require_office
from ..rules.sheets import read_day


def set_deadlines(
    *,
    plan: Plan,
    measures: Sequence[str],
    written: str,
    due_on: date | None,
    viewer: Viewer,
    by: str,
    at: datetime,
) -> int:
    """Give measures one deadline, as a date or in words that a date can be read from.

    Words without a date (持续推进) are kept as written: there is then no date and no green light.
    Returns how many measures changed.
    """
    require_office(viewer, plan.city)
    if not measures:
        raise Incomplete(_("请先勾选要设时限的举措。"))
    if not (written.strip() or due_on):
        raise Incomplete(_("请选择日期，或写明时限，例如“6月底前”。"))
    due = due_on or read_day(written, issued_on=at.astimezone(LOCAL).date())
    states = list(
        MeasureState.objects.open().filter(measure__plan=plan, measure__in=list(measures))
    )
    if len(states) != len(set(measures)):
        raise NotFound(_("有的举措不在这份规划里，没有改动。请刷新后再试。"))
    with perform(
        "set_deadlines",
        by=by,
        at=at,
        subjects=[subject_key("measure", state.measure_id) for state in states],
        scope={"city": plan.city},
        payload={"written": written, "due_on": due.isoformat() if due else None},
    ) as deed:
        for state in states:
            deed.replace(state, deadline=(written or str(due))[:60], due_on=due)
    return len(states)


def confirm_lead(*, measure: Measure, unit: str, viewer: Viewer, by: str, at: datetime) -> None:
    """A person says that one of a measure's units leads it; the lead before is so no more.

    It counts from the next month that opens.
    """
    require_office(viewer, measure.city)
    subjects = [subject_key("measure", measure.key), subject_key("unit", unit)]
    scope = {"city": measure.city}
    with perform("confirm_lead", by=by, at=at, subjects=subjects, scope=scope) as deed:
        deed.lock()
        rows = list(Assignment.objects.open().filter(measure=measure))
        chosen = next((row for row in rows if row.unit == unit), None)
        if chosen is None:
            raise NotFound(_("这个单位不在该举措的责任单位里，请先加入。"))
        if chosen.role == AssignedRole.LEAD:
            raise Closed(_("这个单位已经是牵头单位。"))
        before = [row for row in rows if row.role == AssignedRole.LEAD]
        deed.payload |= {"unit": unit, "before": [row.unit for row in before]}
        for row in before:
            deed.replace(row, role=AssignedRole.RESPONSIBLE, confirmed_by="")
        deed.replace(chosen, role=AssignedRole.LEAD, confirmed_by=by)


def assign_unit(
    *, measure: Measure, unit: str, written: str, role: str, viewer: Viewer, by: str, at: datetime
) -> None:
    """Give a measure one more unit, or settle which unit a name in the document means."""
    require_office(viewer, measure.city)
    if not unit:
        raise Incomplete(_("请选择单位。"))
    if not units_of(measure.city, Moment(at)).filter(of=unit).exists():
        raise NotFound(_("没有这个单位，请从列表里选择。"))
    rows = list(Assignment.objects.open().filter(measure=measure))
    if any(row.unit == unit for row in rows):
        raise Closed(_("这个单位已经在该举措的责任单位里。"))
    named = written if any(row["name"] == written for row in measure.named) else ""
    kept = (
        AssignedRole.COOPERATING if role == AssignedRole.COOPERATING else AssignedRole.RESPONSIBLE
    )
    with perform(
        "assign_unit",
        by=by,
        at=at,
        subjects=[subject_key("measure", measure.key), subject_key("unit", unit)],
        scope={"city": measure.city},
        payload={"unit": unit, "written": named, "role": kept},
    ) as deed:
        deed.write(
            Assignment(
                measure_id=measure.key,
                unit=unit,
                role=kept,
                written=named,
                order=len(rows),
            )
        )


def finish_measure(
    *, measure: Measure, done_on: date | None, why: str, viewer: Viewer, by: str, at: datetime
) -> None:
    """The office finds a measure done, on a day, for a reason that stands in the record."""
    require_office(viewer, measure.city)
    state = MeasureState.objects.open().get(measure=measure)
    today = at.astimezone(LOCAL).date()
    if state.stage == WorkStage.DONE:
        raise Closed(_("这条举措已经办结。"))
    if done_on is None or not why.strip():
        raise Incomplete(_("请填写完成日期和认定依据。"))
    if done_on > today:
        raise Incomplete(_("完成日期不能晚于今天。"))
    with perform(
        "finish_measure",
        by=by,
        at=at,
        subjects=[subject_key("measure", measure.key)],
        scope={"city": measure.city},
        payload={"done_on": done_on.isoformat()},
        why=why,
    ) as deed:
        deed.replace(state, stage=WorkStage.DONE, done_on=done_on)


def reopen_measure(*, measure: Measure, why: str, viewer: Viewer, by: str, at: datetime) -> None:
    """The office takes back that a measure is done, for a reason: it is reported on again."""
    require_office(viewer, measure.city)
    state = MeasureState.objects.open().get(measure=measure)
    if state.stage == WorkStage.OPEN:
        raise Closed(_("这条举措还在推进中，不用重新打开。"))
    if not why.strip():
        raise Incomplete(_("请写明重新打开的原因。"))
    subjects = [subject_key("measure", measure.key)]
    scope = {"city": measure.city}
    with perform("reopen_measure", by=by, at=at, subjects=subjects, scope=scope, why=why) as deed:
        deed.replace(state, stage=WorkStage.OPEN, done_on=None)
