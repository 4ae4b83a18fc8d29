"""The rhythm and the respondents of an edition of a form, as stored and as computed with.

rhythm       {"opens": [base, count, number], "due": [...], "warn": [...]?, "months": [...]?,
              "owner"?, "source"?}; empty: opened by hand with a due day
respondents  {"units": [keys], "kinds": [unit kinds], "zones": [keys of zones whose
              enterprises answer]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from luodi.kit.calendars import KINDS, Anchor, Cadence, Period, Schedule, WorkCalendar, schedule
from luodi.orgs.choices import UnitKind

BASES = ("period", "next_period", "due")
COUNTS = ("day", "workday", "workday_before", "weekday")


def cadence_of(rhythm: Mapping[str, Any], kind: str) -> Cadence | None:
    """The kit's value of a stored rhythm; None where the form is opened by hand."""
    if not rhythm.get("opens") or not rhythm.get("due") or kind not in KINDS:
        return None
    opens, due = Anchor(*rhythm["opens"]), Anchor(*rhythm["due"])
    warn = Anchor(*rhythm["warn"]) if rhythm.get("warn") else None
    return Cadence(kind, opens, due, warn, tuple(rhythm.get("months", ())))


def turn_of(rhythm: Mapping[str, Any], period: Period, calendar: WorkCalendar) -> Schedule | None:
    """The days of one period's turn; None where the form has none in it."""
    cadence = cadence_of(rhythm, period.kind)
    return schedule(cadence, period, calendar) if cadence else None


def due_turns(
    rhythm: Mapping[str, Any], kind: str, calendar: WorkCalendar, since: date, today: date
) -> Iterator[Schedule]:
    """Every turn that should be open by `today`, oldest first, of a form known `since`.

    A turn that was due before the form was known is not asked for.
    """
    cadence = cadence_of(rhythm, kind)
    if cadence is None:
        return
    period = Period.containing(
        since - timedelta(days=400 if kind == "year" else 200), cadence.every
    )
    while period.start <= today:
        turn = schedule(cadence, period, calendar)
        if turn and turn.opens_on <= today and turn.due_on >= since:
            yield turn
        period = period.next()


def closing(
    rhythm: Mapping[str, Any], period: Period, calendar: WorkCalendar, at: datetime
) -> datetime | None:
    """When a turn closes by itself: as the next one falls due; None where only its owner does."""
    following, tried = period.next(), 0
    while tried < 60:
        turn = turn_of(rhythm, following, calendar)
        if turn:
            return turn.due_at if turn.due_at > at else None
        following, tried = following.next(), tried + 1
    return None


def edition_faults(
    rhythm: Mapping[str, Any], respondents: Mapping[str, Any], kind: str
) -> list[str]:
    """What keeps rhythm and respondents from being used, as codes."""
    found = [] if kind in KINDS else ["period_kind"]
    for name in ("opens", "due", "warn"):
        anchor = rhythm.get(name)
        if anchor and not _placed(anchor, name):
            found.append(f"rhythm_{name}")
    if bool(rhythm.get("opens")) != bool(rhythm.get("due")):
        found.append("rhythm_half")
    if not any(respondents.get(part) for part in ("units", "kinds", "zones")):
        found.append("no_respondents")
    if set(respondents.get("kinds", ())) - set(UnitKind.values):
        found.append("respondent_kinds")
    return found


def _placed(anchor: Any, name: str) -> bool:
    if not isinstance(anchor, list | tuple) or len(anchor) != 3:
        return False
    base, count, number = anchor
    usable = base in BASES and count in COUNTS and isinstance(number, int) and 0 <= number <= 366
    return usable and (name == "warn" or base != "due")


def holds_on(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """True where a form is valid (有效期) on a day."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def overlaps(valid_from: date | None, valid_to: date | None, start: date, end: date) -> bool:
    """True where a form is valid on some day of a period."""
    return (valid_from is None or valid_from <= end) and (valid_to is None or start <= valid_to)
