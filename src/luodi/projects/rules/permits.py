"""Permits: what a step needs, what may go on, and when works may be expected to start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from luodi.common.moments import LOCAL
from luodi.common.refusals import Incomplete
from luodi.kit.calendars import Pause, WorkCalendar, due
from luodi.kit.networks import Activity, After, Network, compute
from luodi.kit.refusals import Refusal
from luodi.packs import Stack
from luodi.packs.schemas import CoverageRule, PermitRule, ProjectTypeRule

from ..choices import PermitStep

OPENING = time(9)
"""A day without an hour counts from the opening of the office."""

START = "_start"
"""The milestone all permits lead to; no permit can have this key."""

DAYS = ("lodged_on", "taken_in_on", "committed_on", "completed_on")
DAY_OF = {
    PermitStep.LODGED: "lodged_on",
    PermitStep.TAKEN_IN: "taken_in_on",
    PermitStep.ON_COMMITMENT: "committed_on",
    PermitStep.COMPLETED: "completed_on",
}
NEXT: dict[str, frozenset[str]] = {
    "": frozenset(PermitStep),
    PermitStep.LODGED: frozenset(PermitStep) - {PermitStep.LODGED},
    PermitStep.TAKEN_IN: frozenset({PermitStep.ON_COMMITMENT, PermitStep.COMPLETED}),
    PermitStep.ON_COMMITMENT: frozenset({PermitStep.COMPLETED}),
    PermitStep.COMPLETED: frozenset(),
    PermitStep.NOT_NEEDED: frozenset(),
}
"""From a step to those that may follow; a record that was wrong is withdrawn first."""


Stretch = tuple[date, date | None, str]
"""A pause: its first day, the day from which the clock went on, and why."""


@dataclass(frozen=True, slots=True)
class PermitKnown:
    """How far a permit has come, with the days of its steps and the pauses of its clock."""

    step: str
    lodged_on: date | None = None
    taken_in_on: date | None = None
    committed_on: date | None = None
    completed_on: date | None = None
    pauses: tuple[Stretch, ...] = ()

    @property
    def paused(self) -> str:
        """Why its clock stands still; '' where it runs or isn't started."""
        if self.step != PermitStep.TAKEN_IN or not self.pauses or self.pauses[-1][1]:
            return ""
        return self.pauses[-1][2]

    @property
    def ended_on(self) -> date | None:
        """The day from which what waits for it may go on."""
        return self.committed_on or self.completed_on

    @property
    def needed(self) -> bool:
        """Whether the project needs it."""
        return self.step != PermitStep.NOT_NEEDED


@dataclass(frozen=True)
class Coverage:
    """The parts of a coverage rate: projects covered, the rest of its base, who is left out."""

    rule: CoverageRule
    covered: tuple[str, ...]
    bare: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def types_in(stack: Stack, day: date) -> tuple[ProjectTypeRule, ...]:
    """The types of project on a day, in order."""
    rules = stack.all("project_types", ProjectTypeRule, day)
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.key)))


def permits_in(stack: Stack, day: date, of: str = "") -> tuple[PermitRule, ...]:
    """The permits on a day, of one type or of all, in order."""
    rules = [r for r in stack.all("permits", PermitRule, day) if not of or of in r.types]
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.key)))


def coverages_in(stack: Stack, day: date) -> tuple[CoverageRule, ...]:
    """The coverage rates on a day, in order."""
    rules = stack.all("coverages", CoverageRule, day)
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.key)))


def check_step(
    rule: PermitRule, known: PermitKnown | None, step: str, day: date, today: date, why: str
) -> None:
    """Raise `Incomplete` where a step can't follow, or not on that day."""
    if step not in PermitStep.values:
        raise Incomplete(_("请选择手续状态。"))
    if step not in NEXT[known.step if known else ""]:
        now = PermitStep(known.step).label if known else ""
        raise Incomplete(
            _("这项手续现在是“%(now)s”，不能直接改成“%(next)s”；登记有误的，请先撤回。")
            % {"now": now, "next": PermitStep(step).label}
        )
    if step == PermitStep.NOT_NEEDED and not why.strip():
        raise Incomplete(_("无需办理的，请写明理由。"))
    if step == PermitStep.ON_COMMITMENT and not rule.commitment:
        raise Incomplete(_("按规则，这项手续不能用承诺制办理。"))
    if day > today:
        raise Incomplete(_("发生日期不能晚于今天。"))
    last = max((d for d in _days(known) if d), default=None)
    if last and day < last:
        words = {"day": last.isoformat()}
        raise Incomplete(_("日期先后颠倒：不能早于上一步（%(day)s）。") % words)


def _days(known: PermitKnown | None) -> list[date | None]:
    return [getattr(known, name) for name in DAYS] if known else []


def due_of(
    rule: PermitRule, taken_in: date, calendar: WorkCalendar, pauses: Iterable[Stretch] = ()
) -> tuple[datetime | None, dict[str, Any]]:
    """When a permit is due by its limit, holidays and pauses, with the working.

    Nothing while its clock stands still. The first day of a pause doesn't count, the day from
    which it went on does.
    """
    start = datetime.combine(taken_in, OPENING, LOCAL)
    breaks = [Pause(_midnight(a), _midnight(b) if b else None, why) for a, b, why in pauses]
    counted = due(start, rule.limit.clock(), calendar, breaks)
    notes = [{"zh": note.says("zh"), "en": note.says("en")} for note in counted.working]
    source = rule.limit.source or rule.source
    said = {"notes": notes, "basis": rule.basis, "owner": rule.owner.name, "source": source}
    return counted.at, said


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)


def check_pause(known: PermitKnown | None, day: date, today: date, why: str) -> None:
    """Raise `Incomplete` where a clock can't be stopped, or set going again, on that day."""
    if known is None or known.step != PermitStep.TAKEN_IN or known.taken_in_on is None:
        raise Incomplete(_("只有已受理、还没有办结的手续才有计时。"))
    if day > today:
        raise Incomplete(_("发生日期不能晚于今天。"))
    if not known.paused and not why.strip():
        raise Incomplete(_("暂停计时，请写明原因（如补正材料、专家评审）。"))
    last = max([known.taken_in_on, *(d for a, b, _why in known.pauses for d in (a, b) if d)])
    if day < last:
        words = {"day": last.isoformat()}
        raise Incomplete(_("日期先后颠倒：不能早于上一步（%(day)s）。") % words)


def waits_for(
    rules: Sequence[PermitRule], known: Mapping[str, PermitKnown]
) -> dict[str, tuple[str, ...]]:
    """For each needed permit those it waits for; one that isn't needed passes its own on."""
    by_key = {rule.key: rule for rule in rules}
    every = {key for key in by_key if key not in known or known[key].needed}
    return {
        key: tuple(dict.fromkeys(_through(by_key[key], by_key, every, frozenset({key}))))
        for key in by_key
        if key in every
    }


def _through(
    rule: PermitRule, rules: Mapping[str, PermitRule], needed: set[str], seen: frozenset[str]
) -> Iterable[str]:
    for key in rule.after:
        if key in needed:
            yield key
        elif key in rules and key not in seen:
            yield from _through(rules[key], rules, needed, seen | {key})


def ready(rules: Sequence[PermitRule], known: Mapping[str, PermitKnown]) -> frozenset[str]:
    """The permits that could be applied for now: not begun, and nothing to wait for is open."""
    return frozenset(
        key
        for key, before in waits_for(rules, known).items()
        if key not in known and all(b in known and known[b].ended_on for b in before)
    )


def expected_start(
    rules: Sequence[PermitRule],
    known: Mapping[str, PermitKnown],
    calendar: WorkCalendar,
    today: date,
) -> Network | Refusal:
    """The network of a project's permits up to the start of works, as it stands on a day.

    A permit runs from its taking in to its due day, a pause that lasts ending today; one that
    isn't taken in yet takes its limit from the day it may begin. Under commitment it lets others go
    on from the day of the commitment.
    """
    activities = [
        _activity(rule, known.get(rule.key), before, calendar, today)
        for rule in rules
        if (before := waits_for(rules, known).get(rule.key)) is not None
    ]
    every = tuple(After(one.key) for one in activities)
    activities.append(Activity(START, "开工", "Start of works", 0, after=every))
    return compute(activities, today, calendar, today)


def _activity(
    rule: PermitRule,
    known: PermitKnown | None,
    before: Iterable[str],
    calendar: WorkCalendar,
    today: date,
) -> Activity:
    ended = known.ended_on if known else None
    started = known.taken_in_on if known else None
    if known and ended and not started:
        started = known.lodged_on
    days, count = rule.limit.amount, rule.limit.count
    if known and started and not ended and known.pauses:
        pauses = [(since, until or today, why) for since, until, why in known.pauses]
        due_at, _working = due_of(rule, started, calendar, pauses)
        assert due_at is not None
        days, count = (due_at.astimezone(LOCAL).date() - started).days, "day"
    return Activity(
        rule.key,
        rule.title,
        rule.title_en,
        days,
        count,
        tuple(After(key) for key in before),
        started=started,
        ended=ended,
    )
