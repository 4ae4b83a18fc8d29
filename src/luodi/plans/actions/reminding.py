"""Chasing what hasn't been handed in: by the office, and by the clock of the pack's rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luodi.audit.actions import perform
from luodi.common.keys import subject_key
from luodi.common.moments import LOCAL, Moment
from luodi.common.periods import period_label
from luodi.common.refusals import Incomplete
from luodi.jobs.actions import tell
from luodi.kit.calendars import Period
from luodi.orgs.queries import rules_for
from luodi.orgs.rules import Viewer

from ..choices import RoundStage
from ..models import ReportState, RoundState
from ..queries.notices import contacts_of
from ..queries.rounds import state_of
from ..rules.editions import report_rhythm
from ..rules.reporting import OUTSIDE
from ..rules.rights import require_office


@dataclass(frozen=True)
class Reminded:
    """Units whose people were told now, told already today, and without anybody to tell."""

    units: tuple[str, ...]
    already: tuple[str, ...]
    nobody: tuple[str, ...]


def remind_units(
    *, round: str, units: Sequence[str], viewer: Viewer, by: str, at: datetime
) -> Reminded:
    """Remind units of what they haven't handed in: each person once a day."""
    state = state_of(round)
    require_office(viewer, state.round.city)
    missing = _missing(round, units)
    if not missing:
        raise Incomplete(_("所选单位都已交齐，不用催报。"))
    contacts = contacts_of(missing)
    told = {unit: _remind(state, contacts.get(unit, []), missing[unit], by, at) for unit in missing}
    reminded = tuple(unit for unit in missing if told[unit])
    nobody = tuple(unit for unit in missing if not contacts.get(unit))
    if reminded:
        with perform(
            "remind_units",
            by=by,
            at=at,
            subjects=[subject_key("round", round)],
            scope={"city": state.round.city},
            payload={"units": list(reminded)},
        ):
            pass
    already = tuple(u for u in missing if u not in reminded and u not in nobody)
    return Reminded(reminded, already, nobody)


def _missing(round: str, units: Sequence[str]) -> dict[str, int]:
    """How many reports each of the units hasn't handed in."""
    rows = ReportState.objects.open().filter(report__round=round, report__unit__in=list(units))
    missing: dict[str, int] = {}
    for unit in rows.exclude(stage__in=OUTSIDE).values_list("report__unit", flat=True):
        missing[unit] = missing.get(unit, 0) + 1
    return missing


def _remind(
    state: RoundState, people: Sequence[str], count: int, by: str, at: datetime, once: str = ""
) -> int:
    def sentence() -> str:
        return _("请尽快报送%(period)s月报：还有 %(count)d 份未报出，%(due)s 截止。") % {
            "period": period_label(state.round.period),
            "count": count,
            "due": state.due_at.astimezone(LOCAL).date().isoformat(),
        }

    return tell(
        people=people,
        kind="report_reminder",
        sentence=sentence,
        by=by,
        at=at,
        subject=subject_key("round", state.round_id),
        address="/my-reports/",
        once=once or f"remind:{state.round_id}:{Moment(at).today}",
    )


def remind_by_clock(*, by: str, at: datetime) -> int:
    """Remind units on the rule's warning day, and once more when the month is overdue.

    Each person is told once for each of the two. Returns how many were told now.
    """
    told = 0
    for state in RoundState.objects.open().filter(stage=RoundStage.OPEN).select_related("round"):
        occasion = _occasion(state, at)
        if occasion:
            told += _remind_all(state, f"{occasion}:{state.round_id}", by, at)
    return told


def _occasion(state: RoundState, at: datetime) -> str:
    """`late` after the due instant, `warn` from the rule's warning day on, else nothing."""
    if at > state.due_at:
        return "late"
    today = Moment(at).today
    rhythm = report_rhythm(rules_for(state.round, Moment(at)), today)
    turn = rhythm.turn(Period.parse(state.round.period)) if rhythm else None
    return "warn" if turn and turn.warn_on and turn.warn_on <= today else ""


def _remind_all(state: RoundState, once: str, by: str, at: datetime) -> int:
    rows = ReportState.objects.open().filter(report__round=state.round_id)
    units = set(rows.exclude(stage__in=OUTSIDE).values_list("report__unit", flat=True))
    missing = _missing(state.round_id, sorted(units))
    contacts = contacts_of(missing)
    return sum(
        _remind(state, contacts.get(unit, []), missing[unit], by, at, once) for unit in missing
    )
