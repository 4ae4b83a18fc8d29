"""Months: opened and closed by the clock, chased by the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.languages import language
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotFound
from luodi.jobs.actions import tell
from luodi.kit.calendars import Schedule
from luodi.orgs.queries import rules_for
from luodi.orgs.rules import Viewer

from ..choices import AssignedRole, ReportStage, RoundStage, WorkStage
from ..models import (
    Assignment,
    CallNote,
    Measure,
    MeasureState,
    Plan,
    Report,
    ReportState,
    Round,
    RoundState,
)
from ..queries.notices import contacts_of
from ..queries.rounds import state_of
from ..rules.editions import report_rhythm
from ..rules.rhythm import Rhythm, closing, due_turns
from ..rules.rights import require_office


def open_due_rounds(*, by: str, at: datetime) -> int:
    """Open every month of every plan with measures that should be open by now; missed ones too.

    Doing it twice, or by two workers at once, opens nothing twice. Returns how many were opened.
    """
    opened = 0
    for plan in Plan.objects.filter(key__in=Measure.objects.values("plan")).select_related("act"):
        pack = rules_for(plan, Moment(at))
        rhythm = report_rhythm(pack, Moment(at).today)
        if rhythm is None:
            continue
        known = set(Round.objects.filter(plan=plan).values_list("period", flat=True))
        since = plan.act.at.astimezone(LOCAL).date()
        for turn in due_turns(rhythm, since, Moment(at).today):
            if turn.period.key not in known:
                opened += _open_round(plan, rhythm, turn, by, at)
    return opened


def _open_round(plan: Plan, rhythm: Rhythm, turn: Schedule, by: str, at: datetime) -> bool:
    """Open one month with a report for each open measure and unit; False where it was open."""
    fresh = Round(
        key=new_key(),
        city=plan.city,
        plan_id=plan.key,
        period=turn.period.key,
        rule=rhythm.record() | {"provisional": turn.provisional},
    )
    reports = list(_reports(plan, fresh))
    subjects = [subject_key("round", fresh.key), subject_key("plan", plan.key)]
    payload = {"period": fresh.period, "due_at": turn.due_at.isoformat(), "reports": len(reports)}
    try:
        with perform(
            "open_round", by=by, at=at, subjects=subjects, scope={"city": plan.city},
            payload=payload,
        ) as deed:  # fmt: skip
            deed.write(fresh)
            closes_at = closing(rhythm, turn, at)
            deed.write(RoundState(round_id=fresh.key, due_at=turn.due_at, closes_at=closes_at))
            deed.rows.extend(reports)
            deed.rows.extend(
                ReportState(report_id=report.key, stage=ReportStage.ASKED) for report in reports
            )
    except Conflict:
        return False
    _tell_opened(plan, fresh, turn, {report.unit for report in reports}, by, at)
    return True


def _reports(plan: Plan, fresh: Round) -> Iterator[Report]:
    """One report a unit for each open measure. The lead's, where one is marked, consolidates."""
    going = MeasureState.objects.open().filter(measure__plan=plan, stage=WorkStage.OPEN)
    rows = (
        Assignment.objects.open()
        .filter(measure__in=going.values("measure"))
        .order_by("measure__order", "order")
    )
    led: set[str] = set()
    for row in rows:
        leads = row.role == AssignedRole.LEAD and row.measure_id not in led
        if leads:
            led.add(row.measure_id)
        yield Report(
            key=new_key(),
            city=plan.city,
            unit=row.unit,
            round_id=fresh.key,
            measure_id=row.measure_id,
            consolidates=leads,
        )


def _tell_opened(
    plan: Plan, fresh: Round, turn: Schedule, units: set[str], by: str, at: datetime
) -> None:
    def sentence() -> str:
        return _("%(period)s月报已开始填报，%(due)s截止：%(title)s") % {
            "period": turn.period.label(language()),
            "due": turn.due_on.isoformat(),
            "title": plan.title[:80],
        }

    people = [person for row in contacts_of(units).values() for person in row]
    tell(
        people=people,
        kind="round_opened",
        sentence=sentence,
        by=by,
        at=at,
        subject=subject_key("round", fresh.key),
        address="/my-reports/",
        once=f"round:{fresh.key}",
    )


def close_passed_rounds(*, by: str, at: datetime) -> int:
    """Close the months whose time is over. Returns how many."""
    passed = RoundState.objects.open().filter(stage=RoundStage.OPEN, closes_at__lte=at)
    closed = 0
    for state in passed.select_related("round"):
        try:
            _close(state, by, at, "")
        except Conflict:
            continue
        closed += 1
    return closed


def _close(state: RoundState, by: str, at: datetime, why: str) -> None:
    with perform(
        "close_round",
        by=by,
        at=at,
        subjects=[subject_key("round", state.round_id)],
        scope={"city": state.round.city},
        payload={"period": state.round.period},
        why=why,
    ) as deed:
        deed.replace(state, stage=RoundStage.CLOSED)


def close_round(*, round: str, why: str, viewer: Viewer, by: str, at: datetime) -> None:
    """The office closes a month before its time: nothing can be handed in after."""
    state = state_of(round)
    require_office(viewer, state.round.city)
    if state.stage == RoundStage.CLOSED:
        raise Closed(_("本月月报已经截止。"))
    _close(state, by, at, why)


def reopen_round(*, round: str, why: str, viewer: Viewer, by: str, at: datetime) -> None:
    """The office opens a closed month again, for a reason; only the office closes it then."""
    state = state_of(round)
    require_office(viewer, state.round.city)
    if state.stage == RoundStage.OPEN:
        raise Closed(_("本月月报还在填报中，不用重新开放。"))
    if not why.strip():
        raise Incomplete(_("请写明重新开放的原因。"))
    subjects = [subject_key("round", round)]
    scope = {"city": state.round.city}
    payload = {"period": state.round.period}
    with perform(
        "reopen_round", by=by, at=at, subjects=subjects, scope=scope, payload=payload, why=why
    ) as deed:
        deed.replace(state, stage=RoundStage.OPEN, closes_at=None)


def note_call(*, round: str, unit: str, text: str, viewer: Viewer, by: str, at: datetime) -> None:
    """Note what was said when the office rang a unit about a month."""
    state = state_of(round)
    require_office(viewer, state.round.city)
    if not text.strip():
        raise Incomplete(_("请记一句通话情况。"))
    if not Report.objects.filter(round=round, unit=unit).exists():
        raise NotFound(_("这个单位本月没有要报的举措。"))
    scope = {"city": state.round.city, "unit": unit}
    subjects = [subject_key("round", round), subject_key("unit", unit)]
    with perform(
        "note_call", by=by, at=at, subjects=subjects, scope=scope, payload={"unit": unit}, why=text
    ) as deed:
        deed.write(CallNote(round_id=round, text=text.strip()[:400], **scope))
