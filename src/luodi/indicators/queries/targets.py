"""A goal beside what is known: its sentence, its parts, its pace, and how far it is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from luodi.common.languages import in_one_line
from luodi.common.moments import Moment
from luodi.common.refusals import NotFound, in_words
from luodi.kit.calendars import Period
from luodi.kit.quantities import ratio
from luodi.kit.refusals import Refusal
from luodi.orgs.queries import unit_names, visible
from luodi.orgs.rules import Viewer

from ..choices import Counts, Direction, Measure, OverUnits, Pace
from ..models import Definition, Indicator, TargetPart, TargetState, Trajectory, Value
from ..rules import (
    Place,
    by_history,
    cumulated,
    is_met,
    joined,
    linear,
    periods_of,
    said,
)
from .pages import definition_for, goal_text
from .totals import Total, totals


@dataclass(frozen=True)
class Goal:
    """A goal with its definition and trajectory, all numbers at one `scale`."""

    state: TargetState
    definition: Definition
    trajectory: Trajectory | None
    scale: int
    whole: int
    upper: int | None
    base: int | None

    @property
    def key(self) -> str:
        """The key of the target."""
        return self.state.target_id

    @property
    def adds(self) -> bool:
        """Whether figures of periods add up to the year's (a flow counted by the period)."""
        return self.definition.measure == Measure.FLOW

    @property
    def cumulates(self) -> bool:
        """Whether the year's figure has to be summed: figures of single periods."""
        return self.adds and self.definition.counts == Counts.IN_PERIOD

    @property
    def pace(self) -> str:
        """The chosen pace, else even steps."""
        return self.trajectory.pace if self.trajectory else Pace.LINEAR

    @property
    def measured_unit(self) -> str:
        """The unit whose series counts; '' where it isn't named."""
        return (self.trajectory.unit if self.trajectory else "") or self.state.target.unit

    def text(self, amount: int | None) -> str:
        """An amount at the goal's scale."""
        return said(amount, self.scale)


def goal_for(viewer: Viewer, target: str, moment: Moment) -> Goal:
    """A goal within the viewer's scope; `NotFound` for any other."""
    states = TargetState.objects.at(moment).filter(target=target).select_related("target")
    state = states.first()
    if state is None:
        raise NotFound(gettext("没有这个目标。"))
    definition = definition_for(viewer, state.target.indicator_id, moment)
    trajectory = Trajectory.objects.at(moment).filter(target=target).first()
    return goal_from(state, definition, trajectory)


def goal_from(state: TargetState, definition: Definition, trajectory: Trajectory | None) -> Goal:
    """A goal from its rows, all numbers at one scale."""
    scale = max(state.scale, definition.scale, trajectory.scale if trajectory else 0)

    def lifted(amount: int | None, own: int) -> int | None:
        return None if amount is None else amount * 10 ** (scale - own)

    return Goal(
        state=state,
        definition=definition,
        trajectory=trajectory,
        scale=scale,
        whole=state.amount * 10 ** (scale - state.scale),
        upper=lifted(state.amount_to, state.scale),
        base=lifted(trajectory.baseline, trajectory.scale) if trajectory else None,
    )


@dataclass(frozen=True)
class PacePoint:
    """One period: what was to be reached by its end, and what was; None where there is none."""

    period: Period
    expected: int | None
    actual: int | None


@dataclass(frozen=True)
class Course:
    """A goal's way through its periods. `why` says what keeps the pace or the figures away."""

    points: tuple[PacePoint, ...]
    unit: str
    why: tuple[str, ...]

    @property
    def last(self) -> PacePoint | None:
        """The latest period with a figure."""
        return next((p for p in reversed(self.points) if p.actual is not None), None)


def course_of(viewer: Viewer, goal: Goal, moment: Moment) -> Course:
    """The pace curve of a goal against the figures known at a moment, cumulated where they add."""
    found = _reported(viewer, [goal], moment)
    return _course_from(
        goal, found.get(_series(goal), {}), parts_of(viewer, [goal], moment).get(goal.key, {})
    )


def courses_of(viewer: Viewer, goals: Sequence[Goal], moment: Moment) -> dict[str, Course]:
    """The courses of several goals by key, in a fixed number of questions."""
    found, parts = _reported(viewer, goals, moment), parts_of(viewer, goals, moment)
    return {
        goal.key: _course_from(goal, found.get(_series(goal), {}), parts.get(goal.key, {}))
        for goal in goals
    }


def _series(goal: Goal) -> tuple[str, str]:
    """Indicator and purpose: the series a goal is measured by."""
    return goal.definition.indicator_id, goal.definition.purpose


def _course_from(goal: Goal, found: Mapping[Place, Total], parts: Mapping[Place, int]) -> Course:
    periods = _periods(goal)
    if isinstance(periods, Refusal):
        return Course((), "", (in_words(periods),))
    figures, unit, faults = figures_for(goal, found)
    actual = _course(goal, [figures.get(p.key) for p in periods])
    expected = _expected(goal, periods, figures, parts)
    if isinstance(expected, Refusal):
        faults = (*faults, in_words(expected))
        expected = [None] * len(periods)
    points = zip(periods, expected, actual, strict=True)
    return Course(tuple(PacePoint(*point) for point in points), unit, faults)


def _periods(goal: Goal) -> tuple[Period, ...] | Refusal:
    periods = periods_of(goal.state.period, goal.definition.period_kind)
    return _years(goal) if isinstance(periods, Refusal) else periods


def _reported(
    viewer: Viewer, goals: Sequence[Goal], moment: Moment
) -> dict[tuple[str, str], dict[Place, Total]]:
    """The figures goals are measured by, and those of the year before, in one question: by
    indicator and purpose, then by unit and period."""
    wanted: set[str] = set()
    for periods in map(_periods, goals):
        if not isinstance(periods, Refusal):
            before = (one.same_last_year() for one in periods)
            wanted |= {p.key for p in (*periods, *before) if p}
    indicators = {goal.definition.indicator_id for goal in goals}
    rows = visible(Value.objects.at(moment), viewer).filter(
        indicator__in=indicators, period__in=wanted, enterprise=""
    )
    units, cells = {goal.measured_unit for goal in goals}, None
    if "" not in units:
        rows = rows.filter(unit__in=units)
        cells = len(indicators) * len(units) * len(wanted)
    found: dict[tuple[str, str], dict[Place, Total]] = {}
    places = totals(rows, "indicator", "purpose", "unit", "period", cells=cells)
    for place, total in places.items():
        indicator, purpose, unit, period = place
        found.setdefault((indicator, purpose), {})[unit, period] = total
    return found


def _years(goal: Goal) -> tuple[Period, ...] | Refusal:
    """For a goal kept by the year: the years from the one after the base to its own."""
    missing = Refusal(
        "target.no_course",
        "目标没有写明年份或基期，画不出进度",
        "The goal names no year or base year",
    )
    trajectory = goal.trajectory
    try:
        last = Period.parse(goal.state.period)
        first = Period.parse(trajectory.baseline_period if trajectory else "")
    except ValueError:
        return missing
    if last.kind != goal.definition.period_kind or first.kind != last.kind or not first < last:
        return missing
    found = [first.next()]
    while found[-1] < last:
        found.append(found[-1].next())
    return tuple(found)


def _course(goal: Goal, figures: Sequence[int | None]) -> list[int | None]:
    months = joined(figures) if goal.adds and goal.definition.combined else list(figures)
    sums = goal.cumulates and goal.definition.period_kind != "year"
    return cumulated(months) if sums else months


def figures_for(
    goal: Goal, mine: Mapping[Place, Total]
) -> tuple[dict[str, int], str, tuple[str, ...]]:
    """(figures by period, unit, faults) of the unit whose series counts, or of all added up."""
    units = {unit for unit, _ in mine}
    chosen = goal.measured_unit
    if chosen or len(units) == 1:
        unit = chosen or next(iter(units))
        own = {period: total for (one, period), total in mine.items() if one == unit}
        return _at(goal, own), unit, () if own else (gettext("还没有报过数。"),)
    if not units:
        return {}, "", (gettext("还没有报过数。"),)
    if goal.definition.over_units != OverUnits.SUM:
        said = gettext("有几个单位报这个数，又不能相加；请指定按哪个单位的数算。")
        return {}, "", (said,)
    added: dict[str, Total] = {}
    for (_, period), total in mine.items():
        added[period] = added[period].plus(total) if period in added else total
    gaps = {p for p, total in added.items() if total.count < len(units)}
    why = (gettext("有的单位还没有报全，没报全的时期不计。"),) if gaps else ()
    return _at(goal, {p: t for p, t in added.items() if p not in gaps}), "", why


def _at(goal: Goal, found: Mapping[str, Total]) -> dict[str, int]:
    """Figures at the goal's scale; what is finer than the goal is rounded half up."""
    lifted = {}
    for period, total in found.items():
        finer = total.scale > goal.scale
        number = ratio(total.number, 10**total.scale, goal.scale) if finer else total.at(goal.scale)
        if isinstance(number, int):
            lifted[period] = number
    return lifted


def _expected(
    goal: Goal, periods: Sequence[Period], figures: Mapping[str, int], parts: Mapping[Place, int]
) -> Sequence[int | None] | Refusal:
    if goal.pace == Pace.GIVEN:
        return _given(parts, goal, periods)
    if goal.pace == Pace.HISTORY:
        before = [p.same_last_year() for p in periods]
        known = [figures.get(p.key) if p else None for p in before]
        return by_history(goal.whole, _course(goal, known))
    within_year = goal.adds and goal.definition.period_kind != "year"
    if not within_year and goal.base is None:
        return Refusal(
            "target.no_base",
            "没有写明基数，画不出均衡推进的进度",
            "No base is stated to set out from",
        )
    return linear(goal.whole, len(periods), 0 if within_year else goal.base or 0)


def _given(
    parts: Mapping[Place, int], goal: Goal, periods: Sequence[Period]
) -> list[int | None] | Refusal:
    """The pace that the adopted parts say; known at the end of each of their periods."""
    if not parts:
        return Refusal("target.no_given", "还没有分解计划", "There is no plan of parts yet")
    ends: dict[str, int] = {}
    for (_unit, period), amount in parts.items():
        ends[period] = ends.get(period, 0) + amount
    ordered = sorted(ends, key=lambda key: Period.parse(key).start)
    sums = cumulated([ends[key] for key in ordered]) if goal.adds else [ends[k] for k in ordered]
    by_end = {Period.parse(key).end: sums[n] for n, key in enumerate(ordered)}
    return [by_end.get(period.end) for period in periods]


def parts_of(viewer: Viewer, goals: Sequence[Goal], moment: Moment) -> dict[str, dict[Place, int]]:
    """The adopted parts of goals by target and (unit, period), at each goal's scale."""
    scales = {goal.key: goal.scale for goal in goals}
    rows = TargetPart.objects.at(moment).filter(target__in=scales).order_by("pk")
    found: dict[str, dict[Place, int]] = {}
    for row in visible(rows, viewer):
        amount = row.amount * 10 ** (scales[row.target_id] - row.scale)
        found.setdefault(row.target_id, {})[row.unit, row.period] = amount
    return found


@dataclass(frozen=True)
class Standing:
    """How a goal stands: the latest figure against pace and goal, in words."""

    goal: str
    period: str
    actual: str
    done: str
    gap: str
    ahead: bool | None
    is_met: bool


def standing_of(goal: Goal, course: Course) -> Standing:
    """The latest figure of a course, its share of the goal, and how far off the pace it is."""
    text = goal_text(goal.state, goal.definition.measured_in)
    last = course.last
    if last is None or last.actual is None:
        return Standing(text, "", "", "", "", None, False)
    share = ratio(100 * last.actual, goal.whole, 1) if goal.whole > 0 else None
    gap = None if last.expected is None else last.actual - last.expected
    sign = goal.state.comparator
    less = sign in ("<", "<=") or (
        sign in ("=", "~") and goal.definition.direction == Direction.DOWN
    )
    return Standing(
        goal=text,
        period=last.period.key,
        actual=goal.text(last.actual),
        done=said(share, 1) if isinstance(share, int) else "",
        gap=goal.text(gap) if gap is not None else "",
        ahead=None if gap is None else (gap <= 0 if less else gap >= 0),
        is_met=is_met(sign, last.actual, goal.whole, goal.upper),
    )


@dataclass(frozen=True)
class GoalRow:
    """A goal of a year in the list of goals."""

    name: str
    entity: str
    sentence: str
    standing: Standing
    why: str
    address: str
    outlook: str = ""
    interval: str = ""


def goals_set_for(viewer: Viewer, year: str, moment: Moment) -> list[Goal]:
    """The goals for a year within a viewer's scope, by name."""
    inside = visible(Indicator.objects.all(), viewer)
    definitions = {
        row.indicator_id: row for row in Definition.objects.at(moment).filter(indicator__in=inside)
    }
    states = TargetState.objects.at(moment).filter(period=year, target__indicator__in=definitions)
    trajectories = {
        row.target_id: row
        for row in Trajectory.objects.at(moment).filter(target__in=states.values("target"))
    }
    goals = [
        goal_from(state, definitions[state.target.indicator_id], trajectories.get(state.target_id))
        for state in states.select_related("target").order_by("since", "pk")
    ]
    return sorted(goals, key=lambda goal: goal.definition.name)


def goals_of_year(viewer: Viewer, year: str, moment: Moment) -> list[GoalRow]:
    """The goals for a year, by name, each with how it stands; a fixed number of questions."""
    return goal_rows(viewer, goals_set_for(viewer, year, moment), moment)


def goal_rows(viewer: Viewer, goals: Sequence[Goal], moment: Moment) -> list[GoalRow]:
    """How goals stand, in their order."""
    courses = courses_of(viewer, goals, moment)
    names = unit_names({goal.state.target.unit for goal in goals}, moment)
    rows = []
    for goal in goals:
        course, target = courses[goal.key], goal.state.target
        rows.append(
            GoalRow(
                goal.definition.name,
                target.entity or names.get(target.unit, ""),
                target.sentence,
                standing_of(goal, course),
                in_one_line(course.why),
                reverse("goal", args=[goal.key]),
            )
        )
    return rows


def years_with_goals(viewer: Viewer, moment: Moment) -> list[str]:
    """The years that goals are set for, in order."""
    inside = visible(Indicator.objects.all(), viewer)
    rows = TargetState.objects.at(moment).filter(target__indicator__in=inside)
    return sorted({p for p in rows.values_list("period", flat=True) if p.isdecimal()})
