"""Chasing what hasn't been handed in: by the form's owner, and by the clock of its rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.refusals import Incomplete, NotAllowed
from luodi.kit.calendars import Period
from luodi.orgs.queries import rules_for
from luodi.orgs.rules import Viewer
from luodi.packs import work_calendar

from ..choices import Stage, TurnStage
from ..models import Filing, FilingState, FormState, TurnState
from ..queries.forms import turn_for
from ..rules.editions import turn_of
from ..rules.rights import reviews
from .telling import tell_of


def remind_respondents(
    *, turn: str, viewer: Viewer, by: str, at: datetime, filings: Sequence[str] = ()
) -> int:
    """Remind who hasn't handed in (of `filings`, or all): each person once a day.

    Returns how many people were told now.
    """
    state = turn_for(viewer, turn, Moment(at))
    if not reviews(viewer, state.turn.unit):
        raise NotAllowed(_("只有这张报表的主管单位可以催报。"))
    missing = _missing(turn)
    chosen = [one for one in missing if not filings or one.key in set(filings)]
    if not chosen:
        raise Incomplete(_("都已报送，不用催报。"))
    once = f"remind:{turn}:{Moment(at).today}"
    told = sum(_remind(state, one, by, at, once) for one in chosen)
    with perform(
        "remind_respondents",
        by=by,
        at=at,
        subjects=[subject_key("turn", turn)],
        scope={"city": state.turn.city, "unit": state.turn.unit},
        payload={"filings": [one.key for one in chosen], "told": told},
    ):
        pass
    return told


def _missing(turn: str) -> list[Filing]:
    """The filings of a turn that were never handed in, or came back."""
    waits = FilingState.objects.open().filter(stage__in=(Stage.OPEN, Stage.RETURNED))
    rows = Filing.objects.filter(turn=turn, key__in=waits.values("filing"))
    return list(rows.select_related("edition"))


def _remind(state: TurnState, filing: Filing, by: str, at: datetime, once: str) -> int:
    return tell_of(
        filing=filing,
        edition=filing.edition,
        kind="filing_reminder",
        sentence=lambda: _("请尽快报送%(period)s《%(title)s》，%(due)s 截止。"),
        by=by,
        at=at,
        once=f"{once}:{filing.key}",
        due=state.due_at.astimezone(LOCAL).date().isoformat(),
    )


def remind_by_clock(*, by: str, at: datetime) -> int:
    """Remind on the rhythm's warning day, and once more when a turn is overdue.

    Each person is told once for each of the two. Returns how many were told now.
    """
    told = 0
    running = TurnState.objects.open().filter(stage=TurnStage.RUNNING)
    for state in running.select_related("turn"):
        occasion = _occasion(state, at)
        if occasion:
            once = f"{occasion}:{state.turn_id}"
            told += sum(_remind(state, one, by, at, once) for one in _missing(state.turn_id))
    return told


def _occasion(state: TurnState, at: datetime) -> str:
    """`late` after the due instant, `warn` from the rhythm's warning day on, else nothing."""
    if at > state.due_at:
        return "late"
    form = FormState.objects.open().filter(form=state.turn.form_id).first()
    if form is None or not form.rhythm.get("warn"):
        return ""
    calendar = work_calendar(rules_for(state.turn, Moment(at)))
    days = turn_of(form.rhythm, Period.parse(state.turn.period), calendar)
    return "warn" if days and days.warn_on and days.warn_on <= Moment(at).today else ""
