"""Turns: a period of a form, opened and closed by the clock or by the form's owner."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import new_key, subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Closed, Conflict, Incomplete, NotAllowed
from luodi.kit.calendars import Period
from luodi.orgs.queries import rules_for
from luodi.orgs.rules import Viewer
from luodi.packs import work_calendar

from ..choices import TurnStage
from ..models import Filing, FilingState, FormState, Turn, TurnState
from ..queries.forms import asks_anything, form_for, respondents_of, turn_for
from ..rules.editions import closing, due_turns, overlaps, turn_of
from ..rules.rights import reviews
from .telling import tell_of

YEARS = range(1900, 2200)
"""Years a form may ask about; the calendar has the periods before and after them."""


def open_turn(
    *, form: str, period: str, viewer: Viewer, by: str, at: datetime, due_at: datetime | None = None
) -> Turn:
    """Open a period of a form by hand: a filing for each respondent, due by the rhythm.

    `due_at` is needed where the form has no rhythm. Opening it twice opens nothing twice.
    """
    state = form_for(viewer, form, Moment(at))
    if not reviews(viewer, state.form.unit):
        raise NotAllowed(_("只有这张报表的主管单位可以开始一期填报。"))
    if state.retired:
        raise Closed(_("这张报表已停用。"))
    asked = _period(period, state.period_kind)
    if not overlaps(state.valid_from, state.valid_to, asked.start, asked.end):
        raise Closed(_("这一期不在报表的有效期内，不能开始填报。"))
    known = Turn.objects.filter(form=form, period=asked.key).first()
    if known:
        return known
    if not asks_anything(state, asked.key, Moment(at)):
        raise Incomplete(_("这一期没有要填的数：1—2月合并报，到2月一起填。"))
    calendar = work_calendar(rules_for(state.form, Moment(at)))
    days = turn_of(state.rhythm, asked, calendar)
    due = due_at or (days.due_at if days else None)
    if due is None:
        raise Incomplete(_("请写明报送截止日期：这张报表没有固定的报送时间。"))
    closes_at = closing(state.rhythm, asked, calendar, at) if days else None
    turn = _open(state, asked, due, closes_at, by, at)
    return turn or Turn.objects.get(form=form, period=asked.key)


def _period(text: str, kind: str) -> Period:
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise Incomplete(_("时期写得不对，例如 2026-03、2026Q1、2026。")) from error
    if period.year not in YEARS:
        raise Incomplete(_("时期写得不对，例如 2026-03、2026Q1、2026。"))
    if period.kind != kind:
        raise Incomplete(_("这张报表不是这种报告期，请核对。"))
    return period


def open_due_turns(*, by: str, at: datetime) -> int:
    """Open every turn of every form that should be open by now; missed ones too.

    Doing it twice, or by two workers at once, opens nothing twice. Returns how many were opened.
    """
    opened, today = 0, Moment(at).today
    for state in FormState.objects.open().filter(retired=False).select_related("form__act"):
        if not state.rhythm.get("due"):
            continue
        calendar = work_calendar(rules_for(state.form, Moment(at)))
        known = set(Turn.objects.filter(form=state.form_id).values_list("period", flat=True))
        since = state.form.act.at.astimezone(LOCAL).date()
        for days in due_turns(state.rhythm, state.period_kind, calendar, since, today):
            asked = days.period
            holds = overlaps(state.valid_from, state.valid_to, asked.start, asked.end)
            holds = holds and asks_anything(state, asked.key, Moment(at))
            if holds and asked.key not in known:
                closes_at = closing(state.rhythm, asked, calendar, at)
                opened += _open(state, asked, days.due_at, closes_at, by, at) is not None
    return opened


def _open(
    state: FormState,
    period: Period,
    due_at: datetime,
    closes_at: datetime | None,
    by: str,
    at: datetime,
) -> Turn | None:
    """Open one period with a filing for each respondent; None where somebody did already."""
    form = state.form
    turn = Turn(key=new_key(), city=form.city, unit=form.unit, form_id=form.key, period=period.key)
    filings = _filings(state, turn, Moment(at))
    payload = {"period": period.key, "due_at": due_at.isoformat(), "filings": len(filings)}
    subjects = [subject_key("turn", turn.key), subject_key("form", form.key)]
    scope = {"city": form.city, "unit": form.unit}
    try:
        with perform(
            "open_turn", by=by, at=at, subjects=subjects, scope=scope, payload=payload
        ) as deed:
            deed.write(turn)
            deed.write(TurnState(turn_id=turn.key, due_at=due_at, closes_at=closes_at))
            deed.rows.extend(filings)
            deed.rows.extend(FilingState(filing_id=f.key, due_at=due_at) for f in filings)
    except Conflict:
        return None
    for filing in filings:
        tell_of(
            filing=filing,
            edition=state,
            kind="filing_opened",
            sentence=lambda: _("%(period)s《%(title)s》开始填报，%(due)s 截止。"),
            by=by,
            at=at,
            once=f"filing:{filing.key}",
            due=due_at.astimezone(LOCAL).date().isoformat(),
        )
    return turn


def _filings(state: FormState, turn: Turn, moment: Moment) -> list[Filing]:
    common: dict[str, Any] = {
        "city": state.form.city,
        "form_id": state.form_id,
        "turn_id": turn.key,
        "edition_id": state.pk,
        "period": turn.period,
    }
    units = respondents_of(state, state.form.city, moment)
    if not units:
        raise Incomplete(_("这张报表现在没有填报单位，没有开始填报。"))
    return [
        Filing(key=new_key(), unit=one.unit, enterprise=one.enterprise, zone=one.zone, **common)
        for one in units
    ]


def close_passed_turns(*, by: str, at: datetime) -> int:
    """Close the turns whose time is over. Returns how many."""
    passed = TurnState.objects.open().filter(stage=TurnStage.RUNNING, closes_at__lte=at)
    closed = 0
    for state in passed.select_related("turn"):
        try:
            _change(state, "close_turn", by, at, "", stage=TurnStage.ENDED)
        except Conflict:
            continue
        closed += 1
    return closed


def _change(state: TurnState, verb: str, by: str, at: datetime, why: str, **changes: Any) -> None:
    subjects = [subject_key("turn", state.turn_id), subject_key("form", state.turn.form_id)]
    scope = {"city": state.turn.city, "unit": state.turn.unit}
    payload = {"period": state.turn.period}
    with perform(
        verb, by=by, at=at, subjects=subjects, scope=scope, payload=payload, why=why
    ) as deed:
        deed.replace(state, **changes)


def close_turn(*, turn: str, why: str, viewer: Viewer, by: str, at: datetime) -> None:
    """The owner closes a period: nothing can be handed in after."""
    state = _owned(viewer, turn, at)
    if state.stage == TurnStage.ENDED:
        raise Closed(_("这一期已经截止。"))
    _change(state, "close_turn", by, at, why, stage=TurnStage.ENDED)


def reopen_turn(*, turn: str, why: str, viewer: Viewer, by: str, at: datetime) -> None:
    """The owner opens a closed period again, for a reason; only the owner closes it then."""
    state = _owned(viewer, turn, at)
    if state.stage == TurnStage.RUNNING:
        raise Closed(_("这一期还在填报中，不用重新开放。"))
    if not why.strip():
        raise Incomplete(_("请写明重新开放的原因。"))
    _change(state, "reopen_turn", by, at, why, stage=TurnStage.RUNNING, closes_at=None)


def _owned(viewer: Viewer, turn: str, at: datetime) -> TurnState:
    state = turn_for(viewer, turn, Moment(at))
    if not reviews(viewer, state.turn.unit):
        raise NotAllowed(_("只有这张报表的主管单位可以办理这一步。"))
    return state
