"""Judging targets and measures of a plan at a period's end. Pure; every answer says its branch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from luodi.common.languages import in_one_line
from luodi.indicators.choices import Direction
from luodi.indicators.queries.targets import Course, Goal, PacePoint
from luodi.indicators.rules import is_met
from luodi.kit.calendars import Period
from luodi.packs import Stack
from luodi.packs.schemas.evaluations import EvaluationRule
from luodi.plans.choices import WorkStage
from luodi.plans.queries import MeasureRow

from ..choices import EvaluationScope, PlanVerdict

RISING = (">", ">=", "~")
"""Comparators of goals that, once reached before their time, count as met."""

BETTER = {
    PlanVerdict.MET: 3,
    PlanVerdict.ON_TRACK: 2,
    PlanVerdict.BEHIND: 1,
    PlanVerdict.MISSED: 0,
}
"""Verdicts that compare; what isn't computable compares with nothing."""


@dataclass(frozen=True)
class Found:
    """A verdict, the branch of the rule that gave it, and the facts it saw, as texts."""

    verdict: PlanVerdict
    code: str
    facts: dict[str, str] = field(default_factory=dict)


def evaluation_rules(stack: Stack, day: date) -> tuple[EvaluationRule, ...]:
    """The kinds of evaluation in force on a day, in order."""
    rules = stack.all("evaluations", EvaluationRule, day)
    return tuple(sorted(rules, key=lambda rule: (rule.order, rule.key)))


def rule_for(stack: Stack, day: date, kind: str) -> EvaluationRule | None:
    """The rule of one kind of evaluation; None where no pack has one."""
    return next((rule for rule in evaluation_rules(stack, day) if rule.scope == kind), None)


def due_on(rule: EvaluationRule, first: int, last: int) -> list[tuple[str, date]]:
    """The years evaluated by a rule over a plan's term (both years in it), with the due days."""
    if rule.scope == EvaluationScope.YEARLY:
        return [(str(y), date(y + 1, rule.month, rule.day)) for y in range(first, last + 1)]
    if rule.scope == EvaluationScope.MID_TERM:
        middle = first + (last - first) // 2
        return [(str(middle), date(middle, rule.month, rule.day))] if last > first else []
    return [(str(last), date(last + 1, rule.month, rule.day))]


def judge_target(goal: Goal, course: Course, end: date, tolerance: int, goal_words: str) -> Found:
    """A target by the figures up to `end`.

    At the goal's own end it is met or missed; before, a goal to be reached or passed may be met
    early, else the last figure is held against the pace: short by more than `tolerance` per cent
    of what the pace expects is behind.
    """
    facts = {"goal": goal_words, "unit": goal.definition.measured_in, "tolerance": str(tolerance)}
    if not course.points:
        return Found(PlanVerdict.NOT_COMPUTABLE, "no_course", facts | _why(course))
    points = [point for point in course.points if point.period.end <= end]
    final = course.points[-1]
    if not points:
        facts["begins"] = course.points[0].period.key
        return Found(PlanVerdict.NOT_COMPUTABLE, "not_begun", facts)
    known = [point for point in points if point.actual is not None]
    if not known:
        return Found(PlanVerdict.NOT_COMPUTABLE, "no_figure", facts | _why(course))
    last = next((p for p in reversed(known) if p.expected is not None), known[-1])
    if final.period.end <= end:
        last = known[-1]
    facts |= {"period": last.period.key, "actual": goal.text(last.actual)}
    met = is_met(goal.state.comparator, last.actual or 0, goal.whole, goal.upper)
    if last.period == final.period:
        return Found(PlanVerdict.MET if met else PlanVerdict.MISSED, "final", facts)
    if final.period.end <= end:
        facts["lacking"] = final.period.key
        return Found(PlanVerdict.NOT_COMPUTABLE, "final_missing", facts)
    if met and goal.upper is None and _rises(goal):
        return Found(PlanVerdict.MET, "early", facts)
    if last.expected is None:
        return Found(PlanVerdict.NOT_COMPUTABLE, "no_pace", facts | _why(course))
    return _against_pace(goal, last, tolerance, facts)


def _rises(goal: Goal) -> bool:
    return goal.state.comparator in RISING and goal.definition.direction != Direction.DOWN


def _falls(goal: Goal) -> bool:
    sign = goal.state.comparator
    down = goal.definition.direction == Direction.DOWN
    return sign in ("<", "<=") or (sign in ("=", "~") and down)


def _against_pace(goal: Goal, last: PacePoint, tolerance: int, facts: dict[str, str]) -> Found:
    actual, expected = last.actual or 0, last.expected or 0
    short = actual - expected if _falls(goal) else expected - actual
    facts |= {"expected": goal.text(expected), "short": goal.text(abs(short))}
    if short <= 0:
        return Found(PlanVerdict.ON_TRACK, "on_pace", facts)
    if 100 * short <= tolerance * abs(expected):
        return Found(PlanVerdict.ON_TRACK, "within", facts)
    return Found(PlanVerdict.BEHIND, "off_pace", facts)


def _why(course: Course) -> dict[str, str]:
    return {"why": in_one_line(course.why)} if course.why else {}


def judge_measure(row: MeasureRow, end: date, evidence_days: int) -> Found:
    """A measure by its deadline and the last accepted report, seen from `end`.

    Done by then is met; past its deadline is missed; without a deadline nothing can be judged.
    Else it is on track where a report was accepted about a month not too long before.
    """
    facts = {"due": row.due_on.isoformat() if row.due_on else "", "days": str(evidence_days)}
    if row.latest:
        facts["reported"] = row.latest.period
    done_on = row.done_on if row.stage == WorkStage.DONE else None
    if row.stage == WorkStage.DONE and (done_on is None or done_on <= end):
        facts["done"] = done_on.isoformat() if done_on else ""
        late = bool(done_on and row.due_on and done_on > row.due_on)
        return Found(PlanVerdict.MET, "done_late" if late else "done", facts)
    if row.due_on is None:
        return Found(PlanVerdict.NOT_COMPUTABLE, "no_deadline", facts)
    if row.due_on <= end:
        return Found(PlanVerdict.MISSED, "overdue", facts)
    if done_on:
        facts["done"] = done_on.isoformat()
        return Found(PlanVerdict.ON_TRACK, "done_after", facts)
    if row.latest and Period.parse(row.latest.period).end >= end - timedelta(days=evidence_days):
        return Found(PlanVerdict.ON_TRACK, "reported", facts)
    return Found(PlanVerdict.BEHIND, "no_report", facts)


def counts_of(verdicts: Iterable[str]) -> list[tuple[PlanVerdict, int]]:
    """How many of each verdict, in order, those of none too."""
    found = Counter(verdicts)
    return [(verdict, found[verdict.value]) for verdict in PlanVerdict]


def change_of(before: str, now: str) -> str:
    """better, worse, same; '' where one of the two doesn't compare."""
    old, new = BETTER.get(PlanVerdict(before)), BETTER.get(PlanVerdict(now))
    if old is None or new is None:
        return "same" if before == now else ""
    return "better" if new > old else "worse" if new < old else "same"


def read_period(typed: str) -> Period | None:
    """The period evaluated: a year or half of one; None for anything else."""
    try:
        period = Period.parse(typed.strip())
    except ValueError:
        return None
    return period if period.kind in ("year", "half") else None


def last_year(periods: Sequence[str], days: Sequence[date]) -> int | None:
    """The last year of a plan's term, by its goals' periods and its measures' deadlines."""
    years = [day.year for day in days]
    for period in periods:
        try:
            years.append(Period.parse(period).end.year)
        except ValueError:
            continue
    return max(years, default=None)
